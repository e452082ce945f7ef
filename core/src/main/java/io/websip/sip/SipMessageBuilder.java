package io.websip.sip;

import io.websip.text.Visible;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of a message and writes them once. Not thread-safe.
 *
 * <p>Every value given as text is refused if it holds a control character, so that no value can forge a header line.
 * Content-Length is written last and always, as the number of the body's octets.
 *
 * @param <M> request or response
 */
public final class SipMessageBuilder<M extends SipMessage> {
    private static final byte[] EMPTY = new byte[0];

    private final @Nullable SipMethod method; // null in a response
    private final int status;
    private byte[] text; // the Request-URI or the reason phrase
    private int textStart;
    private int textEnd;
    private final RowList rows = new RowList();
    private byte[] body = EMPTY;

    private SipMessageBuilder(@Nullable SipMethod method, int status, byte[] text, int textStart, int textEnd) {
        this.method = method;
        this.status = status;
        this.text = text;
        this.textStart = textStart;
        this.textEnd = textEnd;
    }

    static SipMessageBuilder<SipRequest> request(SipMethod method, Uri requestUri) {
        return new SipMessageBuilder<SipRequest>(method, 0, EMPTY, 0, 0).requestUri(requestUri);
    }

    static SipMessageBuilder<SipResponse> response(int status, @Nullable String reason) {
        if (status < 100 || status > 699) {
            throw new IllegalArgumentException("a status code is 100 to 699, not " + status);
        }
        String phrase = reason == null ? ReasonPhrase.of(status) : Bytes.checked("reason phrase", reason);
        byte[] text = Bytes.utf8(phrase);
        return new SipMessageBuilder<>(null, status, text, 0, text.length);
    }

    /**
     * A message like the one given.
     *
     * @param text its Request-URI or reason phrase, octet by octet: parsing takes a few that a program may not give
     */
    static <M extends SipMessage> SipMessageBuilder<M> like(
            M message, @Nullable SipMethod method, int status, byte[] text, int textStart, int textEnd) {
        return new SipMessageBuilder<M>(method, status, text, textStart, textEnd).copyAll(message);
    }

    /**
     * Appends a row.
     *
     * @throws IllegalArgumentException if the name is not a token, the value holds a control character, or the name is
     *     Content-Length, which is written by itself
     */
    public SipMessageBuilder<M> add(String name, String value) {
        KnownHeader known = known(name);
        rows.add(known, name, value(name, value));
        return this;
    }

    /**
     * Puts a row in the place of the first of that name and removes the others; appends it if there is none.
     *
     * @throws IllegalArgumentException as {@link #add}
     */
    public SipMessageBuilder<M> set(String name, String value) {
        KnownHeader known = known(name);
        rows.set(known, name, value(name, value));
        return this;
    }

    /** Removes all rows of that name. */
    public SipMessageBuilder<M> remove(String name) {
        rows.remove(KnownHeader.of(name), name);
        return this;
    }

    /** Puts a row before all others. */
    public SipMessageBuilder<M> addFirst(String name, String value) {
        KnownHeader known = known(name);
        rows.addFirst(known, name, value(name, value));
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
        if (uri instanceof SipUri sip) {
            text = sip.bytes;
            textStart = sip.start;
            textEnd = sip.end;
        } else {
            text = Bytes.utf8(uri.toString());
            textStart = 0;
            textEnd = text.length;
        }
        return this;
    }

    static void checkName(String name) {
        if (!Bytes.isToken(name)) {
            throw new IllegalArgumentException(
                    "header name '" + Visible.line(name, 80) + "' is not a token (RFC 3261 section 25.1)");
        }
    }

    private static @Nullable KnownHeader known(String name) {
        KnownHeader known = KnownHeader.of(name);
        if (known == null) {
            checkName(name);
        }
        if (known == KnownHeader.CONTENT_LENGTH) {
            throw new IllegalArgumentException("Content-Length is written from the body and cannot be set");
        }
        return known;
    }

