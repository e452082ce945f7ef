package io.websip.mime;

import io.websip.sip.Uri;
import io.websip.text.Visible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects a CPIM message and writes it once, in the form that every known peer takes: addresses without names, dates in UTC and
 * whole seconds, one space behind each colon and behind each comma. Not thread-safe.
 */
public final class CpimBuilder {
    private static final int MAX_MESSAGE_ID = 256;

    private @Nullable Uri from;
    private final List<Uri> to = new ArrayList<>();
    private final List<Uri> cc = new ArrayList<>();
    private @Nullable Instant dateTime;
    private final List<CpimSubject> subjects = new ArrayList<>();
    private final List<String> namespaces = new ArrayList<>(); // prefix, URI, prefix, URI
    private final List<String> required = new ArrayList<>();
    private final List<String> extensions = new ArrayList<>(); // lines
    private @Nullable String messageId;
    private final Set<NotificationRequest> requests = EnumSet.noneOf(NotificationRequest.class);
    private @Nullable Uri originalTo;
    private final List<Uri> routes = new ArrayList<>();
    private @Nullable BodyPart content;

    CpimBuilder() {}

    /**
     * Sets the sender. Without its display name: peers compare it with the From of the SIP message.
     *
     * @throws IllegalArgumentException if its scheme is im or pres, which peers refuse
     */
    public CpimBuilder from(Uri uri) {
        from = address("From", uri);
        return this;
    }

    /**
     * Adds a receiver.
     *
     * @throws IllegalArgumentException if its scheme is im or pres, which peers refuse
     */
    public CpimBuilder to(Uri uri) {
        to.add(address("To", uri));
        return this;
    }

    /**
     * Adds the receiver of a copy.
     *
     * @throws IllegalArgumentException if its scheme is im or pres, which peers refuse
     */
    public CpimBuilder cc(Uri uri) {
        cc.add(address("cc", uri));
        return this;
    }

    private static Uri address(String header, Uri uri) {
        if (uri.scheme().equals("im") || uri.scheme().equals("pres")) {
            throw new IllegalArgumentException(header + " must not be " + CpimAddress.shown(uri)
                    + ": it is abstract (RFC 3861), and peers take the SIP URI that it stands for");
        }
        Octets.line(header, uri.toString());
        return uri;
    }

    /**
     * Sets when the message was sent; parts of a second are cut off.
     *
     * @throws IllegalArgumentException if the year has not four digits
     */
    public CpimBuilder dateTime(Instant time) {
        InternetTime.format(time);
        dateTime = time;
        return this;
    }

    /**
     * Adds a subject. Control characters in it are escaped; spaces around it are no part of it.
     *
     * @throws IllegalArgumentException if it is blank, or holds half of a surrogate pair
     */
    public CpimBuilder subject(String text) {
        return subject("", text);
    }

    /**
     * Adds a subject in a language.
     *
     * @param language a tag such as {@code fr} or {@code de-AT} (RFC 3862 section 3.3)
     * @throws IllegalArgumentException if the text is blank, or the tag is none
     */
    public CpimBuilder subject(String language, String text) {
        String escaped = CpimText.escaped("Subject", text).strip();
        if (escaped.isEmpty()) {
            throw new IllegalArgumentException("Subject must not be blank");
        }
        if (!language.isEmpty() && !isLanguageTag(language)) {
            throw new IllegalArgumentException(
                    "'" + Visible.line(language) + "' is not a language tag (RFC 3862 section 3.3)");
        }
        subjects.add(new CpimSubject(language, escaped));
        return this;
    }

