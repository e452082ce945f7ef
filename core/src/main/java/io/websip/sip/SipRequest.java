package io.websip.sip;

import io.websip.text.UriText;
import io.websip.text.Visible;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A SIP request (RFC 3261 section 7.1). Immutable. */
public final class SipRequest extends SipMessage {
    private final SipMethod method;
    private final int uriStart; // up to the next space
    private @Nullable Uri requestUri; // racy cache

    SipRequest(SipHeaders headers, int bodyStart, int bodyEnd, SipMethod method, int uriStart) {
        super(headers, bodyStart, bodyEnd);
        this.method = method;
        this.uriStart = uriStart;
    }

    private int uriEnd() {
        byte[] bytes = unsafeBytes();
        int end = uriStart;
        while (bytes[end] != ' ') {
            end++;
        }
        return end;
    }

    /** Starts a request. Via, From, To, Call-ID and CSeq are the caller's to give. */
    public static SipMessageBuilder<SipRequest> builder(SipMethod method, Uri requestUri) {
        return SipMessageBuilder.request(method, requestUri);
    }

    /** Starts a request with this one's request line, headers and body; {@code set} changes what is to differ. */
    public SipMessageBuilder<SipRequest> toBuilder() {
        return SipMessageBuilder.like(this, method, 0, unsafeBytes(), uriStart, uriEnd());
    }

    /** The method. */
    public SipMethod method() {
        return method;
    }

    /** The Request-URI. */
    public Uri requestUri() {
        try {
            return readRequestUri();
        } catch (SipParseException e) {
            throw new MalformedHeaderException(String.valueOf(e.getMessage()));
        }
    }

    /** The Request-URI as it stands. */
    public String requestUriText() {
        return Bytes.string(unsafeBytes(), uriStart, uriEnd());
    }

    /** Max-Forwards, 0 to 255; empty if it is absent or malformed. */
    public OptionalInt maxForwards() {
        int row = headers().find(KnownHeader.MAX_FORWARDS, 0);
        if (row < 0) {
            return OptionalInt.empty();
        }
        long n = Bytes.number(
                headers().bytes, headers().valueStart(row), headers().valueEnd(row), 255);
        return n < 0 ? OptionalInt.empty() : OptionalInt.of((int) n);
    }

    private Uri readRequestUri() throws SipParseException {
        Uri value = requestUri;
        if (value == null) {
            value = Uri.parse(unsafeBytes(), uriStart, uriEnd());
            requestUri = value;
        }
        return value;
    }

    /**
     * The top Via, From, To, Call-ID and CSeq are there and well-formed, the Request-URI is a URI without headers,
     * Max-Forwards a number up to 255 if it is there, and the CSeq's method that of the request (RFC 3261 section 8.1.1.5).
     */
    @Override
    public void verify() throws SipParseException {
        try {
            readTopVia();
            readFrom();
            readTo();
            readCseq();
            if (readCallId().isEmpty()) {
                throw new SipParseException("Call-ID is empty");
            }
            if (readRequestUri() instanceof SipUri sip && sip.headers().isPresent()) {
                throw new SipParseException("the Request-URI must not have headers");
            }
            if (headers().find(KnownHeader.MAX_FORWARDS, 0) >= 0
                    && maxForwards().isEmpty()) {
                throw new SipParseException("Max-Forwards is not a number up to 255");
            }
            if (!readCseq().method().equals(method)) {
                throw new SipParseException("the method of CSeq is not that of the request");
            }
        } catch (SipParseException e) {
            throw e.with(headers());
        }
    }

    @Override
    public String startLine() {
        return startLine(requestUriText());
    }

    private String startLine(String uri) {
        return method + " " + uri + " SIP/2.0";
    }

    /** The start line only, and of its URI no password: bodies and credentials do not belong in a log. */
    @Override
    public String toString() {
        return Visible.line(startLine(UriText.withoutPassword(requestUriText())));
    }
}
