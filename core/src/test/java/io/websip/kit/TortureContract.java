package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.Credentials;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What no peer should send, to an agent on this transport, in binary frames: it answers as the corpus says, and after each
 * message a good one is delivered and answered 200 on the same connection.
 */
public abstract class TortureContract extends TransportContract {
    private static final String GOOD_ID = "good-message-";

    /** A message of the agent's that has no outcome yet. */
    private record Pending(CompletableFuture<SipResponse> sent, SipRequest request) {}

    /** An agent, the peer it is connected to, and what it has delivered. */
    private final class Scene {
        final UserAgent agent;
        final Peer peer;
        final List<String> delivered = new ArrayList<>();
        int good;

        Scene(Consumer<UserAgentConfigBuilder> options) {
            PeerServer server = server();
            UserAgentConfigBuilder config = UserAgentConfig.builder()
                    .uri("sip:alice@example.com")
                    .password("secret")
                    .server(server.address().toString())
                    .register(false)
                    .random(new Random(1))
                    .callbackExecutor(Runnable::run);
            options.accept(config);
            agent = closeLater(UserAgent.create(
                    config.build(), transport(KitOptions.DEFAULTS.withCloseTimeout(KitOptions.SHORT))));
            agent.addListener(UserAgentListener.incoming(
                    message -> delivered.add(message.request().callId())));
            CompletableFuture<Void> started = agent.start();
            peer = server.accept();
            peer.welcome();
            await("the start of the agent", started::isDone);
        }

        /** The agent sends a message. */
        Pending message() {
            CompletableFuture<SipResponse> sent = agent.sendMessage("bob", "hello");
            return new Pending(sent, (SipRequest) parsed(peer.read()));
        }

        /** Says something, and gives all that the agent says until it has answered a good message. */
        List<SipMessage> say(byte[]... messages) {
            String id = GOOD_ID + ++good;
            for (byte[] message : messages) {
                peer.send(Frame.binary(message));
            }
            peer.send(Frame.binary(goodMessage(id)));
            List<SipMessage> heard = new ArrayList<>();
            while (true) {
                SipMessage next = parsed(peer.read());
                if (next.headers().first("Call-ID").orElse("").equals(id)) {
                    assertThat(((SipResponse) next).status()).isEqualTo(200);
                    assertThat(delivered).endsWith(id);
                    return heard;
                }
                heard.add(next);
            }
        }
    }

