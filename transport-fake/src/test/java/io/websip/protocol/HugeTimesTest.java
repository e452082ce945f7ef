package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.UserAgent;
import io.websip.config.KeepAlive;
import io.websip.config.ReconnectPolicy;
import io.websip.config.RegistrationOptions;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Times with which nobody can reckon are refused at once, and the longest that are taken work. */
class HugeTimesTest {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Each setting that is a time with no narrower bound of its own, for the time given. */
    private static Stream<Consumer<UserAgentConfigBuilder>> settings(Duration time) {
        return Stream.of(
                b -> b.reconnect(ReconnectPolicy.between(SECOND, time)),
                b -> b.keepAlive(KeepAlive.webSocketPing().every(time)),
                b -> b.keepAlive(KeepAlive.crlf().pongTimeout(time)),
                b -> b.connectTimeout(time),
                b -> b.dedupWindow(time),
                b -> b.stopGrace(time),
                b -> b.registration(
                        RegistrationOptions.builder().retry(SECOND, time).build()));
    }

    static Stream<Consumer<UserAgentConfigBuilder>> tooLong() {
        return Stream.concat(
                settings(FOR_EVER),
                Stream.of(b -> b.transactionTimeout(FOR_EVER), b -> b.timers(FOR_EVER, FOR_EVER, FOR_EVER)));
    }

    static Stream<Consumer<UserAgentConfigBuilder>> justRight() {
        return settings(YEAR);
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    void beyondAYearIsRefusedByNameAndValue(Consumer<UserAgentConfigBuilder> setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.accept(UserAgentConfig.builder()))
                .withMessageContaining(FOR_EVER.toString())
                .withMessageContaining("must not be longer than PT8784H");
    }

    @ParameterizedTest
    @MethodSource("justRight")
    void aYearWorks(Consumer<UserAgentConfigBuilder> setting) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice", setting);
            assertThat(alice.isRegistered()).isTrue();
        }
    }

    @Test
    void lostConnectionIsReplacedWithinTheYear() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started(
                    "alice",
                    b -> b.reconnect(ReconnectPolicy.between(YEAR, YEAR)).keepAlive(KeepAlive.off()));
            scene.connection().abort();
            scene.advance(YEAR);
            assertThat(alice.isRegistered()).isTrue();
        }
    }
}
