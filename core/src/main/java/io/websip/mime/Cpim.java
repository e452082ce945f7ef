package io.websip.mime;

import io.websip.sip.MediaType;
import io.websip.sip.Uri;
import io.websip.text.Visible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message in the Common Presence and Instant Messaging format (RFC 3862): metadata around a content. The metadata
 * survives gateways and stores, above all the request for reports (RFC 5438). Immutable: it keeps its octets and an index of its headers, and
 * reads a value when it is asked for.
 *
 * <p>Lines may end in LF alone; the space behind a colon and the empty line in front of the content's header fields may be missing.
 * A header whose prefix is not declared is ignored, and so is a value that is malformed. Names are case-sensitive.
 */
public final class Cpim {
    /** The media type {@code message/cpim}. */
    public static final MediaType TYPE = MediaType.of("message/cpim");

    private static final int MAX_MESSAGE_ID = 256;
    private static final Set<String> CORE_NAMES = Set.of("From", "To", "cc", "DateTime", "Subject", "NS", "Require");

    private final byte[] bytes;
    private final int[] index; // as MimeHeaders has it
    private final @Nullable String[] namespaces; // of each row; null where the prefix was not declared
    private final BodyPart content;

    private Cpim(byte[] bytes, int[] index, @Nullable String[] namespaces, BodyPart content) {
        this.bytes = bytes;
        this.index = index;
        this.namespaces = namespaces;
        this.content = content;
    }

    /** As {@link #parse(byte[], MimeLimits)} with the default limits. */
    public static Cpim parse(byte[] body) throws MimeParseException {
        return parse(body, MimeLimits.DEFAULT);
    }

    /**
     * Reads a body of type {@code message/cpim}.
     *
     * @param body copied
     * @throws MimeParseException if it is none, or goes beyond a limit
     */
    public static Cpim parse(byte[] body, MimeLimits limits) throws MimeParseException {
        return read(body.clone(), Nesting.of(limits));
    }

    /**
     * As {@link #parse(byte[], MimeLimits)}, without a copy: the array must not be changed afterwards.
     *
     * @throws MimeParseException if it is none, or goes beyond a limit
     */
    public static Cpim wrap(byte[] body, MimeLimits limits) throws MimeParseException {
        return read(body, Nesting.of(limits));
    }

    /**
     * Reads the content of a part: of the body of a SIP message ({@link BodyPart#of(io.websip.sip.SipMessage)}), of a multipart, or
     * of another CPIM message.
     *
     * @throws MimeParseException if its type is another, it is no CPIM message, or it goes beyond a limit
     */
    public static Cpim of(BodyPart part) throws MimeParseException {
        if (!isCpim(part)) {
            throw MimeParseException.malformed("the content is no message/cpim");
        }
        return read(part.content(), part.nesting());
    }

    /** Whether a part is one that {@link #of} takes: its type is {@code message/cpim}. */
    public static boolean isCpim(BodyPart part) {
        return part.is("message", "cpim");
    }

    /** A builder for a new message. */
    public static CpimBuilder builder() {
        return new CpimBuilder();
    }

    static Cpim read(byte[] b, Nesting nesting) throws MimeParseException {
        Nesting inside = nesting.inCpim();
        int start = Octets.skipWhite(b, 0, b.length);
        HeaderBlock metadata = HeaderBlock.metadata(b, start, b.length, nesting.limits());
        HeaderBlock mime = HeaderBlock.mime(b, metadata.next, b.length, nesting.limits());
        BodyPart content = BodyPart.read(b, metadata.next, b.length, mime, inside);
        return new Cpim(b, metadata.index, namespaces(b, metadata), content);
    }

    private static @Nullable String[] namespaces(byte[] b, HeaderBlock block) {
        Namespaces declared = new Namespaces();
        @Nullable String[] of = new @Nullable String[block.count];
        for (int row = 0; row < block.count; row++) {
            int at = row * MimeHeaders.STRIDE;
            if (Octets.is(b, block.index[at], block.index[at + 1], "NS")) {
                declared.declare(b, block.index[at + 2], block.index[at + 3]);
                of[row] = Namespaces.CORE;
            } else {
                of[row] = declared.of(b, block.index[at], block.index[at + 1]);
            }
        }
        return of;
    }

