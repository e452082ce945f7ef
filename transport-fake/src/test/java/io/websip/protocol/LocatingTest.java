package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.dns.NaptrRecord;
import io.websip.transport.ServerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A domain in place of a URL: which records lead to which server (RFC 3263 section 4, RFC 7118 section 5.3; WS-11). */
class LocatingTest {
    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private UserAgentConfigBuilder domain(UserAgentConfigBuilder builder) {
        return builder.server("example.com").dnsResolver(farm.dns).register(false);
    }

    private UserAgent started() {
        return farm.started(this::domain);
    }

    private void listenAt(String... urls) {
        for (String url : urls) {
            farm.serverAt(url, url, options -> {});
        }
    }

    private ServerAddress connected(Consumer<UserAgentConfigBuilder> options) {
        return connected(farm.started(b -> options.accept(domain(b))));
    }

    private ServerAddress connected(UserAgent agent) {
        assertThat(agent.isConnected()).isTrue();
        return farm.network.connections().get(0).server();
    }

    private static ServerAddress at(String url, String ip, int port) {
        try {
            return ServerAddress.parse(url).at(InetAddress.getByName(ip), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ws11NaptrThenSrvThenAddress() {
        farm.dns
                .naptr("example.com", 10, 50, "SIPS+D2W", "_sips._ws.example.net.")
                .srv("_sips._ws.example.net", 1, 1, 8443, "edge.example.net")
                .address("edge.example.net", "192.0.2.1");
        listenAt("wss://192.0.2.1:8443");

        assertThat(connected(started())).isEqualTo(at("wss://example.com", "192.0.2.1", 8443));
        assertThat(farm.dns.queries())
                .containsExactly("NAPTR example.com", "SRV _sips._ws.example.net", "addresses edge.example.net");
    }

    @Test
    void hostHeaderAndTlsNameAreTheDomainNotTheTarget() {
        farm.dns
                .srv("_sips._wss.example.com", 1, 1, 443, "edge.attacker.example")
                .address("edge.attacker.example", "192.0.2.1");
        listenAt("wss://192.0.2.1");

        assertThat(connected(started()).host()).isEqualTo("example.com");
    }

    @Test
    void ws11NaptrByOrderThenPreference() {
        farm.dns
                .naptr("example.com", 20, 1, "SIPS+D2W", "last.example.com")
                .naptr("example.com", 10, 9, "SIPS+D2W", "second.example.com")
                .naptr("example.com", 10, 5, "sips+d2w", "first.example.com")
                .naptr("example.com", 1, 1, "SIPS+D2T", "tcp.example.com")
                .srv("second.example.com", 1, 1, 443, "edge.example.com")
                .address("edge.example.com", "192.0.2.1");
        listenAt("wss://192.0.2.1");
        started();

        assertThat(farm.dns.queries())
                .containsExactly(
                        "NAPTR example.com",
                        "SRV first.example.com",
                        "SRV second.example.com",
                        "addresses edge.example.com");
    }

    @Test
    void naptrMayPreferWs() {
        farm.dns
                .naptr("example.com", 10, 1, "SIP+D2W", "_sip._ws.example.com")
                .naptr("example.com", 20, 1, "SIPS+D2W", "_sips._ws.example.com")
                .srv("_sip._ws.example.com", 1, 1, 8080, "edge.example.com")
                .address("edge.example.com", "192.0.2.1");
        listenAt("ws://192.0.2.1:8080");

        assertThat(connected(started())).isEqualTo(at("ws://example.com", "192.0.2.1", 8080));
    }

    @Test
    void naptrWithFlagAIsAnAddressAtTheDefaultPort() {
        farm.dns
                .record("example.com", new NaptrRecord(1, 1, "A", "SIP+D2W", "", "edge.example.com"))
                .address("edge.example.com", "192.0.2.1");
        listenAt("ws://192.0.2.1");

        assertThat(connected(started())).isEqualTo(at("ws://example.com", "192.0.2.1", 80));
    }

    @Test
    void naptrThatLeadsOnOrRewritesIsNotFollowed() {
        farm.dns
                .record("example.com", new NaptrRecord(1, 1, "", "SIPS+D2W", "", "example.com"))
                .record("example.com", new NaptrRecord(1, 2, "u", "SIPS+D2W", "!^.*$!sip:a@b!", "."))
                .srv("_sips._wss.example.com", 1, 1, 443, "edge.example.com")
                .address("edge.example.com", "192.0.2.1");
        listenAt("wss://192.0.2.1");
        started();

        assertThat(farm.dns.queries("example.com")).isEqualTo(1);
    }

    @Test
    void ws11WithoutNaptrSrvOfWssFirst() {
        farm.dns
                .srv("_sip._ws.example.com", 1, 1, 80, "plain.example.com")
                .srv("_sips._ws.example.com", 1, 1, 443, "edge.example.com")
                .address("edge.example.com", "192.0.2.1");
        listenAt("wss://192.0.2.1");
        started();

        assertThat(farm.dns.queries())
                .containsExactly(
                        "NAPTR example.com",
                        "SRV _sips._wss.example.com",
                        "SRV _sips._ws.example.com",
                        "addresses edge.example.com");
    }

    @Test
    void ws11WithoutThoseSrvOfWs() {
        farm.dns
                .srv("_sip._ws.example.com", 1, 1, 5080, "plain.example.com")
                .address("plain.example.com", "2001:db8::1");
        listenAt("ws://[2001:db8:0:0:0:0:0:1]:5080");

        assertThat(connected(started())).isEqualTo(at("ws://example.com", "2001:db8::1", 5080));
    }

    @Test
    void ws11WithoutSrvTheDomainAtPort443() {
        farm.dns.address("example.com", "192.0.2.1", "192.0.2.2");
        listenAt("wss://192.0.2.2");

        assertThat(connected(started())).isEqualTo(at("wss://example.com", "192.0.2.2", 443));
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.1", "connected 192.0.2.2");
    }

    @Test
    void ws11AfterPort443Port80() {
        farm.dns.address("example.com", "192.0.2.1");
        listenAt("ws://192.0.2.1");

        assertThat(connected(started())).isEqualTo(at("ws://example.com", "192.0.2.1", 80));
    }

    @Test
    void ws15RequireTlsTakesWssOnly() {
        farm.dns
                .naptr("example.com", 1, 1, "SIP+D2W", "_sip._ws.example.com")
                .srv("_sip._ws.example.com", 1, 1, 80, "edge.example.com")
                .address("example.com", "192.0.2.1");
        listenAt("ws://192.0.2.1");
        goOn(farm.alice(b -> domain(b).requireTls(true)).start());
        farm.loop.runReady();

        assertThat(farm.dns.queries())
                .containsExactly(
                        "NAPTR example.com",
                        "SRV _sips._wss.example.com",
                        "SRV _sips._ws.example.com",
                        "addresses example.com");
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.1");
        assertThat(farm.lastLoss().server()).isEqualTo(at("wss://example.com", "192.0.2.1", 443));
    }

    @Test
    void ws15SipsAddressTakesWssOnly() {
        farm.dns.address("example.com", "192.0.2.1");
        listenAt("ws://192.0.2.1");
        goOn(farm.alice(b -> domain(b).uri("sips:alice@example.com")).start());
        farm.loop.runReady();

        assertThat(farm.losses).hasSize(1);
        assertThat(farm.lastLoss().server().secure()).isTrue();
    }

    @Test
    void nobodyGetsFromWssToWsByBreakingConnections() {
        farm.dns
                .naptr("example.com", 1, 1, "SIPS+D2W", "_sips._ws.example.com")
                .naptr("example.com", 1, 2, "SIP+D2W", "_sip._ws.example.com")
                .srv("_sips._ws.example.com", 1, 1, 443, "edge.example.com")
                .srv("_sip._ws.example.com", 1, 1, 80, "edge.example.com")
                .address("edge.example.com", "192.0.2.1");
        listenAt("ws://192.0.2.1");
        goOn(farm.alice(this::domain).start());
        farm.seconds(600);

        assertThat(farm.losses)
                .isNotEmpty()
                .allSatisfy(loss -> assertThat(loss.server().secure()).isTrue());
    }

    @Test
    void via02TransportIsThatOfTheServerThatWasFound() {
        farm.dns.srv("_sip._ws.example.com", 1, 1, 80, "edge.example.com").address("edge.example.com", "192.0.2.1");
        listenAt("ws://192.0.2.1");
        farm.started(b -> domain(b).register(true));

        assertThat(farm.get("ws://192.0.2.1").requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.topVia().transport()).isEqualTo("WS"));
    }

    @Test
    void srvThatSaysThatThereIsNoServiceIsBelieved() {
        farm.dns.srv("_sip._ws.example.com", 0, 0, 0, ".").address("example.com", "192.0.2.1");
        listenAt("wss://192.0.2.1");
        goOn(farm.alice(this::domain).start());
        farm.loop.runReady();

        assertThat(farm.news()).containsExactly("disconnected example.com");
        assertThat(farm.lastLoss().why().toString()).contains("example.com").contains("SRV");
    }

    @Test
    void domainsAndUrlsMixByWeight() {
        farm.dns.srv("_sips._wss.example.com", 1, 1, 443, "edge.example.com").address("edge.example.com", "192.0.2.1");
        listenAt("wss://192.0.2.1");
        farm.server("main");
        farm.alice(b -> b.server(ServerFarm.url("main"), 1)
                        .server("example.com", 5)
                        .dnsResolver(farm.dns)
                        .register(false))
                .start()
                .join();
        assertThat(farm.news()).containsExactly("connected 192.0.2.1");

        farm.get("wss://192.0.2.1").restart();
        farm.loop.runReady();
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.1", "connected main");
    }

    @Test
    void urlOfHigherWeightNeedsNoLookup() {
        farm.server("main");
        farm.started(
                b -> b.server("example.com").server(ServerFarm.url("main"), 5).dnsResolver(farm.dns));

        assertThat(farm.dns.queries()).isEmpty();
    }
}
