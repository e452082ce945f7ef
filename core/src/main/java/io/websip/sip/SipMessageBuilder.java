package io.websip.sip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of a message and writes them once. Not thread-safe.
 *
 * <p>Every value given as text is refused if it holds CR, LF or NUL, so that no value can forge a header line.
 * Content-Length is written last and always, as the number of the body's octets.
 *
 * @param <M> request or response
 */
public final class SipMessageBuilder<M extends SipMessage> {
    /** One header row. Its value is the slice of the text, which is ASCII, or else of the octets; neither holds line breaks. */
    private record Row(
            String name,
            @Nullable KnownHeader known,
            @Nullable String text,
            byte[] octets,
            int start,
            int end) {
        boolean is(String otherName, @Nullable KnownHeader other) {
            return known == null ? other == null && name.equalsIgnoreCase(otherName) : known == other;
        }

        int length() {
            return name.length() + end - start + 4;
        }

        void write(SipWriter out) {
            out.startRow(name, known);
            if (text != null) {
                out.ascii(text, start, end);
            } else {
                out.bytes(octets, start, end);
            }
            out.endRow();
        }
    }

    private static final byte[] EMPTY = new byte[0];

    private final @Nullable SipMethod method; // null in a response
    private final int status;
    private byte[] text; // the Request-URI or the reason phrase
    private final List<Row> rows = new ArrayList<>(16);
    private byte[] body = EMPTY;

    private SipMessageBuilder(@Nullable SipMethod method, int status, byte[] text) {
        this.method = method;
        this.status = status;
        this.text = text;
    }

