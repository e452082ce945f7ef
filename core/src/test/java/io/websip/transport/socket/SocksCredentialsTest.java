package io.websip.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocksCredentialsTest {
    private static final ProxyServer SOCKS = ProxyServer.socks5("proxy.example.com", 1080);

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 300, 70_000})
    void socksBearsOneTo255OctetsOfUserAndOfPassword(int octets) {
        String text = "x".repeat(octets);
        String rule = " for a SOCKS 5 proxy has " + octets + " octets but must have 1 to 255 (RFC 1929 section 2)";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SOCKS.withCredentials("alice", text))
                .withMessage("the password" + rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SOCKS.withCredentials(text, "secret"))
                .withMessage("the user" + rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxyServer(ProxyServer.Kind.SOCKS5, "proxy.example.com", 1080, "alice", text))
                .withMessage("the password" + rule);
    }

    @Test
    void octetsCountAndNotCharacters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SOCKS.withCredentials("alice", "ä".repeat(128)))
                .withMessageContaining("256 octets");
    }

    @Test
    void whatFitsIsTaken() {
        String longest = "x".repeat(255);
        assertThat(SOCKS.withCredentials(longest, longest).password()).isEqualTo(longest);
    }

    @Test
    void aProxyThatIsSpokenToInHttpTakesLongerOnes() {
        String text = "x".repeat(300);
        assertThat(ProxyServer.http("proxy.example.com", 3128)
                        .withCredentials("alice", text)
                        .password())
                .isEqualTo(text);
    }
}
