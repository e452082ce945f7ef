package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.UserAgent;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is thrown while a challenge is answered or a request is made, each request has its outcome, and nothing stays behind. */
class FaultyAnswerTest {
    enum Thrown {
        EXCEPTION(() -> new IllegalStateException("no numbers left")),
        MEMORY(() -> new OutOfMemoryError("no numbers left")),
        STACK(StackOverflowError::new);

        private final Supplier<Throwable> made;

        Thrown(Supplier<Throwable> made) {
            this.made = made;
        }
    }

    /** Throws where it is asked for so many octets: 16 are a cnonce, 64 are what branches and tags are made of. */
    private static final class Failing implements RandomGenerator {
        private final Random random = new Random(1);
        private final int octets;
        private final Thrown thrown;
        private boolean failing;

        Failing(int octets, Thrown thrown) {
            this.octets = octets;
            this.thrown = thrown;
        }

        @Override
        public long nextLong() {
            return random.nextLong();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (failing && bytes.length == octets) {
                sneak(thrown.made.get());
            }
            random.nextBytes(bytes);
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneak(Throwable t) throws T {
            throw (T) t;
        }
    }

    private static Scene scene() {
        return new Scene(server -> server.user("alice", "secret"));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatCannotBeMadeFailsItsMessageAlone(Thrown thrown) {
        Failing random = new Failing(16, thrown);
        try (Scene scene = scene()) {
            UserAgent alice = scene.sender(options -> options.password("secret").random(random));
            random.failing = true;
            for (int i = 0; i < 3; i++) {
                assertThat(Strangers.failure(alice, i == 2 ? "carol" : "bob").cause())
                        .isEqualTo(Cause.INTERNAL_ERROR);
            }
            assertThat(alice.metrics().pending()).isZero();
            assertThat(alice.metrics().transactions()).isZero();
            random.failing = false;
            assertThat(Strangers.failure(alice, "alice").cause()).isEqualTo(Cause.UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatCannotBeMadeFailsItsMessageAlone(Thrown thrown) {
        Failing random = new Failing(64, thrown);
        try (Scene scene = scene()) {
            UserAgent alice = scene.sender(options -> options.password("secret").random(random));
            random.failing = true;
            int internal = 0;
            for (int i = 0; i < 8; i++) {
                Cause cause = Strangers.failure(alice, "alice").cause();
                internal += cause == Cause.INTERNAL_ERROR ? 1 : 0;
            }
            assertThat(internal).isPositive();
            assertThat(alice.metrics().pending()).isZero();
            random.failing = false;
            assertThat(Strangers.failure(alice, "alice").cause()).isEqualTo(Cause.UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRegisterThatCannotBeMadeFailsAndIsTriedAgain(Thrown thrown) {
        Failing random = new Failing(16, thrown);
        random.failing = true;
        try (Scene scene = scene()) {
            UserAgent alice =
                    scene.agent("alice", options -> options.password("secret").random(random));
            assertThat(alice.start()).failsWithin(Duration.ZERO);
            random.failing = false;
            scene.seconds(60);
            assertThat(alice.isRegistered()).isTrue();
        }
    }
}
