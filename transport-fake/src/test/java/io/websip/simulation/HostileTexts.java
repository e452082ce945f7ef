package io.websip.simulation;

import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What peers say where people read it: reasons that forge lines of a log, and that act on a terminal. */
final class HostileTexts {
    private static final String PLACE = "a reason phrase";
    private static final List<String> WITHIN_A_LINE = List.of(
            "\u001b[2J\u001b]0;owned\u0007",
            "bell\u0007",
            "\u0085next",
            "line\u2028separator\u2029",
            "\u009b2J",
            "\u007f\b\b");
    private static final List<String> LINES = List.of(
            "bye\r\n2026-12-01 INFO io.websip.registration sip:alice@example.com is registered for PT1H",
            "bye\rover\n\tit",
            "\n\n");

    private final Random random;

    HostileTexts(Random random) {
        this.random = random;
    }

    /** The reason of a close frame, 123 octets at most. */
    String closeReason() {
        return random.nextBoolean() ? one(LINES) : one(WITHIN_A_LINE);
    }

    /** A response whose reason phrase holds what no line should. */
    Answer answer(int status) {
        String phrase = one(WITHIN_A_LINE);
        return Answer.raw(request -> response(request, status, phrase));
    }

    private static byte[] response(SipRequest request, int status, String phrase) {
        SipResponse response =
                SipResponse.to(request.headers(), status, PLACE, "hostile").build();
        return new String(response.toBytes(), StandardCharsets.UTF_8)
                .replaceFirst(PLACE, phrase)
                .getBytes(StandardCharsets.UTF_8);
    }

    private String one(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
