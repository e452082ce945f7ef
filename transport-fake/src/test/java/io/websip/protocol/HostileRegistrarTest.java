package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registrars that answer nonsense: the agent lives, and recovers when they do. */
class HostileRegistrarTest {
    private void hostile(Answer answer, boolean registered) {
        try (Scene scene = new Scene(b -> b.noAuth().lenient())) {
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE)
                    ? Answer.status(200)
                    : r.method().equals(SipMethod.REGISTER)
                                    && !r.contacts().isEmpty()
                                    && RegisteringBench.seconds(r) > 0
                            ? answer
                            : null);
            UserAgent alice = scene.agent("alice", options -> {});
            goOn(alice.start());
            scene.seconds(3_600);
            assertThat(alice.isConnected()).isTrue();
            assertThat(scene.server.requests(SipMethod.REGISTER).size()).isBetween(1, 800);
            assertThat(alice.isRegistered()).isEqualTo(registered);
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "hello");
            scene.seconds(40);
            assertThat(sent).isDone();
            scene.server.dispatcher(r -> null);
            if (!registered) {
                scene.advance(Duration.ofDays(31));
                assertThat(alice.isRegistered()).as("healed").isTrue();
            }
        }
    }

    @Test
    void expiresZero() {
        hostile(RegisteringBench.grant(";expires=0"), false);
    }

    @Test
    void expiresHuge() {
        hostile(RegisteringBench.grant(";expires=99999999999999999999999"), true);
    }

    @Test
    void expiresNegative() {
        hostile(RegisteringBench.grant(";expires=-5"), true);
    }

    @Test
    void noContact() {
        hostile(Answer.status(200), true);
    }

    @Test
    void noContactAndNoTime() {
        hostile(Answer.status(200).header("Expires", "0"), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:x@203.0.113.1>;expires=60, <sip:y@203.0.113.2>;expires=60",
                "<<x>>, <<y>>",
                "*, *",
                "<sip:x@203.0.113.1>;+sip.instance=\"<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>\";expires=60"
            })
    void contactsOfOthers(String contacts) {
        hostile(Answer.status(200).header("Contact", contacts), false);
    }

    @Test
    void thousandsOfContacts() {
        Answer answer = Answer.status(200);
        for (int i = 0; i < 7; i++) {
            answer = answer.header("Contact", "<sip:x>" + ", <sip:x@203.0.113.1:40000>".repeat(280));
        }
        hostile(answer, false);
    }

    @Test
    void minExpiresGarbage() {
        hostile(Answer.status(423).header("Min-Expires", "-1 garbage"), false);
    }

    @Test
    void minExpires2to32() {
        hostile(Answer.status(423).header("Min-Expires", "4294967296"), false);
    }

    @Test
    void retryAfterHuge() {
        hostile(Answer.status(503).header("Retry-After", "99999999999999999999999"), false);
    }

    @Test
    void retryAfterGarbage() {
        hostile(Answer.status(500).header("Retry-After", "soon ("), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "99999999999999999999", "garbage", "", "1;x", "4294967295"})
    void flowTimer(String value) {
        hostile(
                RegisteringBench.grant(";expires=600")
                        .header("Require", "outbound")
                        .header("Flow-Timer", value),
                true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:x;lr>",
                "<sips:x;lr>",
                "<tel:123>",
                "<http://x>",
                "<sip:x>",
                "garbage",
                "<sip:a;lr>, <sip:b;lr>",
                "<sip:x;lr?Subject=hello>",
                "\"q \\\" q\" <sip:x;lr>;p=\"\\\"\"",
                "<sip:[::1];lr>",
                "<sip:%00@x;lr>",
                "<sip:x;lr;p=%0d%0aEvil>",
                "sip:x;lr",
                "<sip:é@x;lr>",
                "<sip:x?a=b>"
            })
    void serviceRoute(String value) {
        hostile(RegisteringBench.grant(";expires=600").header("Service-Route", value), true);
    }

    /** As long as our own limits let through: 1,400 values in seven header fields. */
    private static Answer longRoute() {
        Answer answer = RegisteringBench.grant(";expires=600");
        for (int i = 0; i < 7; i++) {
            answer = answer.header("Service-Route", "<sip:x;lr>" + ", <sip:proxy.example.com;lr>".repeat(280));
        }
        return answer;
    }

    @Test
    void serviceRouteOfThousands() {
        hostile(longRoute(), true);
    }

    @Test
    @DisplayName("a message that is held while the Service-Route grows out of bounds fails, and does not hang")
    void serviceRouteWhileHeld() {
        for (String route : List.of("long", "<sip:x;lr?Subject=hello>", "<sip:x?a=b>", "\"q \\\" q\" <sip:x;lr>")) {
            try (Scene scene = new Scene(b -> b.noAuth().lenient())) {
                UserAgent alice = scene.agent("alice", options -> {});
                scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
                scene.server.enqueue(
                        SipMethod.REGISTER,
                        (route.equals("long")
                                        ? longRoute()
                                        : RegisteringBench.grant(";expires=600").header("Service-Route", route))
                                .after(Duration.ofSeconds(2)));
                goOn(alice.start());
                scene.seconds(1);
                CompletableFuture<SipResponse> sent = alice.sendMessage(
                        "bob",
                        "hello",
                        "text/plain",
                        MessageOptions.builder().holdFor(Duration.ofMinutes(5)).build());
                scene.seconds(40);
                assertThat(sent).as(route).isDone();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"garbage\"",
                "\"sip:x;gr\"",
                "\"sip:x;gr=\\\"\"",
                "x",
                "\"\"",
                "\"sip:x;gr?h=v\"",
                "\"tel:1;gr\"",
                "\"sip:%zz@x;gr\""
            })
    void gruu(String value) {
        hostile(RegisteringBench.grant(";expires=600;pub-gruu=" + value + ";temp-gruu=" + value), true);
    }

    @Test
    @DisplayName("DNS that answers after the stop starts nothing")
    void dnsAfterStop() {
        try (ServerFarm farm = new ServerFarm()) {
            farm.dns.delay(Duration.ofSeconds(5)).address("example.com", "192.0.2.1");
            UserAgent alice = farm.alice(b -> b.server("example.com").dnsResolver(farm.dns));
            goOn(alice.start());
            farm.seconds(3);
            alice.stop().join();
            farm.news();
            farm.seconds(60);
            assertThat(farm.news()).isEmpty();
        }
    }
}
