package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.KeepAlive;
import io.websip.trace.WireMessage;
import io.websip.transport.ServerAddress;
import io.websip.transport.fake.sip.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("WireTrace sees all that goes over the wire, without secrets, and harms nothing")
class WireTraceTest {
    private final List<WireMessage> seen = new ArrayList<>();

    /** Direction and first word, or the kind of a keep-alive. */
    private List<String> lines() {
        return seen.stream()
                .map(m -> (m.direction() == WireMessage.Direction.SENT ? "> " : "< ")
                        + (m.kind() == WireMessage.Kind.SIP ? firstWords(m.head()) : m.kind()))
                .toList();
    }

    private static String firstWords(String head) {
        String[] words = head.split("[ \n]", 3);
        return words[0].startsWith("SIP/") ? words[1] : words[0];
    }

    @Test
    @DisplayName("messages of both directions in the order of the wire, with server and virtual time")
    void wholeStory() {
        try (Scene scene = new Scene(server -> server.user("alice", "secret"))) {
            UserAgent alice =
                    scene.agent("alice", options -> options.password("secret").wireTrace(seen::add));
            alice.start().join();
            scene.server.enqueue(Answer.status(486));
            alice.sendMessage("bob", "Hello")
                    .handle((response, failure) -> null)
                    .join();
            scene.server.message("alice", "Hi").join();
            alice.stop().join();
            assertThat(lines())
                    .containsExactly(
                            "> REGISTER",
                            "< 401",
                            "> REGISTER",
                            "< 200", // with a digest
                            "> MESSAGE",
                            "< 486",
                            "< MESSAGE",
                            "> 200",
                            "> REGISTER",
                            "< 200");
            assertThat(seen).allSatisfy(m -> {
                assertThat(m.server()).isEqualTo(ServerAddress.parse(Scene.URL));
                assertThat(m.time()).isBetween(scene.loop.now().minus(scene.loop.elapsed()), scene.loop.now());
            });
            assertThat(seen.get(4).text()).endsWith("\n\nHello");
            assertThat(seen.get(4).head()).doesNotContain("Hello");
            assertThat(seen.get(2).text()).contains("response=\"...\"").contains("username=\"alice\"");
            int shown = seen.size();
            scene.seconds(3_600);
            assertThat(seen).hasSize(shown); // G4
        }
    }

    @Test
    @DisplayName("keep-alives: a CRLF ping and our pong")
    void keepAlive() {
        try (Scene scene = new Scene()) {
            scene.started("alice", options -> options.register(true).wireTrace(seen::add));
            seen.clear();
            scene.raw("alice", "\n\n");
            assertThat(lines()).containsExactly("< CRLF_PING", "> CRLF_PONG");
        }
    }

    @Test
    @DisplayName("keep-alives: our WebSocket ping and its pong, and our CRLF ping")
    void ourPings() {
        for (KeepAlive keepAlive : List.of(KeepAlive.webSocketPing(), KeepAlive.crlf())) {
            try (Scene scene = new Scene()) {
                scene.started("alice", options -> options.wireTrace(seen::add).keepAlive(keepAlive));
                seen.clear();
                scene.seconds(31);
                assertThat(lines())
                        .containsExactly(
                                keepAlive.kind() == KeepAlive.Kind.CRLF
                                        ? new String[] {"> CRLF_PING", "< CRLF_PONG"}
                                        : new String[] {"> WEBSOCKET_PING", "< WEBSOCKET_PONG"});
            }
            seen.clear();
        }
    }

    @Test
    @DisplayName("what is no SIP message is seen as it came")
    void garbage() {
        try (Scene scene = new Scene()) {
            scene.started("alice", options -> options.wireTrace(seen::add));
            seen.clear();
            scene.raw("alice", "hello, is this HTTP?");
            assertThat(seen).singleElement().extracting(WireMessage::text).isEqualTo("hello, is this HTTP?\n");
        }
    }

    @Test
    @DisplayName("one that throws is logged, and everything goes on")
    void throwing() {
        try (LogTrap log = new LogTrap("io.websip.agent");
                Scene scene = new Scene()) {
            UserAgent alice = scene.started(
                    "alice",
                    options -> options.wireTrace(message -> {
                        throw new AssertionError("no disk");
                    }));
            scene.server.enqueue(Answer.status(200));
            assertThat(alice.sendMessage("bob", "Hello").join().status()).isEqualTo(200);
            assertThat(log.thrown()).hasSize(4).allSatisfy(t -> assertThat(t).hasMessage("no disk"));
        }
    }

    @Test
    @DisplayName("one that stops the agent: it is stopped, in order")
    void stopping() {
        try (Scene scene = new Scene()) {
            UserAgent[] alice = new UserAgent[1];
            alice[0] = scene.agent(
                    "alice",
                    options -> options.wireTrace(message -> {
                        if (message.direction() == WireMessage.Direction.RECEIVED) {
                            alice[0].close();
                        }
                    }));
            alice[0].start();
            scene.seconds(60);
            assertThat(scene.tape.events())
                    .containsExactly("connected", "registered", "unregistered asked", "disconnected");
        }
    }
}
