package io.websip.simulation;

import io.websip.sip.SipRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A peer that answers with the right branch and CSeq, and with a lie or a slip in what nobody needs of a response. The request
 * is answered all the same (RFC 3261 sections 17.1.3 and 8.2.2), so that its message does not wait for its time-out.
 */
final class Liar {
    /** By then the outcome is known, also where a callback executor has lost its task for a while. */
    private static final Duration HEARD = Duration.ofSeconds(12);

    private static final String BRANCH = "branch=";
    private static final List<String> FROM = List.of(
            "<sip:@example.com>",
            "sip:mallory@example.net",
            "\"half a quote <sip:a@b>;tag=1",
            "<sip:a@b>;;tag=1",
            "no address");
    private static final List<String> CALL_IDS = List.of("another@call", "a b c", "\u00fc");
    private static final List<String> SLIPS = List.of(
            "Content-Length: 0",
            "this is no header",
            "X-My Header: 1",
            "X-\u00fc: 1",
            ": 1",
            "X-Long: " + "x".repeat(9_000),
            "Contact: <<garbage>>;;",
            "Date: yesterday",
            "Warning: x",
            "Retry-After: soon",
            "X-Folded: a  \r\n b;");
    private static final List<Integer> REFUSALS = List.of(404, 486, 488, 600, 603);

    private final World world;
    private final Random random;
    private final Map<String, Sent> answered = new HashMap<>(); // by the branch

    Liar(World world) {
        this.world = world;
        this.random = world.random;
    }

    /** A refusal of the request, that of a message of an agent's or another. */
    byte[] refusal(SipRequest request) {
        Sent message = world.message(request.text());
        if (message != null && message.attempts == 1) {
            answered.put(request.topBranch().orElse(""), message);
        }
        List<String> rows = new ArrayList<>();
        rows.add("SIP/2.0 " + one(REFUSALS) + " No");
        request.headers().all("Via").forEach(via -> rows.add("Via: " + via + (lies(3) ? ";" : "")));
        rows.add("From: "
                + (lies(2) ? one(FROM) : request.headers().first("From").orElse("")));
        rows.add("To: " + (lies(2) ? one(FROM) : request.headers().first("To").orElse("")));
        rows.add("Call-ID: " + (lies(2) ? one(CALL_IDS) : request.callId()));
        rows.add("CSeq: " + request.cseq());
        if (lies(4)) {
            rows.add("To: " + one(FROM));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            rows.add(1 + random.nextInt(rows.size()), one(SLIPS));
        }
        rows.add("Content-Length: 0");
        return (String.join("\r\n", rows) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** An agent has got these octets; nothing here depends on how it reads them. */
    void delivered(byte[] octets) {
        if (answered.isEmpty()) {
            return;
        }
        String text = new String(octets, StandardCharsets.UTF_8);
        int at = text.indexOf(BRANCH);
        if (at < 0 || !text.startsWith("SIP/2.0 ")) {
            return;
        }
        int end = at + BRANCH.length();
        while (end < text.length() && ";\r,".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        Sent message = answered.remove(text.substring(at + BRANCH.length(), end));
        if (message != null) {
            world.loop.schedule(HEARD, () -> {
                if (!message.hasEnded()) {
                    world.trace.violated(message.body + " waits though it was answered: " + text);
                }
            });
        }
    }

    private boolean lies(int once) {
        return random.nextInt(once) == 0;
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
