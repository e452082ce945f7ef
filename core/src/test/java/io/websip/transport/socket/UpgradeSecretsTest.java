package io.websip.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeSecretsTest {
    private static UpgradeSecrets of(String url, UpgradeHeaders headers) {
        TransportSettings settings = new TransportSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                65_535,
                65_535,
                TlsOptions.DEFAULTS,
                headers,
                HostLookup.JDK,
                null,
                false);
        return UpgradeSecrets.of(ServerAddress.parse(url), settings);
    }

    @ParameterizedTest
    @DisplayName("a server that echoes the query as it reads it does not show it")
    @CsvSource({
        "token=h%75nter2, hunter2",
        "token=h%75nter2, h%75nter2",
        "token=hunter+two, hunter two",
        "token=hunter+two, hunter+two",
        "token=a%2Bb%2fc%3D, a+b/c=",
        "a=1&token=%C3%BCnter2, \u00fcnter2",
        "token=hun|ter2, hun|ter2",
        "token=hunter%0d%0a2, hunter\ufffd\ufffd2"
    })
    void query(String query, String echoed) {
        UpgradeSecrets secrets = of("wss://h/sip?" + query, UpgradeHeaders.NONE);

        assertThat(secrets.hideIn("who is <" + echoed + ">?")).isEqualTo("who is <...>?");
    }

    /** A reason is cut at 500 characters. */
    @ParameterizedTest
    @ValueSource(ints = {470, 480, 490, 496})
    @DisplayName("the beginning of a secret does not stay where a text was cut")
    void cut(int position) {
        String token = "s3cr3t-0123456789-abcdefghijklmnop";
        String reason = "x".repeat(position) + token + "y";
        UpgradeSecrets secrets = of("wss://h/", UpgradeHeaders.NONE.with("Authorization", "Bearer " + token));

        for (Closure why : new Closure[] {
            new Closure.Refused(403, reason),
            new Closure.Closed(1000, reason),
            new Closure.Failed(new IOException("x".repeat(1_450) + reason))
        }) {
            assertThat(secrets.hideIn(why).toString()).doesNotContain("s3cr");
        }
    }

    @Test
    @DisplayName("a text that ends in an ellipsis and no secret stays")
    void ellipsis() {
        UpgradeSecrets secrets = of("wss://h/?token=hunter2", UpgradeHeaders.NONE);

        assertThat(secrets.hideIn("to be continued...")).isEqualTo("to be continued...");
    }
}
