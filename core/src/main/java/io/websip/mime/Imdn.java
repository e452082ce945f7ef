package io.websip.mime;

import io.websip.sip.MediaType;
import io.websip.sip.Uri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A report about an instant message (RFC 5438 section 11): a document of type {@code message/imdn+xml}. Immutable: it keeps its
 * octets.
 *
 * <p>All in it is the text of the peer that sent it, whoever that is: that a message of ours has this id proves nothing.
 */
public final class Imdn {
    /** The media type {@code message/imdn+xml}. */
    public static final MediaType TYPE = MediaType.of("message/imdn+xml");

    static final String NAMESPACE = "urn:ietf:params:xml:ns:imdn";

    private static final int MAX_MESSAGE_ID = 256;

    /** The subject matter of a report. */
    public enum Kind {
        /** The way to the receiver's device. */
        DELIVERY("delivery-notification"),
        /** The display to the receiver. */
        DISPLAY("display-notification"),
        /** The handling by a store or a gateway on the way. */
        PROCESSING("processing-notification");

        private final String element;

        Kind(String element) {
            this.element = element;
        }

        String element() {
            return element;
        }
    }

    /** The outcome that a report names. */
    public enum Status {
        /** The device has it. Of {@link Kind#DELIVERY}. */
        DELIVERED,
        /** It cannot be delivered. Of {@link Kind#DELIVERY}. */
        FAILED,
        /** It was shown. Of {@link Kind#DISPLAY}. */
        DISPLAYED,
        /** It was handled on the way. Of {@link Kind#PROCESSING}. */
        PROCESSED,
        /** It is kept until the receiver comes. Of {@link Kind#PROCESSING}. */
        STORED,
        /** The receiver gives no answer. Of any kind. */
        FORBIDDEN,
        /** The reporter does not know the outcome. Of any kind. */
        ERROR,
        /** Another one, or none. Never written. */
        OTHER;

        private static final List<Status> KNOWN = List.of(values()).subList(0, 7);

        String element() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a report of this kind may say it (RFC 5438 section 11.1). */
        public boolean isOf(Kind kind) {
            return switch (this) {
                case DELIVERED, FAILED -> kind == Kind.DELIVERY;
                case DISPLAYED -> kind == Kind.DISPLAY;
                case PROCESSED, STORED -> kind == Kind.PROCESSING;
                case FORBIDDEN, ERROR -> true;
                case OTHER -> false;
            };
        }

        static Status of(String element) {
            for (Status status : KNOWN) {
                if (status.element().equals(element)) {
                    return status;
                }
            }
            return OTHER;
        }
    }

    private final byte[] bytes;
    private final String messageId;
    private final XmlElement root;
    private final Kind kind;
    private final @Nullable XmlElement status; // with the reason beside it

    private Imdn(byte[] bytes, String messageId, XmlElement root, Kind kind, @Nullable XmlElement status) {
        this.bytes = bytes;
        this.messageId = messageId;
        this.root = root;
        this.kind = kind;
        this.status = status;
    }

    /** As {@link #parse(byte[], MimeLimits)} with the default limits. */
    public static Imdn parse(byte[] document) throws MimeParseException {
        return parse(document, MimeLimits.DEFAULT);
    }

    /**
     * Reads a document. Elements of other namespaces are ignored, and so is the order.
     *
     * @param document copied
     * @throws MimeParseException if it is none, has no message-id or no notification, or goes beyond a limit
     */
    public static Imdn parse(byte[] document, MimeLimits limits) throws MimeParseException {
        byte[] bytes = document.clone();
        XmlElement root = XmlReader.read(bytes, limits);
        if (!root.is(NAMESPACE, "imdn")) {
            throw MimeParseException.malformed("the root element is no imdn");
        }
        String id = root.text(NAMESPACE, "message-id")
                .filter(Imdn::isId)
                .orElseThrow(() -> MimeParseException.malformed("the report names no message"));
        for (Kind kind : Kind.values()) {
            XmlElement notification = root.child(NAMESPACE, kind.element());
            if (notification != null) {
                return new Imdn(bytes, id, root, kind, notification.child(NAMESPACE, "status"));
            }
        }
        throw MimeParseException.malformed("the report has no notification");
    }

