package io.websip.sip;

import io.websip.text.Visible;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SIP request or response (RFC 3261 section 7). Immutable: it keeps its octets and an index of its headers, and makes
 * text and typed values when they are asked for.
 */
public abstract sealed class SipMessage permits SipRequest, SipResponse {
    private static final DiscardListener IGNORED = (kind, why) -> {};

    private final SipHeaders headers;
    private final int bodyStart;
    private final int bodyEnd;

    // Racy caches: every thread computes equal, immutable values.
    private @Nullable Via topVia;
    private @Nullable NameAddress from;
    private @Nullable NameAddress to;
    private @Nullable CSeq cseq;
    private @Nullable String callId;

    SipMessage(SipHeaders headers, int bodyStart, int bodyEnd) {
        this.headers = headers;
        this.bodyStart = bodyStart;
        this.bodyEnd = bodyEnd;
    }

    /**
     * Reads one message within {@link SipLimits#DEFAULT}.
     *
     * @throws SipParseException if it is none
     */
    public static SipMessage parse(byte[] message) throws SipParseException {
        return parse(message, SipLimits.DEFAULT);
    }

    /**
     * Reads one message: finds its parts, sees that what every message needs is there, and that nothing stands twice
     * that must not (RFC 3261 sections 7.3.1 and 8.1.1). What is in the values is looked at when it
     * is asked for, or by {@link #verify()}.
     *
     * <p>Body octets beyond Content-Length are left out, and without Content-Length the body goes to the end (RFC 3261
     * section 18.3).
     *
     * <p>A row that is none, or that is malformed and not needed, is left out, and of two equal values the second (RFC 3261
     * section 8.2.2). Of a response only the top Via, CSeq and Content-Length are needed (section 17.1.3).
     *
     * @param message one WebSocket message; copied
     * @throws SipParseException if it is none; never anything else
     */
    public static SipMessage parse(byte[] message, SipLimits limits) throws SipParseException {
        return wrap(message.clone(), limits);
    }

    /**
     * As {@link #parse(byte[], SipLimits)}, without a copy: the array must not be changed afterwards.
     *
     * @throws SipParseException if it is none; never anything else
     */
    public static SipMessage wrap(byte[] message, SipLimits limits) throws SipParseException {
        return wrap(message, limits, IGNORED);
    }

    /**
     * As {@link #wrap(byte[], SipLimits)}.
     *
     * @param listener is notified of each part that is left out, within this call
     * @throws SipParseException if it is none; never anything else
     */
    public static SipMessage wrap(byte[] message, SipLimits limits, DiscardListener listener) throws SipParseException {
        return SipParser.parse(message, limits, listener);
    }

    /**
     * Looks into the header fields that the receiver needs. Of a request these are the top Via, From, To, Call-ID, CSeq, and
     * those of the request line; of a response the branch of its top Via and CSeq (RFC 3261 section 17.1.3). After it the
     * accessors of these never throw.
     *
     * @throws SipParseException if one is malformed (RFC 3261 section 8.2.2: others are ignored)
     */
    public abstract void verify() throws SipParseException;

    /** The header rows. */
    public SipHeaders headers() {
        return headers;
    }

    /**
     * The first Via value.
     *
     * @throws MalformedHeaderException if it is malformed, as that of a response may be; its branch is there all the same
     */
    public Via topVia() {
        try {
            return readTopVia();
        } catch (SipParseException e) {
            throw new MalformedHeaderException(String.valueOf(e.getMessage()));
        }
    }

    /** The branch of the first Via value, also where the rest of that value is malformed; empty if there is none. */
    public Optional<String> topBranch() {
        return Optional.ofNullable(topBranchOrNull());
    }

    private @Nullable String topBranchOrNull() {
        try {
            return readTopVia().branchOrNull();
        } catch (SipParseException e) {
            int row = headers.find(KnownHeader.VIA, 0);
            return row < 0 ? null : Via.branchOf(headers.bytes, headers.valueStart(row), headers.valueEnd(row));
        }
    }

    /** All Via values from the top; malformed ones below it are left out. */
    public List<Via> vias() {
        List<Via> vias = new ArrayList<>();
        for (String value : headers.list("Via")) {
            try {
                vias.add(Via.parse(value));
            } catch (SipParseException e) {
                continue; // only the top one is needed
            }
        }
        return List.copyOf(vias);
    }

    /** Whether there is more than one Via value, which a client must not get (RFC 3261 section 8.1.3.3). */
    public boolean hasSeveralVias() {
        int row = headers.find(KnownHeader.VIA, 0);
        if (row < 0) {
            return false;
        }
        if (headers.find(KnownHeader.VIA, row + 1) >= 0) {
            return true;
        }
        for (int i = headers.valueStart(row); i < headers.valueEnd(row); i++) {
            if (headers.bytes[i] == ',') {
                return headers.list("Via").size() > 1; // the comma may be quoted, or stand at the end
            }
        }
        return false; // as in nearly every response: without making any text
    }

