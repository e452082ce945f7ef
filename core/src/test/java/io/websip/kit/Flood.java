package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Messages as fast as a connection takes them, and how each of them was answered.
 *
 * @param taken those that were answered 200, in the order of the answers
 * @param refused those that were answered 503 with a Retry-After
 */
record Flood(List<String> taken, List<String> refused) {
    private static final int AT_ONCE = 100;

    static Flood of(int count, RawWebSocket peer) {
        return of(count, "Hello", peer);
    }

    /** As many messages that are still to be answered may remain. */
    static Flood unanswered(int count, int without, String body, RawWebSocket peer) {
        return of(count, without, body, peer);
    }

    static Flood of(int count, String body, RawWebSocket peer) {
        return of(count, 0, body, peer);
    }

    private static Flood of(int count, int without, String body, RawWebSocket peer) {
        CompletableFuture<Void> said = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < count; i += AT_ONCE) {
                peer.write(messages(i, Math.min(AT_ONCE, count - i), body));
            }
        });
        Flood flood = new Flood(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < count - without; i++) {
            flood.heard(peer.read().asText());
        }
        said.join();
        return flood;
    }

    private static byte[] messages(int first, int count, String body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = first; i < first + count; i++) {
            all.writeBytes(Frame.text("MESSAGE sip:alice@example.com SIP/2.0\r\n"
                            + "Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bKflood" + i
                            + "\r\nFrom: <sip:bob@example.com>;tag=flood\r\nTo: <sip:alice@example.com>\r\nCall-ID: flood-"
                            + i + "\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body)
                    .encode());
        }
        return all.toByteArray();
    }

    private void heard(String answer) {
        int id = answer.indexOf("Call-ID: ") + 9;
        (answer.startsWith("SIP/2.0 200 ") ? taken : refused).add(answer.substring(id, answer.indexOf('\r', id)));
        if (!answer.startsWith("SIP/2.0 200 ")) {
            assertThat(answer).startsWith("SIP/2.0 503 ").contains("\r\nRetry-After: ");
        }
    }
}