    /** As {@link RowList} keeps it; white space around a value is not part of it. */
    private static Object value(String name, String value) {
        boolean plain = Bytes.isPlain(value);
        if (!plain) {
            Bytes.checked(name, value);
        }
        int start = 0;
        int end = value.length();
        while (start < end && Bytes.isLws(value.charAt(start))) {
            start++;
        }
        while (end > start && Bytes.isLws(value.charAt(end - 1))) {
            end--;
        }
        String bare = value.substring(start, end);
        return plain ? bare : RowList.Slice.of(Bytes.utf8(bare));
    }

    /** Copies rows octet by octet, folds made spaces. */
    private void copy(SipHeaders from, int row) {
        int start = from.valueStart(row);
        int end = from.valueEnd(row);
        KnownHeader known = from.known(row);
        rows.add(
                known,
                known == null ? from.name(row) : known.text(),
                from.hasBreaks(row)
                        ? RowList.Slice.of(Bytes.unfold(from.bytes, start, end))
                        : new RowList.Slice(from.bytes, start, end));
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
                throw new IllegalArgumentException(
                        "tag '" + Visible.line(toTag) + "' is not a token (RFC 3261 section 25.1)");
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
        if (last < 0 || !rows.is(last, KnownHeader.TO, KnownHeader.TO.text())) {
            return;
        }
        RowList.Slice to = (RowList.Slice) rows.value(last); // as each that is copied
        int end;
        try {
            NameAddress read = NameAddress.parse(to.octets(), to.start(), to.end(), "To", Tolerance.NAMES);
            if (read.tag().isPresent()) {
                return;
            }
            end = read.end(); // in front of a semicolon too many
        } catch (SipParseException e) {
            return;
        }
        byte[] suffix = Bytes.utf8(";tag=" + toTag);
        byte[] tagged = Arrays.copyOfRange(to.octets(), to.start(), end + suffix.length);
        System.arraycopy(suffix, 0, tagged, end - to.start(), suffix.length);
        rows.value(last, RowList.Slice.of(tagged));
    }

    /**
     * Writes the message.
     *
     * @throws IllegalStateException if it would be longer than {@link SipLimits#MAX_MESSAGE_BYTES}
     */
    public M build() {
        rows.add(KnownHeader.CONTENT_LENGTH, KnownHeader.CONTENT_LENGTH.text(), Integer.toString(body.length));
        try {
            return write();
        } finally {
            rows.removeLast(); // another message may be built, also after one that was too long
        }
    }

    @SuppressWarnings("unchecked") // the two factories tie M to the presence of a method
    private M write() {
        int textLength = textEnd - textStart;
        // Each space and line break around it counted, so that the writer's array is the message's.
        long size =
                (method == null ? 14L : method.name().length() + 11L) + textLength + 2 + body.length + rows.length();
        if (size > SipLimits.MAX_MESSAGE_BYTES) {
            throw new IllegalStateException("the message is longer than " + SipLimits.MAX_MESSAGE_BYTES
                    + " bytes, which no SIP message may be");
        }
        SipWriter out = new SipWriter((int) size, rows.size());
        int start;
        if (method == null) {
            out.ascii("SIP/2.0 ").ascii(Integer.toString(status)).ascii(" ");
            start = out.position();
            out.bytes(text, textStart, textEnd).ascii("\r\n");
        } else {
            out.ascii(method.name()).ascii(" ");
            start = out.position();
            out.bytes(text, textStart, textEnd).ascii(" SIP/2.0\r\n");
        }
        rows.write(out);
        out.ascii("\r\n");
        int bodyStart = out.position();
        byte[] all = out.bytes(body, 0, body.length).finish();
        SipHeaders headers = new SipHeaders(all, out.index(), rows.size());
        return (M)
                (method == null
                        ? new SipResponse(headers, bodyStart, all.length, status, start, start + textLength)
                        : new SipRequest(headers, bodyStart, all.length, method, start));
    }
}
