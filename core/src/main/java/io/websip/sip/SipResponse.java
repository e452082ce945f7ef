package io.websip.sip;

import org.jspecify.annotations.Nullable;

/** A SIP response (RFC 3261 section 7.2). Immutable. */
public final class SipResponse extends SipMessage {
    private static final int MAX_REASON = 512;

    private final int status;
    private final int reasonStart;
    private final int reasonEnd;

    SipResponse(SipHeaders headers, int bodyStart, int bodyEnd, int status, int reasonStart, int reasonEnd) {
        super(headers, bodyStart, bodyEnd);
        this.status = status;
        this.reasonStart = reasonStart;
        this.reasonEnd = reasonEnd;
    }

    /**
     * Starts a response without headers.
     *
     * @param status 100 to 699
     * @param reason the reason phrase; null for the usual one
     * @throws IllegalArgumentException if the status is out of its bounds, or the reason holds a control character
     */
    public static SipMessageBuilder<SipResponse> builder(int status, @Nullable String reason) {
        return SipMessageBuilder.response(status, reason);
    }

    /**
     * Starts a response with what RFC 3261 section 8.2.6.2 copies from the request: all Via, From, To, Call-ID and CSeq,
     * octet by octet, and Timestamp into a 100. Works on the headers of a malformed request too: what is missing stays
     * missing.
     *
     * @param toTag added to the To value if it has no tag and is well formed; null adds none
     * @throws IllegalArgumentException as {@link #builder}, and if the tag is not a token
     */
    public static SipMessageBuilder<SipResponse> to(
            SipHeaders request, int status, @Nullable String reason, @Nullable String toTag) {
        return builder(status, reason).echo(request, status, toTag);
    }

    /** Starts a response with this one's status line, headers and body; {@code set} changes what is to differ. */
    public SipMessageBuilder<SipResponse> toBuilder() {
        byte[] reason = Bytes.unfold(unsafeBytes(), reasonStart, reasonEnd); // no lone CR goes out
        return SipMessageBuilder.like(this, null, status, reason, 0, reason.length);
    }

    /** The branch of the top Via is there, or a Via without one, and a CSeq (RFC 3261 section 17.1.3). */
    @Override
    public void verify() throws SipParseException {
        readCseq();
        if (topBranch().isEmpty()) {
            int via = row(KnownHeader.VIA);
            Via.read(unsafeBytes(), headers().valueStart(via), headers().valueEnd(via), Tolerance.RECEIVED);
        }
    }

    /** The status code, 100 to 699. */
    public int status() {
        return status;
    }

    /** The reason phrase, possibly empty, at most 512 bytes of it. Nothing depends on it. */
    public String reason() {
        byte[] bytes = unsafeBytes();
        int end = Math.min(reasonEnd, reasonStart + MAX_REASON);
        while (end < reasonEnd && end > reasonStart && (bytes[end] & 0xc0) == 0x80) {
            end--; // not within a character
        }
        return Bytes.unfoldedString(bytes, reasonStart, end); // a CR may stand in it
    }

    /** Whether it is a 1xx, after which another response comes. */
    public boolean isProvisional() {
        return status < 200;
    }

    /** Whether it is a 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public String startLine() {
        return "SIP/2.0 " + status + " " + reason();
    }
}