    private int nameStart(int row) {
        int at = row * MimeHeaders.STRIDE;
        return Namespaces.localStart(bytes, index[at], index[at + 1]);
    }

    private int nameEnd(int row) {
        return index[row * MimeHeaders.STRIDE + 1];
    }

    private int valueEnd(int row) {
        return index[row * MimeHeaders.STRIDE + 3];
    }

    /** Behind the colon, and behind the parameters that may follow it without a space (RFC 3862 section 3.3). */
    private int valueStart(int row) {
        int start = index[row * MimeHeaders.STRIDE + 2];
        int end = valueEnd(row);
        if (start == end || bytes[start] != ';') {
            return start;
        }
        boolean quoted = false;
        for (int i = start; i < end; i++) {
            if (bytes[i] == '"') {
                quoted = !quoted;
            } else if (bytes[i] == '\\') {
                i++;
            } else if (!quoted && Octets.isWhite(bytes[i])) {
                return i;
            }
        }
        return end;
    }

    private int find(String namespace, String name, int from) {
        for (int row = from; row < namespaces.length; row++) {
            if (namespace.equals(namespaces[row]) && Octets.is(bytes, nameStart(row), nameEnd(row), name)) {
                return row;
            }
        }
        return -1;
    }

    private String text(int row) {
        return CpimText.unescaped(bytes, valueStart(row), valueEnd(row));
    }

    /** The value of the first header of this name and namespace, its escapes undone. */
    public Optional<String> first(String namespace, String name) {
        int row = find(namespace, name, 0);
        return row < 0 ? Optional.empty() : Optional.of(text(row));
    }

    /** All headers whose namespace is known, in order. */
    public List<CpimHeader> headers() {
        List<CpimHeader> headers = new ArrayList<>();
        for (int row = 0; row < namespaces.length; row++) {
            String namespace = namespaces[row];
            if (namespace != null) {
                headers.add(new CpimHeader(namespace, Octets.string(bytes, nameStart(row), nameEnd(row)), text(row)));
            }
        }
        return List.copyOf(headers);
    }

    private List<CpimAddress> addresses(String namespace, String name) {
        List<CpimAddress> addresses = new ArrayList<>(1);
        for (int row = find(namespace, name, 0); row >= 0; row = find(namespace, name, row + 1)) {
            CpimAddress address = CpimAddress.read(bytes, valueStart(row), valueEnd(row));
            if (address != null) {
                addresses.add(address);
            }
        }
        return Collections.unmodifiableList(addresses);
    }

    private List<Uri> uris(String name) {
        List<Uri> uris = new ArrayList<>(1);
        for (CpimAddress address : addresses(Namespaces.IMDN, name)) {
            uris.add(address.uri());
        }
        return Collections.unmodifiableList(uris);
    }

    /** The sender, as it says of itself; empty if there is none or it is malformed. */
    public Optional<CpimAddress> from() {
        int row = find(Namespaces.CORE, "From", 0);
        return row < 0
                ? Optional.empty()
                : Optional.ofNullable(CpimAddress.read(bytes, valueStart(row), valueEnd(row)));
    }

    /** The receivers. */
    public List<CpimAddress> to() {
        return addresses(Namespaces.CORE, "To");
    }

    /** The receivers of a copy. */
    public List<CpimAddress> cc() {
        return addresses(Namespaces.CORE, "cc");
    }

    /** When the message was sent, by the sender's clock; empty if it is absent or malformed. */
    public Optional<Instant> dateTime() {
        return first(Namespaces.CORE, "DateTime").flatMap(InternetTime::parse);
    }

    /** The subjects, of which there may be one for each language. */
    public List<CpimSubject> subjects() {
        List<CpimSubject> subjects = new ArrayList<>(1);
        for (int row = find(Namespaces.CORE, "Subject", 0); row >= 0; row = find(Namespaces.CORE, "Subject", row + 1)) {
            subjects.add(new CpimSubject(language(row), text(row)));
        }
        return List.copyOf(subjects);
    }

    private String language(int row) {
        int start = index[row * MimeHeaders.STRIDE + 2];
        int end = valueStart(row);
        if (!Octets.startsWithIgnoreCase(bytes, start, end, ";lang=")) {
            return "i-default";
        }
        int tagStart = start + ";lang=".length();
        return Octets.string(bytes, tagStart, Octets.find(bytes, ';', tagStart, end));
    }