    /**
     * The From value.
     *
     * @throws MalformedHeaderException if a response has none, or a malformed one
     */
    public NameAddress from() {
        try {
            return readFrom();
        } catch (SipParseException e) {
            throw new MalformedHeaderException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The To value.
     *
     * @throws MalformedHeaderException if a response has none, or a malformed one
     */
    public NameAddress to() {
        try {
            return readTo();
        } catch (SipParseException e) {
            throw new MalformedHeaderException(String.valueOf(e.getMessage()));
        }
    }

    /** The CSeq value. */
    public CSeq cseq() {
        try {
            return readCseq();
        } catch (SipParseException e) {
            throw new MalformedHeaderException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The Call-ID.
     *
     * @throws MalformedHeaderException if a response has none, or a malformed one
     */
    public String callId() {
        try {
            return readCallId();
        } catch (SipParseException e) {
            throw new MalformedHeaderException(String.valueOf(e.getMessage()));
        }
    }

    /** The Contact values, as {@link SipHeaders#addresses} finds them; {@code *} is left out. */
    public List<NameAddress> contacts() {
        return headers.addresses("Contact");
    }

    /** The content type; empty if it is absent or malformed. */
    public Optional<MediaType> contentType() {
        return Optional.ofNullable(readContentType());
    }

    private @Nullable MediaType readContentType() {
        int row = headers.find(KnownHeader.CONTENT_TYPE, 0);
        if (row < 0) {
            return null;
        }
        try {
            return MediaType.parse(headers.bytes, headers.valueStart(row), headers.valueEnd(row), tolerance());
        } catch (SipParseException e) {
            return null;
        }
    }

    /** A copy of the body's octets. */
    public byte[] body() {
        return Arrays.copyOfRange(headers.bytes, bodyStart, bodyEnd);
    }

    /** The length of the body in bytes. */
    public int bodyLength() {
        return bodyEnd - bodyStart;
    }

    /** The body as text in the charset of its content type, else UTF-8; what is not valid in it becomes U+FFFD. */
    public String text() {
        Charset charset = contentType().flatMap(MediaType::charset).orElse(StandardCharsets.UTF_8);
        return new String(headers.bytes, bodyStart, bodyEnd - bodyStart, charset);
    }

    /** A copy of the message as it goes over the wire. */
    public byte[] toBytes() {
        return headers.bytes.clone();
    }

    /** The message's own array, for handing on without a copy: whoever gets it must not change it. */
    public byte[] unsafeBytes() {
        return headers.bytes;
    }

    /** The length of the message in bytes. */
    public int length() {
        return headers.bytes.length;
    }

    /** Nobody who waits for a response needs more of it than its status and what it is matched by. */
    private Tolerance tolerance() {
        return this instanceof SipResponse ? Tolerance.LOOSE : Tolerance.NAMES;
    }

    final Via readTopVia() throws SipParseException {
        Via value = topVia;
        if (value == null) {
            int row = row(KnownHeader.VIA);
            value = Via.read(headers.bytes, headers.valueStart(row), headers.valueEnd(row), tolerance());
            topVia = value;
        }
        return value;
    }

    final NameAddress readFrom() throws SipParseException {
        NameAddress value = from;
        if (value == null) {
            value = address(KnownHeader.FROM);
            from = value;
        }
        return value;
    }

    final NameAddress readTo() throws SipParseException {
        NameAddress value = to;
        if (value == null) {
            value = address(KnownHeader.TO);
            to = value;
        }
        return value;
    }

    private NameAddress address(KnownHeader header) throws SipParseException {
        int row = row(header);
        return NameAddress.parse(
                headers.bytes, headers.valueStart(row), headers.valueEnd(row), header.text(), tolerance());
    }

    final CSeq readCseq() throws SipParseException {
        CSeq value = cseq;
        if (value == null) {
            int row = row(KnownHeader.CSEQ);
            value = CSeq.parse(headers.bytes, headers.valueStart(row), headers.valueEnd(row));
            cseq = value;
        }
        return value;
    }

    final String readCallId() throws SipParseException {
        String value = callId;
        if (value == null) {
            value = headers.value(row(KnownHeader.CALL_ID));
            callId = value;
        }
        return value;
    }

    /** The row of a header that parsing has seen to be there, but which nobody need have given to a builder. */
    final int row(KnownHeader header) throws SipParseException {
        int row = headers.find(header, 0);
        if (row < 0) {
            throw new SipParseException(header.text() + " is missing");
        }
        return row;
    }

    /** The first line of the message, without its CRLF. */
    public abstract String startLine();

    /** The start line only: bodies and credentials do not belong in a log. */
    @Override
    public String toString() {
        return Visible.line(startLine());
    }
}
