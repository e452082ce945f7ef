package io.websip.internal.transaction;

import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.nio.charset.StandardCharsets;

/** Messages as they come from the wire: parsed and verified. */
final class Messages {
    static final String OURS = "8ihapnd0kb67.invalid";
    static final String THEIRS = "proxy.example.com:5060";

    private Messages() {}

    static SipMessage parse(String text) {
        try {
            SipMessage message = SipMessage.parse(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            message.verify();
            return message;
        } catch (SipParseException e) {
            throw new AssertionError(e);
        }
    }

    static String via(String sentBy, String parameters) {
        return "SIP/2.0/WSS " + sentBy + parameters;
    }

    /** What we send: a MESSAGE with this branch. */
    static SipRequest outgoing(String branch) {
        return request("MESSAGE", via(OURS, ";branch=" + branch));
    }

    /** What comes in: a MESSAGE by way of a proxy. */
    static SipRequest incoming(String branch) {
        return request("MESSAGE", via(THEIRS, ";branch=" + branch));
    }

    static SipRequest request(String method, String via) {
        return request(method, "sip:bob@example.com", via, ";tag=a1", "", "call-1", 1);
    }

    static SipRequest request(
            String method, String uri, String via, String fromTag, String toTag, String callId, long cseq) {
        return (SipRequest) parse("""
                %s %s SIP/2.0
                Via: %s
                Max-Forwards: 70
                From: <sip:alice@example.com>%s
                To: <sip:bob@example.com>%s
                Call-ID: %s
                CSeq: %d %s
                Content-Length: 0

                """.formatted(method, uri, via, fromTag, toTag, callId, cseq, method));
    }

    static SipResponse response(int status, String branch) {
        return response(status, via(OURS, ";branch=" + branch), "MESSAGE");
    }

    static SipResponse response(int status, String via, String method) {
        return (SipResponse) parse("""
                SIP/2.0 %d Whatever
                Via: %s
                From: <sip:alice@example.com>;tag=a1
                To: <sip:bob@example.com>;tag=b1
                Call-ID: call-1
                CSeq: 1 %s
                Content-Length: 0

                """.formatted(status, via, method));
    }

    /** Our answer to a request. */
    static SipResponse answer(SipRequest request, int status) {
        return SipResponse.to(request.headers(), status, null, "b1").build();
    }
}
