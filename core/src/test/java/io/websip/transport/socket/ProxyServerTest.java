package io.websip.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyServerTest {
    @ParameterizedTest
    @ValueSource(strings = {"proxy", "squid_1", "192.0.2.1", "::1", "[::1]", "Proxy.Example.com."})
    void hosts(String host) {
        assertThat(ProxyServer.http(host, 3128).host()).isEqualTo(host);
        assertThat(ProxyServer.socks5(host, 1080)).hasToString("SOCKS5 proxy " + host + ":1080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "h\r\nX: y",
                "h\nX",
                "h\0",
                "h\u001b",
                "h h",
                "h/x",
                "http://h",
                "h:3128",
                "me:s3cret@h",
                "h?s3cret",
                "[::1",
                "1.2.3",
                "\ud800"
            })
    void noHostsAreRefusedAtOnce(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyServer.http(host, 3128))
                .withMessageStartingWith("proxy host ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"))
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).chars()).noneMatch(Character::isISOControl));
        assertThatIllegalArgumentException().isThrownBy(() -> ProxyServer.socks5(host, 3128));
    }

    @ParameterizedTest
    @ValueSource(strings = "b\u00fccher.example")
    void otherLettersAreRefusedWithTheWayOut(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyServer.http(host, 3128))
                .withMessageContaining("xn--bcher-kva.example");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            u:v, p
            'u\r\nX: y', p
            u, 'p\r\nX: y'
            u, 'p\0'
            u\u20ac, p
            """)
    void whatBasicCannotHoldIsRefusedAlsoByTheConstructor(String user, String password) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxyServer(ProxyServer.Kind.HTTP, "proxy", 3128, user, password));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyServer.http("proxy", 3128).withCredentials(user, password));
    }
}
