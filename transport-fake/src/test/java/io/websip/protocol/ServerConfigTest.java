package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.UserAgent;
import io.websip.UserAgentConfig;
import io.websip.UserAgentConfigBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers a configuration takes: URLs, domains, and wss where it must be. */
class ServerConfigTest {
    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private UserAgentConfigBuilder domain(UserAgentConfigBuilder builder) {
        return builder.server("example.com").dnsResolver(farm.dns).register(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "exa mple.com",
                "example..com",
                "-example.com",
                "example-.com",
                "example.com:443",
                "192.0.2.1",
                "[::1]",
                "m\u00fcnchen.example",
                "user@example.com",
                "_sip._ws.example.com",
                "example.com/path"
            })
    void whatIsNoDomainIsRefusedWithTheRule(String text) {
        assertThatThrownBy(() -> UserAgentConfig.builder().server(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server '" + text + "'")
                .hasMessageContaining("domain");
    }

    @Test
    void tooLongADomainIsRefused() {
        String text = "a.".repeat(120) + "example";

        assertThatThrownBy(() -> UserAgentConfig.builder().server(text)).hasMessageContaining("240");
        assertThatThrownBy(() -> UserAgentConfig.builder().server("a".repeat(64) + ".example"))
                .hasMessageContaining("63");
    }

    @Test
    void domainGivenTwiceIsRefusedInWhateverForm() {
        assertThatThrownBy(() -> UserAgentConfig.builder().server("example.com").server("EXAMPLE.com.", 3))
                .hasMessageContaining("given twice");
    }

    @Test
    void negativeWeightOfADomainIsRefused() {
        assertThatThrownBy(() -> UserAgentConfig.builder().server("example.com", -1))
                .hasMessageContaining("weight of server 'example.com'")
                .hasMessageContaining("-1");
    }

    @Test
    void ws15RequireTlsRefusesAWsUrl() {
        UserAgentConfigBuilder builder = UserAgentConfig.builder()
                .uri("sip:alice@example.com")
                .server("example.com")
                .server("ws://sip.example.com")
                .requireTls(true);

        assertThatThrownBy(builder::build).hasMessageContaining("requireTls").hasMessageContaining("ws://sip");
    }

    @Test
    void ws15SipsTargetNeedsADomainThatIsWssOnly() {
        farm.dns.address("example.com", "192.0.2.1");
        farm.serverAt("wss://192.0.2.1", "192.0.2.1", options -> {});
        UserAgent either = farm.started(this::domain);
        assertThatThrownBy(() -> either.sendMessage("sips:bob@example.com", "hello"))
                .hasMessageContaining("sips demands wss");
        UserAgent secure = farm.started(b -> domain(b).requireTls(true));
        goOn(secure.sendMessage("sips:bob@example.com", "hello"));
    }
}
