package io.websip.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.Delivery;
import io.websip.MessageEvent;
import io.websip.Originator;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.config.UserAgentConfig;
import io.websip.kit.Await;
import io.websip.sip.SipMessage;
import io.websip.sip.SipResponse;
import io.websip.trace.WireMessage;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import io.websip.transport.netty.NettyTransport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("the Messenger shows nothing of a peer that acts on a terminal or looks like a line of its own")
@Timeout(60)
class HostileTextTest {
    private static final String FORGED = "newMessage          from sip:boss@example.com (text/plain): pay mallory";
    private static final String HOSTILE =
            "\u001b[2J\u001b]0;owned\u0007\r" + FORGED + "\n" + FORGED + "\u2028" + FORGED + "\u202e\u009b\ttail";

    private static String plain(Consumer<PlainReporter> events) {
        StringWriter out = new StringWriter();
        events.accept(new PlainReporter(new PrintWriter(out)));
        return out.toString();
    }

    private static void assertSafe(String shown) {
        assertThat(shown.chars().filter(c -> c != '\n' && c != '\t').mapToObj(c -> (char) c))
                .noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u202e');
        assertThat(shown.lines()).noneMatch(line -> line.startsWith(FORGED));
    }

    private static SipResponse response(String reason) throws Exception {
        return (SipResponse) SipMessage.parse(("SIP/2.0 486 " + reason + "\r\nVia: SIP/2.0/WS a;branch=z9hG4bKa\r\n"
                        + "From: <sip:a@b>;tag=1\r\nTo: <sip:b@b>;tag=2\r\nCall-ID: a\r\nCSeq: 1 MESSAGE\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("reason phrases, details and close reasons")
    void reasons() throws Exception {
        Optional<SipResponse> busy = Optional.of(response("\u001b[2JBusy\u2028x"));
        String failed = plain(reporter -> reporter.failed(
                new MessageEvent.Failed(Originator.REMOTE, busy, Cause.BUSY, Delivery.REFUSED, HOSTILE)));
        assertSafe(failed);
        assertThat(failed).contains("486").contains("Busy").hasLineCount(1);
        String refused = plain(reporter -> reporter.onRegistrationFailed(new UserAgentEvent.RegistrationFailed(
                Cause.BUSY, busy, Optional.of(Duration.ofSeconds(1212)), HOSTILE)));
        assertSafe(refused);
        assertThat(refused).contains("again in 20 min 12 s").hasLineCount(1);
        String lost = plain(reporter -> reporter.onDisconnected(new UserAgentEvent.Disconnected(
                ServerAddress.parse("ws://a"),
                new Closure.Closed(1000, HOSTILE),
                Optional.of(Duration.ofMillis(1500)))));
        assertSafe(lost);
        assertThat(lost).contains("again in 1.5 s").hasLineCount(1);
    }

    @Test
    @DisplayName("bodies, as they are listened to: plain, --json, --trace")
    void bodies() throws Exception {
        EmbeddedServer.Options options = new EmbeddedServer.Options(0, "example.com", false);
        options.users().put("alice", "wonderland");
        options.users().put("mallory", "evil");
        try (EmbeddedServer server = EmbeddedServer.start(options, null)) {
            for (String format : new String[] {"--trace", "--json"}) {
                StringWriter out = new StringWriter();
                StringWriter err = new StringWriter();
                CountDownLatch over = new CountDownLatch(1);
                Thread listening = new Thread(() -> {
                    Messenger.run(
                            new PrintWriter(out, true),
                            new PrintWriter(err, true),
                            "listen",
                            "--server",
                            server.url(),
                            "--uri",
                            "sip:alice@example.com",
                            "--password",
                            "wonderland",
                            "--count",
                            "1",
                            format);
                    over.countDown();
                });
                listening.setDaemon(true);
                listening.start();
                send(server);
                assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
                assertThat(out.toString()).contains("tail");
                assertSafe(out.toString());
                assertSafe(err.toString());
            }
        }
    }

    /** Until alice is there. */
    private static void send(EmbeddedServer server) throws Exception {
        UserAgentConfig config = UserAgentConfig.builder()
                .uri("sip:mallory@example.com")
                .password("evil")
                .server(server.url())
                .build();
        try (NettyTransport transport = new NettyTransport();
                UserAgent mallory = UserAgent.create(config, transport)) {
            mallory.start().get(10, TimeUnit.SECONDS);
            Await.until(
                    "alice to be there",
                    () -> mallory.sendMessage("alice", HOSTILE)
                            .handle((response, failure) -> failure == null)
                            .join());
        }
    }

    @Test
    @DisplayName("the wire trace")
    void trace() {
        StringWriter out = new StringWriter();
        byte[] message = ("MESSAGE sip:a SIP/2.0\r\nSubject: " + HOSTILE + "\r\n\r\n" + HOSTILE)
                .getBytes(StandardCharsets.UTF_8);
        new TracePrinter(new PrintWriter(out))
                .trace(WireMessage.of(
                        WireMessage.Direction.RECEIVED, ServerAddress.parse("ws://a"), Instant.EPOCH, message));
        assertSafe(out.toString());
    }
}
