package io.websip.mime;

import io.websip.sip.Uri;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Collects a report and writes it once (RFC 5438 section 11.1). Not thread-safe. */
public final class ImdnBuilder {
    private final Imdn.Kind kind;
    private final Imdn.Status status;
    private @Nullable String messageId;
    private @Nullable Instant dateTime;
    private @Nullable Uri recipient;
    private @Nullable Uri originalRecipient;
    private @Nullable String subject;

    ImdnBuilder(Imdn.Kind kind, Imdn.Status status) {
        if (!status.isOf(kind)) {
            throw new IllegalArgumentException(
                    "a " + kind.element() + " cannot say " + status.element() + " (RFC 5438 section 11.1)");
        }
        this.kind = kind;
        this.status = status;
    }

    /**
     * Sets the Message-ID of the message that it is about.
     *
     * @throws IllegalArgumentException if it is no token of at most 256 characters
     */
    public ImdnBuilder messageId(String id) {
        messageId = CpimBuilder.checkedMessageId(id);
        return this;
    }

    /**
     * Sets the DateTime of the message that it is about, not that of the report; parts of a second are cut off.
     *
     * @throws IllegalArgumentException if the year has not four digits
     */
    public ImdnBuilder dateTime(Instant ofMessage) {
        InternetTime.format(ofMessage);
        dateTime = ofMessage;
        return this;
    }

    /** Sets the address at which the message arrived: the To of its CPIM. */
    public ImdnBuilder recipient(Uri uri) {
        recipient = uri;
        return this;
    }

    /** Sets its Original-To, if it has one; else it is the recipient. */
    public ImdnBuilder originalRecipient(Uri uri) {
        originalRecipient = uri;
        return this;
    }

    /**
     * Sets the subject of the message that it is about.
     *
     * @throws IllegalArgumentException if it holds a character that no XML document may hold
     */
    public ImdnBuilder subject(String text) {
        XmlWriter.escaped("subject", text);
        subject = text;
        return this;
    }

    /**
     * Writes the report.
     *
     * @throws IllegalStateException if the id, the date or the recipient is missing
     */
    public Imdn build() {
        Uri at = needed("recipient", recipient);
        Uri original = originalRecipient == null ? at : originalRecipient;
        XmlWriter out = new XmlWriter()
                .start("imdn")
                .attribute("xmlns", Imdn.NAMESPACE)
                .element("message-id", needed("messageId", messageId))
                .element("datetime", InternetTime.format(needed("dateTime", dateTime)))
                .element("recipient-uri", at.toString())
                .element("original-recipient-uri", original.toString());
        if (subject != null) {
            out.element("subject", subject);
        }
        out.start(kind.element())
                .start("status")
                .start(status.element())
                .end()
                .end()
                .end()
                .end();
        try {
            return Imdn.parse(out.toBytes());
        } catch (MimeParseException e) {
            throw new IllegalArgumentException("the report is beyond the limits: " + e.getMessage(), e);
        }
    }

    private static <T> T needed(String what, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a report needs a " + what + " (RFC 5438 section 11.1)");
        }
        return value;
    }
}
