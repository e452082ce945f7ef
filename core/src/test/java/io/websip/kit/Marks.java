package io.websip.kit;

import io.websip.MessageFailedException;
import io.websip.sip.SipMessage;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The marks in the answers of the corpus, which stand for parts of the agent's own request. */
final class Marks {
    private Marks() {}

    /**
     * The octets of an answer to this request.
     *
     * @param earlier a request that has its outcome
     */
    static byte[] replaced(String text, SipRequest request, SipRequest earlier) {
        String branch = request.topVia().branch().orElseThrow();
        return OctetText.octets(text.replace("$P", earlier.topVia().toString())
                .replace("$V", request.topVia().toString())
                .replace("$S", "SIP/2.0/WS " + request.topVia().sentBy())
                .replace("$H", request.topVia().sentBy())
                .replace("$B", branch)
                .replace("$F", request.from().toString().replace("\\", "\\\\"))
                .replace("$T", request.to().toString())
                .replace("$I", request.callId())
                .replace("$C", request.cseq().toString()));
    }

    /** How a message ended: ignored while it has not, again if it went out once more. */
    static String outcome(CompletableFuture<SipResponse> sent, List<SipMessage> heard) {
        if (!sent.isDone()) {
            return heard.isEmpty() ? "ignored" : "again";
        }
        SipResponse response = sent.handle((success, failure) -> failure instanceof MessageFailedException failed
                        ? failed.response().orElse(success)
                        : success)
                .join();
        return response == null ? "no response" : Integer.toString(response.status());
    }
}
