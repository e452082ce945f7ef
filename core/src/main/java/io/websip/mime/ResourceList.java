package io.websip.mime;

import io.websip.sip.MediaType;
import io.websip.sip.SipParseException;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The recipients of a message (RFC 5364, RFC 5365): a document of type {@code application/resource-lists+xml} (RFC 4826). Immutable:
 * it keeps its octets.
 */
public final class ResourceList {
    /** The media type {@code application/resource-lists+xml}. */
    public static final MediaType TYPE = MediaType.of("application/resource-lists+xml");

    static final String NAMESPACE = "urn:ietf:params:xml:ns:resource-lists";
    static final String COPY_CONTROL = "urn:ietf:params:xml:ns:copycontrol";

    /** How a recipient gets the message (RFC 5364 section 4). */
    public enum CopyControl {
        /** As a receiver of the message. */
        TO("to"),
        /** As the receiver of a copy. */
        CC("cc"),
        /** Without the others knowing. So it is where nothing is said. */
        BCC("bcc");

        private final String token;

        CopyControl(String token) {
            this.token = token;
        }

        /** The name on the wire. */
        public String token() {
            return token;
        }

        static CopyControl of(String token) {
            return token.equals("to") ? TO : token.equals("cc") ? CC : BCC;
        }
    }

    /**
     * A recipient.
     *
     * @param uri the address
     * @param copyControl how it gets the message
     * @param anonymize whether the others must not see the address (RFC 5364 section 4)
     * @param count how many recipients the entry stands for, where they were made anonymous; else 1
     * @param displayName empty if there is none
     */
    public record Entry(Uri uri, CopyControl copyControl, boolean anonymize, int count, String displayName) {}

    private final byte[] bytes;
    private final List<Entry> entries;
    private final boolean referring;

    private ResourceList(byte[] bytes, List<Entry> entries, boolean referring) {
        this.bytes = bytes;
        this.entries = Collections.unmodifiableList(entries);
        this.referring = referring;
    }

    /** As {@link #parse(byte[], MimeLimits)} with the default limits. */
    public static ResourceList parse(byte[] document) throws MimeParseException {
        return parse(document, MimeLimits.DEFAULT);
    }

    /**
     * Reads a document. Lists in lists are read as one. Elements of other namespaces are ignored, and so is an entry whose URI is
     * malformed.
     *
     * @param document copied
     * @throws MimeParseException if it is none, or goes beyond a limit
     */
    public static ResourceList parse(byte[] document, MimeLimits limits) throws MimeParseException {
        byte[] bytes = document.clone();
        XmlElement root = XmlReader.read(bytes, limits);
        if (!root.is(NAMESPACE, "resource-lists")) {
            throw MimeParseException.malformed("the root element is no resource-lists");
        }
        List<Entry> entries = new ArrayList<>();
        boolean referring = false;
        Deque<XmlElement> left = new ArrayDeque<>(root.children());
        while (!left.isEmpty()) {
            XmlElement one = left.removeFirst();
            if (one.is(NAMESPACE, "list")) {
                for (int i = one.children().size() - 1; i >= 0; i--) {
                    left.addFirst(one.children().get(i));
                }
            } else if (one.is(NAMESPACE, "entry")) {
                entry(one).ifPresent(entries::add);
            } else if (one.is(NAMESPACE, "entry-ref") || one.is(NAMESPACE, "external")) {
                referring = true;
            }
        }
        return new ResourceList(bytes, entries, referring);
    }

    private static Optional<Entry> entry(XmlElement element) {
        try {
            return Optional.of(new Entry(
                    Uri.parse(element.attribute("", "uri").orElse("").strip()),
                    CopyControl.of(
                            element.attribute(COPY_CONTROL, "copyControl").orElse("bcc")),
                    isTrue(element.attribute(COPY_CONTROL, "anonymize").orElse("false")),
                    count(element.attribute(COPY_CONTROL, "count").orElse("1")),
                    element.text(NAMESPACE, "display-name").orElse("")));
        } catch (SipParseException e) {
            return Optional.empty();
        }
    }

    private static boolean isTrue(String value) {
        return value.strip().equals("true") || value.strip().equals("1");
    }

    /** At most a million; 1 if it is no number of up to seven digits. */
    private static int count(String value) {
        String text = value.strip();
        if (text.isEmpty() || text.length() > 7 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 1;
        }
        return Math.max(1, Math.min(1_000_000, Integer.parseInt(text)));
    }

    /**
     * Reads the content of a part.
     *
     * @throws MimeParseException if its type is another, it is no such document, or goes beyond a limit
     */
    public static ResourceList of(BodyPart part) throws MimeParseException {
        if (!isResourceList(part)) {
            throw MimeParseException.malformed("the content is no resource-lists");
        }
        return parse(part.content(), part.nesting().limits());
    }

    /** Whether a part is one that {@link #of} takes, by its type. */
    public static boolean isResourceList(BodyPart part) {
        return part.is("application", "resource-lists+xml");
    }

    /** A builder for a new list. */
    public static ResourceListBuilder builder() {
        return new ResourceListBuilder();
    }

    /** The recipients in order. */
    public List<Entry> entries() {
        return entries;
    }

    /** Whether it refers to other lists, which are never fetched: its recipients are then not all known. */
    public boolean isReferring() {
        return referring;
    }

    /** The first entry for this address, by the comparison of URIs (RFC 3261 section 19.1.4) and not of text. */
    public Optional<Entry> find(Uri uri) {
        for (Entry entry : entries) {
            if (same(entry.uri(), uri)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    static boolean same(Uri a, Uri b) {
        return a instanceof SipUri sip && b instanceof SipUri other ? sip.matches(other) : a.equals(b);
    }

    /** The document as a part that a list service reads: with the disposition {@code recipient-list} (RFC 5365 section 6). */
    public BodyPart toPart() {
        return BodyPart.builder(TYPE)
                .disposition(ContentDisposition.RECIPIENT_LIST)
                .content(bytes)
                .build();
    }

    /** A copy of the document's octets. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ResourceList l && Arrays.equals(bytes, l.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** How many there are; addresses do not belong in a log. */
    @Override
    public String toString() {
        return entries.size() + " recipients";
    }
}
