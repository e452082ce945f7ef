package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfig;
import io.websip.kit.Excess;
import io.websip.kit.SmallHeap;
import io.websip.transport.fake.FakeConnection;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.ServerConnection;
import io.websip.transport.fake.ServerHandler;
import io.websip.transport.fake.VirtualEventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("G9: an agent with little memory, and much that is sent to it")
class SmallHeapTest {
    private static final long MEBIBYTES = Long.getLong("websip.hostile", 1_024);

    @Test
    @DisplayName(
            "a gigabyte of hostile messages in virtual time, with 64 MiB of heap: a good one is answered 200 all the time")
    void gigabyte() {
        try (SmallHeap program = SmallHeap.run(Attacked.class, List.of(Long.toString(MEBIBYTES)))) {
            program.awaitSuccess(120);
            assertThat(program.output()).contains("of heap in use at the end");
        }
    }

    /** The program: an agent and its attacker in one JVM. */
    static final class Attacked implements ServerHandler {
        private static final String URL = "ws://sip.example.com";

        private final VirtualEventLoop loop = new VirtualEventLoop();
        private final FakeNetwork network = new FakeNetwork(loop);
        private int good;
        private boolean answered;

        public static void main(String... arguments) throws IOException {
            new Attacked().live(Long.parseLong(arguments[0]) << 20);
            SmallHeap.awaitEnd();
        }

        private void live(long bytes) {
            network.listen(URL, this);
            UserAgent alice = UserAgent.create(
                    UserAgentConfig.builder()
                            .uri("sip:alice@example.com")
                            .server(URL)
                            .register(false)
                            .build(),
                    new FakeTransport(network));
            alice.addListener(UserAgentListener.incoming(message -> {}));
            alice.start().join();
            FakeConnection connection = network.connections().get(0);
            Excess.feed(
                    bytes,
                    FakeTransport.DEFAULT_MAX_QUEUED_BYTES / 2,
                    message -> assertThat(connection.send(message)).isTrue(),
                    () -> check(connection));
            assertThat(network.connections()).containsExactly(connection);
            alice.stop().join();
        }

        private void check(FakeConnection connection) {
            loop.runReady();
            answered = false;
            good++;
            connection.send(("MESSAGE sip:alice@example.com SIP/2.0\r\n"
                            + "Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bKgood" + good + "\r\n"
                            + "From: <sip:bob@example.com>;tag=good\r\nTo: <sip:alice@example.com>\r\nCall-ID: good"
                            + good
                            + "\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            loop.runReady();
            assertThat(answered).as("good message " + good + " answered 200").isTrue();
        }

        @Override
        public void onMessage(ServerConnection from, byte[] message) {
            String text = new String(message, StandardCharsets.UTF_8);
            answered |= text.startsWith("SIP/2.0 200 ") && text.contains("\r\nCall-ID: good" + good + "\r\n");
        }
    }
}
