package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.contact;
import static io.websip.protocol.RegisteringBench.grant;
import static io.websip.protocol.RegisteringBench.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a MESSAGE: Service-Route (RFC 3608) and the outbound proxy (RFC 3261 section 8.1.2). */
class ServiceRouteTest {
    private static final String P1 = "<sip:p1.example.com;lr>";
    private static final String P2 = "<sip:p2.example.com;transport=ws;lr>;x=y";

    private final RegisteringBench bench = new RegisteringBench(FakeSipServerBuilder::noAuth);

    @AfterEach
    void nothingIsLeft() {
        bench.close();
    }

    /** The Route of a MESSAGE that is sent now. */
    private List<String> route(UserAgent agent) {
        agent.sendMessage("bob", "?").exceptionally(e -> null).join();
        return lastMessage().headers().list("Route");
    }

    private SipRequest lastMessage() {
        return bench.messages().get(bench.messages().size() - 1);
    }

    @Test
    void reg18MessageGoesByTheServiceRouteInItsOrder() {
        bench.server.serviceRoute(P1, P2);
        UserAgent alice = bench.alice();
        alice.start().join();

        assertThat(route(alice)).containsExactly(P1, P2);
        assertThat(lastMessage().requestUriText()).isEqualTo("sip:bob@example.com");
        assertThat(alice.binding().orElseThrow().serviceRoute())
                .extracting(Object::toString)
                .containsExactly(P1, P2);
    }

    @Test
    void reg18RowsAndCommasMakeOneListWhichASemicolonTooManyDoesNotSpoil() {
        bench.nextRegister(grant(";expires=600")
                .header("Service-Route", P1 + "; , ,")
                .header("service-route", P2.replace(";lr>", ";lr;>;")));
        UserAgent alice = bench.alice();
        alice.start().join();

        assertThat(alice.binding().orElseThrow().serviceRoute())
                .extracting(Object::toString)
                .containsExactly(P1, P2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<broken", "<sip:@>", "<tel:+1>", "\"half <sip:a..b>", "<sip:p3.example.com;;lr>"})
    void reg18ARouteOfWhichOneValueIsMalformedIsNotGoneInPart(String malformed) {
        bench.nextRegister(grant(";expires=600")
                .header("Service-Route", P1 + ", " + malformed)
                .header("Service-Route", P2));
        UserAgent alice = bench.alice();
        alice.start().join();

        assertThat(alice.isRegistered()).isTrue();
        assertThat(alice.binding().orElseThrow().serviceRoute()).isEmpty();
        assertThat(route(alice)).isEmpty();
    }

    @Test
    void reg18RegisterDoesNotGoByIt() {
        bench.server.serviceRoute(P1);
        UserAgent alice = bench.alice();
        alice.start().join();
        alice.register().join();
        alice.unregister().join();

        assertThat(bench.registers())
                .hasSize(3)
                .allSatisfy(r -> assertThat(r.headers().contains("Route")).isFalse());
    }

    @Test
    void reg18TheLatestAnswerReplacesItAndOneWithoutClearsIt() {
        bench.server.serviceRoute(P1);
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.server.serviceRoute(P2, P1);
        alice.register().join();
        assertThat(route(alice)).containsExactly(P2, P1);

        bench.server.serviceRoute();
        bench.untilNextRegister();
        bench.loop.runReady();
        assertThat(route(alice)).isEmpty();
    }

    @Test
    void reg18ARefreshThatFailsLeavesIt() {
        bench.server.serviceRoute(P1);
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.nextRegister(Answer.status(503));
        bench.untilNextRegister();
        bench.loop.runReady();

        assertThat(route(alice)).containsExactly(P1);
    }

    @Test
    void reg18ItEndsWithTheBinding() {
        bench.server.serviceRoute(P1);
        UserAgent alice = bench.alice();
        alice.start().join();
        alice.unregister().join();

        assertThat(route(alice)).isEmpty();
        assertThat(alice.binding()).isEmpty();
    }

    @Test
    void reg18ItEndsWithTheConnection() {
        bench.server.serviceRoute(P1);
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.server.serviceRoute();
        bench.server.restart();
        bench.loop.runUntil(() -> !alice.isConnected());
        assertThat(alice.binding()).isEmpty();

        bench.untilNextRegister();
        bench.loop.runReady();
        assertThat(route(alice)).isEmpty();
    }

    @Test
    void reg18MessageThatWaitedGoesByTheRouteOfTheMomentWhenItIsSent() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.server.enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofSeconds(2)));
        RegisteringBench.goOn(alice.sendMessage("bob", "first"));
        RegisteringBench.goOn(alice.sendMessage("bob", "second"));
        bench.pass(Duration.ofMillis(10));
        bench.server.serviceRoute(P1);
        alice.register().join();
        bench.passSeconds(3);

        assertThat(bench.messages()).hasSize(2);
        assertThat(bench.messages().get(0).headers().contains("Route")).isFalse();
        assertThat(bench.messages().get(1).headers().list("Route")).containsExactly(P1);
    }

    @Test
    void uac07OutboundProxyIsVisitedFirstByEveryRequest() {
        UserAgent alice = bench.alice(b -> b.outboundProxy("sip:proxy.example.com;lr"));
        alice.start().join();

        assertThat(route(alice)).containsExactly("<sip:proxy.example.com;lr>");
        assertThat(lastMessage().requestUriText()).isEqualTo("sip:bob@example.com");
        assertThat(bench.lastRegister().headers().list("Route")).containsExactly("<sip:proxy.example.com;lr>");
        assertThat(bench.lastRegister().requestUriText()).isEqualTo("sip:example.com");
    }

    @Test
    void uac07ServiceRouteStandsBehindTheOutboundProxyWhichStandsThereOnce() {
        bench.nextRegister(grant(";expires=600").header("Service-Route", P1));
        bench.nextRegister(grant(";expires=600").header("Service-Route", "<sip:PROXY.example.com;lr>, " + P1));
        UserAgent alice = bench.alice(b -> b.outboundProxy("sip:proxy.example.com;lr"));
        alice.start().join();

        assertThat(route(alice)).containsExactly("<sip:proxy.example.com;lr>", P1);
        alice.register().join();
        assertThat(alice.binding().orElseThrow().serviceRoute()).hasSize(2);
        bench.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
        bench.nextRegister(ok(r -> List.of(contact(r) + ";expires=600")));
        alice.register().join();
        assertThat(route(alice)).containsExactly("<sip:proxy.example.com;lr>");
    }

    @Test
    void uac07StrictRouterGetsItsOwnAddressAsRequestUriAndTheTargetAsLastRoute() {
        UserAgent alice = bench.alice(b -> b.register(false).outboundProxy("sip:strict.example.com"));
        alice.start().join();
        bench.server.dispatcher(r -> Answer.status(200));

        assertThat(route(alice)).containsExactly("<sip:bob@example.com>");
        assertThat(lastMessage().requestUriText()).isEqualTo("sip:strict.example.com");
        assertThat(lastMessage().to().uri()).hasToString("sip:bob@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy example", "tel:+1", "sip:proxy.example.com?Subject=x"})
    void uac07OutboundProxyThatIsNoneIsRefused(String uri) {
        assertThatThrownBy(() -> UserAgentConfig.builder().outboundProxy(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outboundProxy '" + uri + "'");
    }
}
