package io.websip.transport.fake.sip;

import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that a client's responses must keep, named as those of {@link SipRules} are. Has no state. */
final class ResponseRules {
    private static final List<String> COPIED = List.of("From", "Call-ID", "CSeq");

    private ResponseRules() {}

    /** The rule that the response to this request breaks, and how; null if it keeps them all. */
    static @Nullable String broken(SipRequest request, SipResponse response) {
        if (!response.headers().list("Via").equals(request.headers().list("Via"))) {
            return "RFC 3261 8.2.6.2: the Via values of a response are those of the request, in their order";
        }
        for (String header : COPIED) {
            if (!response.headers().first(header).equals(request.headers().first(header))) {
                return "RFC 3261 8.2.6.2: the " + header + " of a response is that of the request";
            }
        }
        if (!response.to().uri().equals(request.to().uri())) {
            return "RFC 3261 8.2.6.2: the To of a response is that of the request";
        }
        if (response.status() != 100 && response.to().tag().isEmpty()) {
            return "RFC 3261 8.2.6.2: the To of a response has a tag";
        }
        if (request.method().equals(SipMethod.MESSAGE) && response.isSuccess()) {
            if (response.headers().contains("Contact")) {
                return "RFC 3428 7: a 2xx to a MESSAGE has no Contact";
            }
            if (response.bodyLength() > 0) {
                return "RFC 3428 7: a 2xx to a MESSAGE has no body";
            }
        }
        return switch (response.status()) {
            case 405 -> missing(response, "RFC 3261 8.2.1", "Allow");
            case 415 -> missing(response, "RFC 3428 9", "Accept");
            case 420 -> missing(response, "RFC 3261 8.2.2.3", "Unsupported");
            default -> null;
        };
    }

    private static @Nullable String missing(SipResponse response, String where, String header) {
        return response.headers().contains(header)
                ? null
                : where + ": a " + response.status() + " lists what is possible in " + header;
    }
}