    static SipMessageBuilder<SipRequest> request(SipMethod method, String requestUri) {
        for (int i = 0; i < requestUri.length(); i++) {
            char c = requestUri.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                throw new IllegalArgumentException("a Request-URI must not hold white space or control characters");
            }
        }
        return new SipMessageBuilder<>(method, 0, Bytes.utf8(requestUri));
    }

    static SipMessageBuilder<SipResponse> response(int status, @Nullable String reason) {
        if (status < 100 || status > 699) {
            throw new IllegalArgumentException("a status code is 100 to 699, not " + status);
        }
        String phrase = reason == null ? ReasonPhrase.of(status) : Bytes.checked("reason phrase", reason);
        return new SipMessageBuilder<>(null, status, Bytes.utf8(phrase));
    }

    /**
     * A message like the one given.
     *
     * @param text its Request-URI or reason phrase, octet by octet: parsing takes a few that a program may not give
     */
    static <M extends SipMessage> SipMessageBuilder<M> like(
            M message, @Nullable SipMethod method, int status, byte[] text) {
        return new SipMessageBuilder<M>(method, status, text).copyAll(message);
    }

    /**
     * Appends a row.
     *
     * @throws IllegalArgumentException if the name is not a token, the value holds CR, LF or NUL, or the name is
     *     Content-Length, which is written by itself
     */
    public SipMessageBuilder<M> add(String name, String value) {
        rows.add(row(name, value));
        return this;
    }

    /**
     * Puts a row in the place of the first of that name and removes the others; appends it if there is none.
     *
     * @throws IllegalArgumentException as {@link #add}
     */
    public SipMessageBuilder<M> set(String name, String value) {
        Row row = row(name, value);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).is(name, row.known)) {
                rows.set(i, row);
                // At once, since one by one takes time that grows with the square.
                rows.subList(i + 1, rows.size()).removeIf(other -> other.is(name, row.known));
                return this;
            }
        }
        rows.add(row);
        return this;
    }

    /** Removes all rows of that name. */
    public SipMessageBuilder<M> remove(String name) {
        KnownHeader known = KnownHeader.of(name);
        rows.removeIf(row -> row.is(name, known));
        return this;
    }

    /** Puts a row before all others. */
    public SipMessageBuilder<M> addFirst(String name, String value) {
        rows.add(0, row(name, value));
        return this;
    }

    /**
     * Sets the body; the array must not be changed until {@link #build()}. Its type goes into Content-Type by
     * {@link #set}.
     */
    public SipMessageBuilder<M> body(byte[] octets) {
        body = octets;
        return this;
    }

    /**
     * Changes the Request-URI.
     *
     * @throws IllegalStateException if a response is built
     */
    public SipMessageBuilder<M> requestUri(Uri uri) {
        if (method == null) {
            throw new IllegalStateException("a response has no Request-URI");
        }
        text = Bytes.utf8(uri.toString());
        return this;
    }

    static void checkName(String name) {
        if (!Bytes.isToken(name)) {
            throw new IllegalArgumentException(
                    "header name '" + printable(name) + "' is not a token (RFC 3261 section 25.1)");
        }
    }

    private static String printable(String name) {
        StringBuilder text = new StringBuilder(name.length());
        name.chars().forEach(c -> text.append(c < ' ' || c == 0x7f ? '?' : (char) c));
        return text.toString();
    }

    private static Row row(String name, String value) {
        KnownHeader known = KnownHeader.of(name);
        if (known == null) {
            checkName(name);
        }
        if (known == KnownHeader.CONTENT_LENGTH) {
            throw new IllegalArgumentException("Content-Length is written from the body and cannot be set");
        }
        String usual = known == null ? name : known.text();
        boolean plain = Bytes.isPlain(value);
        if (!plain) {
            Bytes.checked(name, value);
        }
        int start = 0;
        int end = value.length();
        while (start < end && Bytes.isLws(value.charAt(start))) {
            start++; // white space around a value is not part of it
        }
        while (end > start && Bytes.isLws(value.charAt(end - 1))) {
            end--;
        }
        if (plain) {
            return new Row(usual, known, value, EMPTY, start, end);
        }
        byte[] octets = Bytes.utf8(value.substring(start, end));
        return new Row(usual, known, null, octets, 0, octets.length);
    }

    /** Copies rows octet by octet, folds made spaces. */
    private void copy(SipHeaders from, int row) {
        KnownHeader known = from.known(row);
        byte[] bytes = from.bytes;
        int start = from.valueStart(row);
        int end = from.valueEnd(row);
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\r' || bytes[i] == '\n') {
                bytes = Bytes.unfold(bytes, start, end);
                start = 0;
                end = bytes.length;
                break;
            }
        }
        rows.add(new Row(from.name(row), known, null, bytes, start, end));
    }

    private SipMessageBuilder<M> copyAll(SipMessage message) {
        SipHeaders from = message.headers();
        for (int row = 0; row < from.size(); row++) {
            if (from.known(row) != KnownHeader.CONTENT_LENGTH) {
                copy(from, row);
            }
        }
        body = message.body();
        return this;
    }

    SipMessageBuilder<M> echo(SipHeaders request, int toStatus, @Nullable String toTag) {
        for (int row = request.find(KnownHeader.VIA, 0); row >= 0; row = request.find(KnownHeader.VIA, row + 1)) {
            copy(request, row);
        }
        copyFirst(request, KnownHeader.FROM);
        copyFirst(request, KnownHeader.TO);
        if (toTag != null) {
            if (!Bytes.isToken(toTag)) {
                throw new IllegalArgumentException("tag '" + toTag + "' is not a token (RFC 3261 section 25.1)");
            }
            tag(toTag);
        }
        copyFirst(request, KnownHeader.CALL_ID);
        copyFirst(request, KnownHeader.CSEQ);
        if (toStatus == 100) {
            copyFirst(request, KnownHeader.TIMESTAMP);
        }
        return this;
    }

    private void copyFirst(SipHeaders from, KnownHeader header) {
        int row = from.find(header, 0);
        if (row >= 0) {
            copy(from, row);
        }
    }

    /** Adds the tag to the To just copied, unless it has one or is too malformed to tell. */
    private void tag(String toTag) {
        int last = rows.size() - 1;
        if (last < 0 || rows.get(last).known != KnownHeader.TO) {
            return;
        }
        Row to = rows.get(last);
        try {
            if (NameAddress.parse(to.octets, to.start, to.end).tag().isPresent()) {
                return;
            }
        } catch (SipParseException e) {
            return;
        }
        byte[] suffix = Bytes.utf8(";tag=" + toTag);
        int length = to.end - to.start;
        byte[] tagged = java.util.Arrays.copyOfRange(to.octets, to.start, to.end + suffix.length);
        System.arraycopy(suffix, 0, tagged, length, suffix.length);
        rows.set(last, new Row(to.name, to.known, null, tagged, 0, tagged.length));
    }

    /**
     * Writes the message.
     *
     * @throws IllegalStateException if it would be longer than {@link SipLimits#MAX_MESSAGE_BYTES}
     */
    @SuppressWarnings("unchecked") // the two factories tie M to the presence of a method
    public M build() {
        String length = Integer.toString(body.length);
        Row last = new Row("Content-Length", KnownHeader.CONTENT_LENGTH, length, EMPTY, 0, length.length());
        // Each space and line break around it counted, so that the writer's array is the message's.
        long size =
                (method == null ? 14L : method.name().length() + 11L) + text.length + last.length() + 2 + body.length;
        for (Row row : rows) {
            size += row.length();
        }
        if (size > SipLimits.MAX_MESSAGE_BYTES) {
            throw new IllegalStateException("the message is longer than " + SipLimits.MAX_MESSAGE_BYTES
                    + " bytes, which no SIP message may be");
        }
        SipWriter out = new SipWriter((int) size, rows.size() + 1);
        int textStart;
        if (method == null) {
            out.ascii("SIP/2.0 ").ascii(Integer.toString(status)).ascii(" ");
            textStart = out.position();
            out.bytes(text, 0, text.length).ascii("\r\n");
        } else {
            out.ascii(method.name()).ascii(" ");
            textStart = out.position();
            out.bytes(text, 0, text.length).ascii(" SIP/2.0\r\n");
        }
        for (Row row : rows) {
            row.write(out);
        }
        last.write(out);
        out.ascii("\r\n");
        int bodyStart = out.position();
        byte[] all = out.bytes(body, 0, body.length).finish();
        SipHeaders headers = new SipHeaders(all, out.index(), rows.size() + 1);
        int textEnd = textStart + text.length;
        return (M)
                (method == null
                        ? new SipResponse(all, headers, bodyStart, all.length, status, textStart, textEnd)
                        : new SipRequest(all, headers, bodyStart, all.length, method, textStart, textEnd));
    }
}
