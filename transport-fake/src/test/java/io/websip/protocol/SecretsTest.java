package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@DisplayName("G8: no password or HA1 in any log, exception, string or recording of the tests of this package")
@Order(Integer.MAX_VALUE)
class SecretsTest {
    @Test
    @DisplayName("those of all tests are known, and found in a text")
    void known() {
        assertThat(Secrets.PASSWORDS)
                .contains("secret", Confidential.PASSWORD, RegisteringBench.PASSWORD, "builder", "mock-turtle");
        assertThat(Secrets.ALL).contains("b1726872c344b6dc8365b774f8fd6412"); // MD5 of alice:example.com:secret
        String pair = Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));
        for (String text : Set.of(
                "password=secret;",
                "(b1726872c344b6dc8365b774f8fd6412)",
                "Authorization: Basic " + pair,
                "wrong-" + Confidential.PASSWORD,
                "sip:bob:builder@example.com")) {
            assertThat(Secrets.in(text)).as(text).isPresent();
        }
        assertThat(Secrets.in("secretary of the builders' b1726872c344b6dc8365b774f8fd6412a"))
                .isEmpty();
        SecretWatch.look(new IllegalStateException("a", new IllegalStateException() {
            @Override
            public String getMessage() {
                return "the secret"; // not given to the constructor, so that it is not recorded
            }
        }));
        assertThatThrownBy(SecretWatch::end).hasMessageContaining("the secret");
        SecretWatch.end();
    }

    @Test
    @DisplayName("all that was recorded up to the last test, and more than 1,000 other things")
    void recorded() {
        new Confidential().live();
        for (int i = 0; SecretWatch.looks() < 1_000; i++) {
            assertThat(i).isLessThan(100);
            new Confidential().live();
        }
        Map<String, Integer> counts = SecretRecording.stop();
        assertThat(counts.get("other")).isGreaterThan(30);
        assertThat(counts.get("thrown")).isGreaterThan(5);
        SecretRecording.start();
    }
}