    private static boolean isLanguageTag(String tag) {
        int length = 0;
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            boolean alphanumeric = c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 128;
            length = c == '-' && length > 0 ? 0 : length + 1;
            if (!alphanumeric && (c != '-' || length != 0) || length > 8) {
                return false;
            }
        }
        return length > 0;
    }

    /**
     * Declares a prefix for headers that are added later (RFC 3862 section 4.6). {@code imdn} is declared by itself.
     *
     * @throws IllegalArgumentException if the prefix is no name, is taken, or the URI holds a character that no URI may
     */
    public CpimBuilder namespace(String prefix, String uri) {
        if (!isName(prefix) || prefix.equals("imdn") || uriOf(prefix) != null) {
            throw new IllegalArgumentException(
                    "'" + Visible.line(prefix) + "' is no name, or is declared (RFC 3862 section 4.6)");
        }
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '"') {
                throw new IllegalArgumentException("'" + Visible.line(uri) + "' is not a URI (RFC 3986 section 2)");
            }
        }
        namespaces.add(prefix);
        namespaces.add(uri);
        return this;
    }

    private @Nullable String uriOf(String prefix) {
        for (int i = 0; i < namespaces.size(); i += 2) {
            if (namespaces.get(i).equals(prefix)) {
                return namespaces.get(i + 1);
            }
        }
        return null;
    }

    private static boolean isName(String text) {
        return Octets.isToken(text) && text.indexOf('.') < 0;
    }

    /**
     * Adds a header of a namespace that {@link #namespace} has declared. Control characters in the value are escaped.
     *
     * @param name such as {@code cpm.Payload-Type}
     * @throws IllegalArgumentException if the name has no declared prefix, or holds a character that no name may; if the value is blank
     */
    public CpimBuilder header(String name, String value) {
        checkDeclared(name);
        String escaped = CpimText.escaped(name, value).strip();
        if (escaped.isEmpty()) {
            throw new IllegalArgumentException(name + " must have a value");
        }
        extensions.add(name + ": " + escaped);
        return this;
    }

    /**
     * Says that a receiver that does not know this header must not treat the message as understood (RFC 3862 section 4.7).
     *
     * @param name such as {@code cpm.Payload-Type}
     * @throws IllegalArgumentException if the name has no declared prefix, or holds a character that no name may
     */
    public CpimBuilder require(String name) {
        checkDeclared(name);
        required.add(name);
        return this;
    }

    private void checkDeclared(String name) {
        int dot = name.indexOf('.');
        if (dot < 0 || !isName(name.substring(dot + 1)) || uriOf(name.substring(0, dot)) == null) {
            throw new IllegalArgumentException(
                    "'" + Visible.line(name) + "' has no declared prefix, or is no name (RFC 3862 section 3.4)");
        }
    }

    /**
     * Sets the Message-ID by which reports name the message (RFC 5438 section 6.3). It should hold 64 random bits at least.
     *
     * @throws IllegalArgumentException if it is no token of at most 256 characters
     */
    public CpimBuilder messageId(String id) {
        messageId = checkedMessageId(id);
        return this;
    }

    static String checkedMessageId(String id) {
        if (!Octets.isToken(id) || id.length() > MAX_MESSAGE_ID) {
            throw new IllegalArgumentException("Message-ID '" + Visible.line(id)
                    + "' is not a token of at most 256 characters (RFC 5438 section 10)");
        }
        return id;
    }

    /** Asks for reports about the message; {@link #build} then needs a Message-ID and a date (RFC 5438 section 7.1.1). */
    public CpimBuilder request(NotificationRequest... wanted) {
        requests.addAll(List.of(wanted));
        return this;
    }

    /** Sets the receiver before a list or a gateway changed it (RFC 5438 section 6.5). */
    public CpimBuilder originalTo(Uri uri) {
        originalTo = address("Original-To", uri);
        return this;
    }

    /** Adds a way that the report has to take (RFC 5438 section 6.7). */
    public CpimBuilder route(Uri uri) {
        routes.add(address("IMDN-Route", uri));
        return this;
    }

    /** Sets the content. Its header fields are rewritten, one a line; the length is added. */
    public CpimBuilder content(BodyPart part) {
        content = part;
        return this;
    }

    /**
     * Writes the message.
     *
     * @throws IllegalStateException if From, To or the content is missing
     * @throws IllegalArgumentException if reports are asked for without a Message-ID or a date (RFC 5438 section 7.1.1), or by
     *     an anonymous sender (section 12.1.1); or if it is beyond the limits
     */
    public Cpim build() {
        StringBuilder out = new StringBuilder(384);
        line(out, "From", bracketed(needed("From", from)));
        if (to.isEmpty()) {
            throw new IllegalStateException("a message/cpim needs a To");
        }
        to.forEach(uri -> line(out, "To", bracketed(uri)));
        cc.forEach(uri -> line(out, "cc", bracketed(uri)));
        if (dateTime != null) {
            line(out, "DateTime", InternetTime.format(dateTime));
        }
        for (CpimSubject subject : subjects) {
            out.append("Subject:");
            if (!subject.language().isEmpty()) {
                out.append(";lang=").append(subject.language());
            }
            out.append(' ').append(subject.text()).append("\r\n");
        }
        extensions(out);
        imdn(out);
        out.append("\r\n");
        byte[] metadata = Octets.utf8(out.toString());
        byte[] part = needed("content", content).rewritten(true);
        byte[] all = new byte[metadata.length + part.length];
        System.arraycopy(metadata, 0, all, 0, metadata.length);
        System.arraycopy(part, 0, all, metadata.length, part.length);
        try {
            return Cpim.read(all, Nesting.DEFAULT);
        } catch (MimeParseException e) {
            throw new IllegalArgumentException("the message is beyond the limits: " + e.getMessage(), e);
        }
    }

    private void extensions(StringBuilder out) {
        for (int i = 0; i < namespaces.size(); i += 2) {
            line(out, "NS", namespaces.get(i) + " <" + namespaces.get(i + 1) + ">");
        }
        if (!required.isEmpty()) {
            line(out, "Require", String.join(", ", required));
        }
        extensions.forEach(line -> out.append(line).append("\r\n"));
    }

    private void imdn(StringBuilder out) {
        if (!requests.isEmpty()) {
            checkRequest();
        }
        if (messageId == null && originalTo == null && routes.isEmpty()) {
            return;
        }
        line(out, "NS", "imdn <" + Namespaces.IMDN + ">");
        if (messageId != null) {
            line(out, "imdn.Message-ID", messageId);
        }
        if (!requests.isEmpty()) {
            line(out, "imdn.Disposition-Notification", tokens());
        }
        if (originalTo != null) {
            line(out, "imdn.Original-To", bracketed(originalTo));
        }
        routes.forEach(uri -> line(out, "imdn.IMDN-Route", bracketed(uri)));
    }

    private void checkRequest() {
        if (messageId == null || dateTime == null) {
            throw new IllegalArgumentException("a message that asks for " + tokens()
                    + " needs a Message-ID and a DateTime (RFC 5438 section 7.1.1)");
        }
        if (from != null && CpimAddress.isAnonymous(from)) {
            throw new IllegalArgumentException(CpimAddress.shown(from) + " must not ask for " + tokens()
                    + ": reports cannot reach it (RFC 5438 section 12.1.1)");
        }
    }

    /** Linphone takes no list without the space behind the comma. */
    private String tokens() {
        StringBuilder out = new StringBuilder();
        requests.forEach(one -> out.append(out.isEmpty() ? "" : ", ").append(one.token()));
        return out.toString();
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append("\r\n");
    }

    private static String bracketed(Uri uri) {
        return "<" + uri + ">";
    }

    private static <T> T needed(String what, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a message/cpim needs a " + what);
        }
        return value;
    }
}
