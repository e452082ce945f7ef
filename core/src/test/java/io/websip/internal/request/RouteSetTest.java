package io.websip.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.NameAddress;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3261 sections 8.1.2 and 12.2.1.1, RFC 3608 section 6.1. */
class RouteSetTest {
    private static final SipUri BOB = SipUri.of("sip:bob@example.com");

    private static RouteSet set(String... uris) {
        return new RouteSet(
                Arrays.stream(uris).map(SipUri::of).map(NameAddress::of).toList());
    }

    private static List<String> routes(RouteSet set) {
        SipMessageBuilder<SipRequest> builder = SipRequest.builder(SipMethod.MESSAGE, set.requestUri(BOB))
                .add("Via", "SIP/2.0/WS a.invalid;branch=z9hG4bK1")
                .add("From", "<sip:a@example.com>;tag=1")
                .add("To", "<sip:bob@example.com>")
                .add("Call-ID", "1")
                .add("CSeq", "1 MESSAGE");
        set.addTo(builder, BOB);
        return builder.build().headers().addresses("Route").stream()
                .map(route -> route.uri().toString())
                .toList();
    }

    @Test
    void noneAddsNothing() {
        assertThat(routes(RouteSet.NONE)).isEmpty();
        assertThat(RouteSet.NONE.requestUri(BOB)).isEqualTo(BOB);
    }

    @Test
    void looseRoutersStandInOrderAndTheTargetStaysTheRequestUri() {
        RouteSet set = set("sip:p1.example.com;lr", "sip:p2.example.com;lr");

        assertThat(routes(set)).containsExactly("sip:p1.example.com;lr", "sip:p2.example.com;lr");
        assertThat(set.requestUri(BOB)).isEqualTo(BOB);
    }

    @Test
    void strictRouterIsTheRequestUriAndTheTargetStandsLast() {
        RouteSet set = set("sip:old.example.com", "sip:p2.example.com;lr");

        assertThat(set.requestUri(BOB)).hasToString("sip:old.example.com");
        assertThat(routes(set)).containsExactly("sip:p2.example.com;lr", "sip:bob@example.com");
    }

    @Test
    void strictRouterLosesWhatIsNotAllowedInARequestUri() {
        assertThat(set("sip:old.example.com?Subject=x").requestUri(BOB)).hasToString("sip:old.example.com");
    }

    @Test
    void outboundProxyThatIsTheFirstServiceRouteTooStandsOnce() {
        RouteSet proxy = set("sip:edge.example.com;lr");

        assertThat(proxy.then(set("sip:EDGE.example.com;lr", "sip:home.example.com;lr")
                        .routes()))
                .isEqualTo(set("sip:edge.example.com;lr", "sip:home.example.com;lr"));
        assertThat(proxy.then(set("sip:home.example.com;lr", "sip:edge.example.com;lr")
                                .routes())
                        .routes())
                .hasSize(3);
        assertThat(proxy.then(List.of())).isEqualTo(proxy);
    }
}
