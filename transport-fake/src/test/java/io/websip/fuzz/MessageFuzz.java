package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.SipHeaders;
import io.websip.sip.SipLimits;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.ArrayList;
import java.util.List;

/** A message parses or is refused; what parses is written and parsed again to an equal one; each answer is clean. */
final class MessageFuzz {
    /** What is written anew may be a little longer: compact names are written out, a Content-Length is added. */
    private static final SipLimits WIDE = new SipLimits(1 << 20, 1_000, 1 << 16);

    private MessageFuzz() {}

    static void run(byte[] input) throws SipParseException {
        SipMessage message;
        try {
            message = SipMessage.parse(input);
            rewrite(message);
            message.verify();
        } catch (SipParseException e) {
            e.headers().ifPresent(headers -> Clean.answer(answer(headers, e.statusHint())));
            throw e;
        }
        Questions.ask(message);
        if (message instanceof SipRequest request) {
            SipResponse answer = (SipResponse) parsed(answer(request.headers(), 200));
            assertThat(answer.to().tag()).isPresent();
            assertThat(answer.headers().list("Via")).isEqualTo(request.headers().list("Via"));
            assertThat(answer.cseq()).isEqualTo(request.cseq());
            assertThat(answer.callId()).isEqualTo(request.callId());
        }
    }

    private static SipResponse answer(SipHeaders request, int status) {
        return SipResponse.to(request, status, null, "fuzz").build();
    }

    private static void rewrite(SipMessage message) {
        SipMessage built = message instanceof SipRequest request
                ? request.toBuilder().build()
                : ((SipResponse) message).toBuilder().build();
        SipMessage again = parsed(built);
        assertThat(rows(again, false)).isEqualTo(rows(message, false));
        assertThat(rows(again, true)).isEqualTo(rows(built, true));
        assertThat(again.startLine()).isEqualTo(message.startLine());
        assertThat(again.body()).isEqualTo(message.body());
        assertThat(again.toBytes()).isEqualTo(built.toBytes());
    }

    private static SipMessage parsed(SipMessage written) {
        try {
            return SipMessage.parse(written.toBytes(), WIDE);
        } catch (SipParseException e) {
            throw new AssertionError("what was written does not parse", e);
        }
    }

    private static List<String> rows(SipMessage message, boolean all) {
        List<String> rows = new ArrayList<>();
        message.headers().forEach((name, value) -> {
            if (all || !name.equals("Content-Length")) {
                rows.add(name + ": " + value);
            }
        });
        return rows;
    }
}