    /** Wider than a token: reports about messages without an id have their Call-ID (RFC 3261 section 25.1). */
    private static boolean isId(String id) {
        return id.length() <= MAX_MESSAGE_ID && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /**
     * All reports in a part: one, or those of an aggregate (RFC 5438 section 8.3). In an aggregate those that cannot be read are
     * left out.
     *
     * @throws MimeParseException if it is no report, or none that can be read, or goes beyond a limit
     */
    public static List<Imdn> in(BodyPart part) throws MimeParseException {
        if (isReport(part)) {
            return List.of(parse(part.content(), part.nesting().limits()));
        }
        if (!Multipart.isMultipart(part)) {
            throw MimeParseException.malformed("the content is no report");
        }
        List<Imdn> reports = new ArrayList<>();
        addAll(Multipart.of(part), reports);
        if (reports.isEmpty()) {
            throw MimeParseException.malformed("the multipart has no report that can be read");
        }
        return Collections.unmodifiableList(reports);
    }

    private static void addAll(Multipart multipart, List<Imdn> reports) {
        for (BodyPart part : multipart.parts()) {
            Multipart inner = part.parts();
            if (inner != null) {
                addAll(inner, reports);
            } else if (isReport(part)) {
                try {
                    reports.add(parse(part.content(), part.nesting().limits()));
                } catch (MimeParseException e) {
                    continue; // the others are none the worse for it
                }
            }
        }
    }

    /** Whether a part is a report of itself, by its type: {@code message/imdn+xml}, or {@code application/imdn+xml} as some have it. */
    public static boolean isReport(BodyPart part) {
        return part.is("message", "imdn+xml") || part.is("application", "imdn+xml");
    }

    /**
     * A builder for a new report.
     *
     * @throws IllegalArgumentException if a report of this kind cannot say this (RFC 5438 section 11.1)
     */
    public static ImdnBuilder builder(Kind kind, Status status) {
        return new ImdnBuilder(kind, status);
    }

    /** The Message-ID of the message that it is about; its Call-ID where a peer reports on one without an id. */
    public String messageId() {
        return messageId;
    }

    /** The DateTime of the message that it is about, as the peer has understood it; empty if it is absent or malformed. */
    public Optional<Instant> dateTime() {
        return root.text(NAMESPACE, "datetime").flatMap(InternetTime::parse);
    }

    /** The address at which the message arrived; empty if it is absent or malformed. */
    public Optional<Uri> recipient() {
        return root.text(NAMESPACE, "recipient-uri").flatMap(Imdn::uri);
    }

    /** The address to which the sender sent it, before lists and gateways; empty if it is absent or malformed. */
    public Optional<Uri> originalRecipient() {
        return root.text(NAMESPACE, "original-recipient-uri").flatMap(Imdn::uri);
    }

    private static Optional<Uri> uri(String text) {
        byte[] b = Octets.utf8(text);
        return Optional.ofNullable(CpimAddress.read(b, 0, b.length)).map(CpimAddress::uri);
    }

    /** The subject of the message that it is about. */
    public Optional<String> subject() {
        return root.text(NAMESPACE, "subject");
    }

    /** The subject matter. */
    public Kind kind() {
        return kind;
    }

    /** The outcome. */
    public Status status() {
        if (status != null) {
            for (XmlElement child : status.children()) {
                if (child.namespace().equals(NAMESPACE)) {
                    Status said = Status.of(child.name());
                    return said.isOf(kind) ? said : Status.OTHER;
                }
            }
        }
        return Status.OTHER;
    }

    private @Nullable XmlElement reasonElement() {
        if (status != null) {
            for (XmlElement child : status.children()) {
                if (child.name().equals("reason")) {
                    return child; // of Linphone's namespace
                }
            }
        }
        return null;
    }

    /** The SIP status that Linphone gives as reason of a failure, 100 to 699. */
    public OptionalInt reasonCode() {
        XmlElement reason = reasonElement();
        String code =
                reason == null ? "" : reason.attribute("", "code").orElse("").strip();
        if (code.length() != 3 || !code.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(code);
        return number >= 100 && number <= 699 ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** The text that Linphone gives as reason of a failure. */
    public Optional<String> reason() {
        XmlElement reason = reasonElement();
        return reason == null || reason.text().isEmpty() ? Optional.empty() : Optional.of(reason.text());
    }

    /** The document as a part, with the disposition that a report must have (RFC 5438 section 7.2.1). */
    public BodyPart toPart() {
        return BodyPart.builder(TYPE)
                .disposition(ContentDisposition.NOTIFICATION)
                .content(bytes)
                .build();
    }

    /** A copy of the document's octets. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Imdn i && Arrays.equals(bytes, i.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The kind, the status and the message's id. */
    @Override
    public String toString() {
        return kind + " " + status() + " of " + messageId;
    }
}
