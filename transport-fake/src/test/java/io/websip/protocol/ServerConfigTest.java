package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
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
                "_sip._ws.example.com",
                "example.com/path"
            })
    void whatIsNoDomainIsRefusedWithTheRule(String text) {
        assertThatThrownBy(() -> UserAgentConfig.builder().server(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server '" + text + "'")
                .hasMessageContaining("domain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user:hunter2@example.com",
                "sip.example.com/sip?token=hunter2",
                "sip.example.com?next=ws://x&token=hunter2",
                "hunter2@example.com",
                "m\u00fcnchen.example?token=hunter2",
                "wss://h:0/sip?token=hunter2",
                "wss://h:x/sip?token=hunter2",
                "wss://h:99999999999?token=hunter2",
                "wss:///sip?token=hunter2",
                "wss://?token=hunter2",
                "wss://b\u00fccher.example/?token=hunter2",
                "wss://h h/?token=hunter2",
                "wss://h/sip?token=hunter2#x",
                "wss://h/sip#hunter2",
                "wss://h/?token=hunter2 ",
                "wss://h/?token=hunter2%",
                "wss://h/?token=hunter2\u0000",
                "wss://h/?token=hunter2\ud800",
                "wss://h/ ?token=hunter2",
                "https://h/?token=hunter2",
                "WSSS://h?token=hunter2",
                "//h?token=hunter2",
                "://h?token=hunter2",
                "wss://hunter2@h/",
                "wss://user:hunter2@h:0/",
                "wss://user:hunter2?x@h/",
                "wss://user:hunter2#x@h/",
                "wss://user:hunter2/x@h/",
                "wss://user:hunter2//x@h/",
                "https://user:hunter2@h/",
                "wss:user:hunter2@h",
                "wss://[::1/?token=hunter2",
                "wss://[h]?token=hunter2"
            })
    void noExceptionShowsTheQueryOrTheUserOfAUrl(String text) {
        assertThatThrownBy(() -> UserAgentConfig.builder().server(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> {
                    for (Throwable each = e; each != null; each = each.getCause()) {
                        assertThat(each.toString()).doesNotContain("hunter2");
                    }
                });
    }

    @Test
    void aDomainOfOtherLettersIsRefusedWithTheWayOut() {
        assertThatThrownBy(() -> UserAgentConfig.builder().server("b\u00fccher.example"))
                .hasMessageContaining("xn--bcher-kva.example");
        assertThatThrownBy(() -> UserAgentConfig.builder().server("wss://b\u00fccher.example:8443/sip"))
                .hasMessageContaining("xn--bcher-kva.example");
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
