package io.websip.mime;

import io.websip.sip.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A body of several parts (RFC 2046 section 5.1, RFC 5621): mixed, alternative or related; any other subtype is read as mixed.
 * Immutable: it keeps its octets, and all that is nested in it is read with it.
 */
public final class Multipart {
    private final MediaType type;
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final List<BodyPart> parts;

    Multipart(MediaType type, byte[] bytes, int start, int end, List<BodyPart> parts) {
        this.type = type;
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.parts = List.copyOf(parts);
    }

    /** As {@link #parse(MediaType, byte[], MimeLimits)} with the default limits. */
    public static Multipart parse(MediaType type, byte[] body) throws MimeParseException {
        return parse(type, body, MimeLimits.DEFAULT);
    }

    /**
     * Reads a body.
     *
     * <p>Lines may end in LF alone, the last boundary may be missing or lack its two hyphens, and without the parameter
     * {@code boundary}, which some stores lose, the first line that starts with two hyphens is it.
     *
     * @param type with the boundary
     * @param body copied
     * @throws MimeParseException if it is none, or goes beyond a limit
     */
    public static Multipart parse(MediaType type, byte[] body, MimeLimits limits) throws MimeParseException {
        return MultipartReader.read(type, BodyPart.Slice.of(body.clone()), Nesting.of(limits));
    }

    /**
     * The parts of a part: of the body of a SIP message ({@link BodyPart#of(io.websip.sip.SipMessage)}), of the content of a
     * CPIM message, or of one that stands in a multipart itself.
     *
     * @throws MimeParseException if it is no multipart, or goes beyond a limit
     */
    public static Multipart of(BodyPart part) throws MimeParseException {
        Multipart inner = part.parts();
        if (inner != null) {
            return inner;
        }
        int max = part.nesting().limits().maxDecodedBytes();
        return MultipartReader.read(part.contentType(), part.decoded(max), part.nesting());
    }

    /** Whether a part is one that {@link #of} takes: its type is multipart. */
    public static boolean isMultipart(BodyPart part) {
        return part.contentType().type().equals("multipart");
    }

    /**
     * Parts that belong together and are shown one after the other.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Multipart mixed(BodyPart... parts) {
        return mixed(List.of(parts));
    }

    /**
     * Parts that belong together and are shown one after the other.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Multipart mixed(List<BodyPart> parts) {
        return MultipartWriter.write("multipart/mixed", parts);
    }

    /**
     * The same content in several forms, of which the receiver shows one: the plainest first.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Multipart alternative(BodyPart... parts) {
        return MultipartWriter.write("multipart/alternative", List.of(parts));
    }

    /**
     * A part and the others to which it refers by Content-ID (RFC 2387).
     *
     * @param root the one that is shown
     */
    public static Multipart related(BodyPart root, BodyPart... others) {
        BodyPart[] all = new BodyPart[others.length + 1];
        all[0] = root;
        System.arraycopy(others, 0, all, 1, others.length);
        MediaType type = root.contentType();
        String form = "multipart/related;type=\"" + type.type() + "/" + type.subtype() + "\"";
        return MultipartWriter.write(form, List.of(all));
    }

    /** The type as Content-Type names it; the boundary is its last parameter, and a token, in one that was written. */
    public MediaType contentType() {
        return type;
    }

    /** The subtype in lower case: {@code mixed}, {@code alternative}, {@code related} or another. */
    public String subtype() {
        return type.subtype();
    }

    /** The parts in order, of which each may be a multipart itself; there is at least one. */
    public List<BodyPart> parts() {
        return parts;
    }

    /** The part that the parameter {@code start} names, else the first (RFC 2387 section 3.2). */
    public BodyPart root() {
        Optional<String> start = type.parameters().get("start").map(BodyPart::withoutBrackets);
        if (start.isPresent()) {
            for (BodyPart part : parts) {
                if (part.contentId().equals(start)) {
                    return part;
                }
            }
        }
        return parts.get(0);
    }

    /**
     * The parts that a receiver shows.
     *
     * @param understood whether it can show a part; asked of parts that are no multipart and whose disposition is known
     */
    public Selection select(Predicate<BodyPart> understood) {
        return Selection.of(this, understood);
    }

    /** The whole as a part: of another multipart, or of a CPIM message. */
    public BodyPart toPart() {
        return BodyPart.builder(type).content(toBytes()).build();
    }

    /** A copy of the octets: the body of a message of this {@link #contentType}. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Multipart m
                && type.equals(m.type)
                && Arrays.equals(bytes, start, end, m.bytes, m.start, m.end);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(toBytes());
    }

    /** The types only: contents do not belong in a log. */
    @Override
    public String toString() {
        return "multipart/" + subtype() + parts;
    }
}
