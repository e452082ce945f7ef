package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.KeepAlive;
import io.websip.config.MessageOptions;
import io.websip.config.RetryOn;
import io.websip.config.UserAgentConfig;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.VirtualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * An agent that registers and sends a message, and a server that says what the input has: frames that a record separator
 * (0x1e) parts, in which {@code $V $F $T $I $C} stand for the Via, From, To, Call-ID and CSeq of the agent's last request.
 * All that the agent sends is clean; afterwards it takes a good MESSAGE, its own has an outcome, and nothing is left of it.
 */
final class AgentFuzz {
    private static final byte SEPARATOR = 0x1e;
    private static final int MAX_FRAMES = 32;
    private static final MessageOptions WILLING = MessageOptions.builder()
            .followRedirects(2)
            .retry(2, RetryOn.values())
            .holdFor(Duration.ofSeconds(20))
            .build();

    private AgentFuzz() {}

    static void run(byte[] input) {
        VirtualEventLoop loop = new VirtualEventLoop();
        FakeNetwork network = new FakeNetwork(loop);
        Puppet server = new Puppet(network);
        UserAgent alice = UserAgent.create(
                UserAgentConfig.builder()
                        .uri("sip:alice@example.com")
                        .password("secret")
                        .server(Puppet.URL)
                        .keepAlive(KeepAlive.off())
                        .random(new Random(7))
                        .callbackExecutor(Runnable::run)
                        .build(),
                new FakeTransport(network));
        alice.addListener(UserAgentListener.incoming(AgentFuzz::look));
        alice.start().exceptionally(thrown -> null);
        loop.runReady();
        CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "hello", "text/plain", WILLING);
        List<byte[]> frames = frames(input);
        for (byte[] frame : frames.subList(0, Math.min(frames.size(), MAX_FRAMES))) {
            server.say(frame);
            loop.runReady();
        }
        loop.advanceBy(Duration.ofSeconds(5));

        String id = "id" + Arrays.hashCode(input) + "." + input.length;
        loop.runUntil(server::isConnected, Duration.ofMinutes(35)); // the longest pause is 30 min
        server.say(Samples.good(id));
        loop.runReady();
        assertThat(server.statusOf(id)).as("status of a good MESSAGE").isEqualTo(200);
        CompletableFuture<Void> stopped = alice.stop();
        loop.advanceBy(Duration.ofMinutes(5));
        assertThat(stopped).as("the stop").isDone();
        assertThat(sent).as("the agent's own message").isDone();
        network.assertNoConnections();
        loop.assertQuiet();
    }

    private static void look(IncomingMessage message) {
        assertThat(message.from()).isNotNull();
        assertThat(message.to()).isNotNull();
        assertThat(message.contentType()).isNotNull();
        assertThat(message.text()).isNotNull();
        message.sentAt();
        message.expiresAt();
        message.isExpired();
    }

    private static List<byte[]> frames(byte[] input) {
        List<byte[]> frames = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= input.length; i++) {
            if (i == input.length || input[i] == SEPARATOR) {
                frames.add(Arrays.copyOfRange(input, from, i));
                from = i + 1;
            }
        }
        return frames;
    }
}
