package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.UserAgent;
import io.websip.config.Credentials;
import io.websip.config.MessageOptions;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipMethod;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too long for a request is refused by the call that gives it. */
class LongValuesTest {
    private static final String LONG = "a".repeat(70_000);

    @Test
    @DisplayName("a message's content type, display name, headers and target are seen by send")
    void messages() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            refused(() -> alice.sendMessage("bob", "x", "text/" + LONG));
            refused(() -> alice.sendMessage("bob", "x", "text/plain;x=\"" + LONG + "\""));
            refused(() -> alice.sendMessage("bob", "x", "text/" + "a".repeat(1 << 25)));
            refused(() -> alice.sendMessage(
                    "bob",
                    "x",
                    "text/plain",
                    MessageOptions.builder().displayName(LONG).build()));
            refused(() -> alice.sendMessage(
                    "bob",
                    "x",
                    "text/plain",
                    MessageOptions.builder().extraHeaders("X: " + LONG).build()));
            refused(() -> alice.sendMessage(
                    "bob",
                    "x",
                    "text/plain",
                    MessageOptions.builder()
                            .extraHeaders("X: " + "a".repeat(1 << 25))
                            .build()));
            refused(() -> alice.sendMessage(LONG, "x"));
            refused(() -> alice.sendMessage("bob", LONG));
            scene.run();
            assertThat(scene.messages()).isEmpty();
        }
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("maxMessageBytes");
    }

    @Test
    @DisplayName("what each request of an agent carries is seen by the builder")
    void configuration() {
        refused("displayName", b -> b.displayName(LONG));
        refused("displayName", b -> b.displayName("\u20ac".repeat(683)));
        refused("userAgent", b -> b.userAgent(LONG));
        refused("uri", b -> b.uri("sip:" + LONG + "@example.com"));
        refused("uri", b -> b.uri("sip:a@" + LONG));
        refused("registrar", b -> b.registrar("sip:example.com;x=" + LONG));
        refused("outboundProxy", b -> b.outboundProxy("sip:example.com;lr;x=" + LONG));
        refused("authorizationUser", b -> b.authorizationUser(LONG));
        refused("the username of credentials", b -> b.credentials(Credentials.password(LONG, "x")));
        refused("accept", b -> b.accept("text/plain", "text/" + LONG));
    }

    private static void refused(String name, Consumer<UserAgentConfigBuilder> given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> given.accept(UserAgentConfig.builder()))
                .withMessageStartingWith(name + " is ")
                .withMessageContaining("2048 are allowed");
    }

    @ParameterizedTest
    @DisplayName("at their limits, they make a REGISTER that servers take")
    @ValueSource(ints = 2_048)
    void longest(int limit) {
        String user = "u".repeat(limit - "sip:@example.com".length());
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.agent(
                    "alice",
                    b -> b.uri("sip:" + user + "@example.com")
                            .displayName("n".repeat(limit))
                            .userAgent("v".repeat(limit))
                            .registrar("sip:example.com;x=" + "r".repeat(limit - "sip:example.com;x=".length()))
                            .outboundProxy("sip:p;lr;x=" + "p".repeat(limit - "sip:p;lr;x=".length())));
            alice.start().join();

            assertThat(scene.server.requests(SipMethod.REGISTER))
                    .isNotEmpty()
                    .allSatisfy(r -> assertThat(r.toBytes().length).isBetween(10_000, 65_535));
        }
    }
}