    /** The text of the first subject. */
    public Optional<String> subject() {
        return first(Namespaces.CORE, "Subject");
    }

    /**
     * The names in Require that this library does not know, as they stand. A message with one must not be treated as if it were
     * understood (RFC 3862 section 4.7): 488 is an answer. Known are the headers of RFC 3862 and those of RFC 5438.
     */
    public List<String> unknownRequirements() {
        List<String> unknown = new ArrayList<>(0);
        Namespaces declared = new Namespaces();
        for (int row = 0; row < namespaces.length; row++) {
            int at = row * MimeHeaders.STRIDE;
            if (Octets.is(bytes, index[at], index[at + 1], "NS")) {
                declared.declare(bytes, index[at + 2], index[at + 3]);
            } else if (Namespaces.CORE.equals(namespaces[row])
                    && Octets.is(bytes, nameStart(row), nameEnd(row), "Require")) {
                addUnknown(valueStart(row), valueEnd(row), declared, unknown);
            }
        }
        return Collections.unmodifiableList(unknown);
    }

    private void addUnknown(int from, int to, Namespaces declared, List<String> unknown) {
        int at = from;
        while (at < to) {
            int comma = Octets.find(bytes, ',', at, to);
            int start = Octets.skipWhite(bytes, at, comma);
            int end = Octets.whiteBefore(bytes, comma, start);
            if (start < end && !isKnown(declared.of(bytes, start, end), start, end)) {
                unknown.add(Visible.line(Octets.string(bytes, start, end)));
            }
            at = comma + 1;
        }
    }

    private boolean isKnown(@Nullable String namespace, int start, int end) {
        return Namespaces.IMDN.equals(namespace)
                || Namespaces.CORE.equals(namespace)
                        && CORE_NAMES.contains(Octets.string(bytes, Namespaces.localStart(bytes, start, end), end));
    }

    /** The Message-ID by which reports name the message; empty if it is no token of at most 256 characters (RFC 5438 section 6.3). */
    public Optional<String> messageId() {
        return first(Namespaces.IMDN, "Message-ID").filter(id -> id.length() <= MAX_MESSAGE_ID && Octets.isToken(id));
    }

    /** The reports that the sender asks for: Disposition-Notification without unknown items (RFC 5438 section 7.1.1.2). */
    public Set<NotificationRequest> notificationRequests() {
        Set<NotificationRequest> requests = EnumSet.noneOf(NotificationRequest.class);
        int row = find(Namespaces.IMDN, "Disposition-Notification", 0);
        int at = row < 0 ? 0 : valueStart(row);
        int to = row < 0 ? 0 : valueEnd(row);
        while (at < to) {
            int comma = Octets.find(bytes, ',', at, to);
            int start = Octets.skipWhite(bytes, at, comma);
            int end = Octets.whiteBefore(bytes, Octets.find(bytes, ';', start, comma), start);
            for (NotificationRequest one : NotificationRequest.values()) {
                if (Octets.isIgnoreCase(bytes, start, end, one.token())) {
                    requests.add(one);
                }
            }
            at = comma + 1;
        }
        return Collections.unmodifiableSet(requests);
    }

    /** The receiver before a list or a gateway changed it (RFC 5438 section 6.5). */
    public Optional<Uri> originalTo() {
        return uris("Original-To").stream().findFirst();
    }

    /** The ways that a report must take, the first first (RFC 5438 section 6.6). Each is a peer's text, and may name a victim. */
    public List<Uri> recordRoutes() {
        return uris("IMDN-Record-Route");
    }

    /** In a report: the ways that it has to take still (RFC 5438 section 6.7). */
    public List<Uri> routes() {
        return uris("IMDN-Route");
    }

    /** The content, with the header fields that describe it. */
    public BodyPart content() {
        return content;
    }

    /** The whole as a part: of a multipart, or of another CPIM message that says more (RFC 3862 section 2.2). */
    public BodyPart toPart() {
        return BodyPart.builder(TYPE).content(bytes).build();
    }

    /** A copy of the octets, as they came (RFC 3862 section 2.2): the body of a SIP message. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Cpim c && Arrays.equals(bytes, c.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The Message-ID and the content's type only: contents do not belong in a log. */
    @Override
    public String toString() {
        return "message/cpim " + messageId().orElse("without Message-ID") + " of " + content;
    }
}