    private static byte[] goodMessage(String id) {
        return new String(TortureCorpus.GOOD, StandardCharsets.ISO_8859_1)
                .replace("torture0", id)
                .replace("z9hG4bKt0", "z9hG4bK" + id)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All that an agent sends parses; an answer to a broken request may lack what that lacked. */
    private static SipMessage parsed(Frame frame) {
        if (new String(frame.payload(), StandardCharsets.ISO_8859_1).isBlank()) {
            throw new AssertionError("a keep-alive that nobody asked for");
        }
        try {
            return SipMessage.parse(frame.payload());
        } catch (SipParseException e) {
            String text = new String(frame.payload(), StandardCharsets.UTF_8);
            int status = Integer.parseInt(text.substring(8, 11));
            assertThat(status).as(text).isIn(400, 505, 513);
            assertThat(text).startsWith("SIP/2.0 ").endsWith("\r\n\r\n");
            return SipResponse.builder(status, null).build();
        }
    }

    private static String verdict(List<SipMessage> heard) {
        if (heard.isEmpty()) {
            return "drop";
        }
        assertThat(heard).as("answers").hasSize(1);
        return Integer.toString(((SipResponse) heard.get(0)).status());
    }

    private void requests(List<TortureCorpus.Message> messages) {
        Scene scene = new Scene(config -> {});
        List<String> wrong = new ArrayList<>();
        for (TortureCorpus.Message message : messages) {
            String verdict = verdict(scene.say(message.octets()));
            if (!message.agent().isEmpty() && !message.agent().equals(verdict)) {
                wrong.add(message.name() + ": " + verdict + ", not " + message.agent());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @DisplayName("TOR-01, WS-19 each request of the corpus is answered as it says")
    void corpus() {
        requests(TortureCorpus.requests());
    }

    @Test
    @DisplayName("TOR-01, WS-19 a good request cut at any byte")
    void truncations() {
        requests(TortureCorpus.truncations());
    }

    @Test
    @DisplayName("TOR-01, WS-19 a good request with any bit flipped")
    void flippedBits() {
        requests(TortureCorpus.flippedBits());
    }

    @Test
    @DisplayName(
            "TOR-01, WS-19 the messages of RFC 4475, where they are at hand, as the oracle and the table of deviations say")
    void rfc4475() {
        assumeTrue(Rfc4475.isThere(), "no RFC 4475 messages at " + Rfc4475.folder());
        Scene scene = new Scene(config -> config.checkRequestUri(false));
        List<String> wrong = new ArrayList<>();
        for (Rfc4475.Row row : Rfc4475.rows()) {
            String verdict = verdict(scene.say(row.octets()));
            boolean right = Rfc4475.deviation("agent", row.file())
                    .map(verdict::equals)
                    .orElse(row.answers().contains(verdict));
            if (!right) {
                wrong.add(row.file() + ": " + verdict + ", not " + row.answers());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @DisplayName("TOR-01, UAC-10 each answer of the corpus ends the agent's message as it says, or leaves it pending")
    void responses() {
        Scene scene = new Scene(config -> TortureCorpus.realms().stream()
                .flatMap(realm -> credentials(realm).stream())
                .forEach(config::credentials));
        List<String> wrong = new ArrayList<>();
        SipRequest earlier = scene.message().request();
        scene.say(good(earlier));
        for (TortureCase each : TortureCorpus.responses()) {
            Pending pending = scene.message();
            CompletableFuture<SipResponse> sent = pending.sent();
            SipRequest request = pending.request();
            SipRequest before = earlier;
            byte[][] said = each.responses().stream()
                    .map(text -> Marks.replaced(text, request, before))
                    .toArray(byte[][]::new);
            earlier = request;
            List<SipMessage> heard = scene.say(said);
            String outcome = Marks.outcome(sent, heard);
            String expected = each.agent().equals("drop") ? "ignored" : each.agent();
            if (!outcome.equals(expected)) {
                wrong.add(each.name() + ": " + outcome + ", not " + expected);
            }
            if (!sent.isDone()) {
                SipRequest last = heard.isEmpty() ? request : (SipRequest) heard.get(0);
                scene.say(good(last));
                assertThat(sent).as("after a good answer to " + each.name()).isCompleted();
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @DisplayName("TOR-01, UAC-10 a good answer cut at any byte leaves the message pending")
    void truncatedAnswers() {
        Scene scene = new Scene(config -> {});
        Pending pending = scene.message();
        byte[] answer = good(pending.request());
        for (int length = 1; length < answer.length; length++) {
            assertThat(scene.say(Arrays.copyOf(answer, length))).isEmpty();
        }
        assertThat(pending.sent()).isNotDone();
        scene.say(answer);
        assertThat(pending.sent()).isCompleted();
    }

    @Test
    @DisplayName(
            "TOR-01, UAC-10 a good answer with any bit flipped ends the message or leaves it pending, and nothing else")
    void flippedAnswers() {
        Scene scene = new Scene(config -> {});
        Pending pending = scene.message();
        int bits = good(pending.request()).length * 8;
        for (int bit = 0; bit < bits; bit++) {
            byte[] answer = good(pending.request());
            answer[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(verdict(scene.say(answer)))
                    .as("bit " + bit) // without "SIP/" in front it is a request
                    .isIn("drop", "400");
            if (pending.sent().isDone()) {
                pending = scene.message();
            }
        }
        scene.say(good(pending.request()));
        assertThat(pending.sent()).isDone();
    }

    /** None where no credentials can name the realm. */
    private static Optional<Credentials> credentials(String realm) {
        try {
            return Optional.of(Credentials.password("alice", "secret").realm(realm));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] good(SipRequest request) {
        return SipResponse.to(request.headers(), 200, null, "t").build().toBytes();
    }
}
