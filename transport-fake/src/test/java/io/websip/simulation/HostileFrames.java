package io.websip.simulation;

import io.websip.kit.TortureCorpus;
import io.websip.sip.SipRequest;
import java.util.List;
import java.util.Random;

/** What no peer should say, for an agent at any moment. */
final class HostileFrames {
    private static final List<TortureCorpus.Message> REQUESTS = TortureCorpus.requests();
    private static final List<TortureCorpus.Message> WELL_FORMED = REQUESTS.stream()
            .filter(message -> message.parser().equals("accept"))
            .toList();
    private static final List<TortureCorpus.Message> TRUNCATED = TortureCorpus.truncations();

    private final Random random;

    HostileFrames(Random random) {
        this.random = random;
    }

    /** No answer to anything. */
    byte[] request() {
        return switch (random.nextInt(4)) {
            case 0 -> noise();
            case 1 -> one(TRUNCATED);
            case 2 -> flipped(one(REQUESTS));
            default -> one(REQUESTS);
        };
    }

    /** No answer to anything, and odd rather than broken: the answer to it breaks no rule. */
    byte[] wellFormedRequest() {
        return one(WELL_FORMED);
    }

    /** A broken answer, or a false one, to a request. */
    byte[] answer(SipRequest request) {
        byte[] answer = TortureCorpus.answer(random.nextInt(), request);
        return random.nextInt(3) == 0 ? flipped(answer) : answer;
    }

    private byte[] one(List<TortureCorpus.Message> messages) {
        return messages.get(random.nextInt(messages.size())).octets().clone();
    }

    private byte[] noise() {
        byte[] octets = new byte[random.nextInt(2_000)];
        random.nextBytes(octets);
        return octets;
    }

    private byte[] flipped(byte[] octets) {
        if (octets.length > 0) {
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return octets;
    }
}
