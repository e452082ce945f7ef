package io.websip.mime;

import io.websip.sip.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a peer is writing a message (RFC 3994): a document of type {@code application/im-iscomposing+xml}. Immutable: it keeps
 * its octets.
 */
public final class IsComposing {
    /** The media type {@code application/im-iscomposing+xml}. */
    public static final MediaType TYPE = MediaType.of("application/im-iscomposing+xml");

    private static final String NAMESPACE = "urn:ietf:params:xml:ns:im-iscomposing";
    private static final Duration UNREFRESHED = Duration.ofSeconds(120);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final byte[] bytes;
    private final boolean active;
    private final @Nullable Duration refresh;
    private final @Nullable String contentType;
    private final @Nullable Instant lastActive;

    private IsComposing(byte[] bytes, XmlElement root) throws MimeParseException {
        this.bytes = bytes;
        String state = root.text(NAMESPACE, "state")
                .orElseThrow(() -> MimeParseException.malformed("the document has no state"));
        this.active = state.equalsIgnoreCase("active"); // any other is idle (RFC 3994 section 3.5)
        this.refresh = root.text(NAMESPACE, "refresh").map(IsComposing::seconds).orElse(null);
        this.contentType = root.text(NAMESPACE, "contenttype").orElse(null);
        this.lastActive =
                root.text(NAMESPACE, "lastactive").flatMap(InternetTime::parse).orElse(null);
    }

    /** As {@link #parse(byte[], MimeLimits)} with the default limits. */
    public static IsComposing parse(byte[] document) throws MimeParseException {
        return parse(document, MimeLimits.DEFAULT);
    }

    /**
     * Reads a document. Elements of other namespaces are ignored, and so is the order.
     *
     * @param document copied
     * @throws MimeParseException if it is none, has no state, or goes beyond a limit
     */
    public static IsComposing parse(byte[] document, MimeLimits limits) throws MimeParseException {
        byte[] bytes = document.clone();
        XmlElement root = XmlReader.read(bytes, limits);
        if (!root.is(NAMESPACE, "isComposing")) {
            throw MimeParseException.malformed("the root element is no isComposing");
        }
        return new IsComposing(bytes, root);
    }

    /**
     * Reads the content of a part.
     *
     * @throws MimeParseException if its type is another, it is no such document, or goes beyond a limit
     */
    public static IsComposing of(BodyPart part) throws MimeParseException {
        if (!isComposing(part)) {
            throw MimeParseException.malformed("the content is no im-iscomposing");
        }
        return parse(part.content(), part.nesting().limits());
    }

    /** Whether a part is one that {@link #of} takes, by its type. */
    public static boolean isComposing(BodyPart part) {
        return part.is("application", "im-iscomposing+xml");
    }

    /** The number; null if it is none or 0. One that is too large for an int is the largest int. */
    private static @Nullable Duration seconds(String text) {
        long seconds = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            seconds = Math.min(seconds * 10 + digit, Integer.MAX_VALUE);
        }
        return seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    /**
     * That the user writes.
     *
     * @param contentType the type of the message, such as {@code text/plain} or {@code video}
     * @param refresh after which it is said again: whole seconds; RFC 3994 section 3.2 advises 60 at least
     * @throws IllegalArgumentException if the type is blank or holds a control character, or the time is shorter than a second
     */
    public static IsComposing active(String contentType, Duration refresh) {
        if (contentType.isBlank()) {
            throw new IllegalArgumentException("contenttype must not be blank (RFC 3994 section 3.2)");
        }
        if (refresh.toSeconds() < 1 || refresh.toSeconds() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("refresh must be 1 s to 2,147,483,647 s, not " + refresh
                    + ": it is a positive number of seconds (RFC 3994 section 6)");
        }
        return written(new XmlWriter()
                .start("isComposing")
                .attribute("xmlns", NAMESPACE)
                .element("state", "active")
                .element("contenttype", Octets.line("contenttype", contentType).strip())
                .element("refresh", Long.toString(refresh.toSeconds())));
    }

    /** That the user has stopped. */
    public static IsComposing idle() {
        return written(new XmlWriter()
                .start("isComposing")
                .attribute("xmlns", NAMESPACE)
                .element("state", "idle"));
    }

    /**
     * That the user has stopped, and when.
     *
     * @throws IllegalArgumentException if the year has not four digits
     */
    public static IsComposing idle(Instant lastActive) {
        return written(new XmlWriter()
                .start("isComposing")
                .attribute("xmlns", NAMESPACE)
                .element("state", "idle")
                .element("lastactive", InternetTime.format(lastActive)));
    }

    private static IsComposing written(XmlWriter document) {
        try {
            return parse(document.end().toBytes());
        } catch (MimeParseException e) {
            throw new IllegalArgumentException("the document is beyond the limits: " + e.getMessage(), e);
        }
    }

    /** Whether the peer writes; a state that is not known means no (RFC 3994 section 3.5). */
    public boolean isActive() {
        return active;
    }

    /** The time after which the peer says it again, as it stands; empty if it is absent or no positive number. */
    public Optional<Duration> refresh() {
        return Optional.ofNullable(refresh);
    }

    /**
     * How long the state holds without another message: for active the refresh time, at least 10 s and at most an hour, and 120 s
     * where there is none (RFC 3994 section 3.3); for idle nothing.
     */
    public Duration validity() {
        if (!active) {
            return Duration.ZERO;
        }
        if (refresh == null) {
            return UNREFRESHED;
        }
        return refresh.compareTo(SHORTEST) < 0 ? SHORTEST : refresh.compareTo(LONGEST) > 0 ? LONGEST : refresh;
    }

    /** The type of the message, such as {@code text/plain}, as it stands. */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /** When the peer wrote last, by its clock; empty if it is absent or malformed. */
    public Optional<Instant> lastActive() {
        return Optional.ofNullable(lastActive);
    }

    /** The document as a part. */
    public BodyPart toPart() {
        return BodyPart.builder(TYPE).content(bytes).build();
    }

    /** A copy of the document's octets. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof IsComposing c && Arrays.equals(bytes, c.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The state. */
    @Override
    public String toString() {
        return active ? "active" : "idle";
    }
}
