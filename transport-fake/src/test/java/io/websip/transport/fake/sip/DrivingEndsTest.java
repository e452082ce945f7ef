package io.websip.transport.fake.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.VirtualEventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each call that drives the virtual loop ends, also where what it waits for never comes. */
@Timeout(300)
class DrivingEndsTest {
    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final FakeNetwork network = new FakeNetwork(loop);
    private final FakeTransport transport = new FakeTransport(network);
    private final FakeSipServer server =
            FakeSipServer.on(network, "ws://sip.example.com").noAuth().start();

    private UserAgent registered() {
        UserAgent alice = agent();
        alice.start().join();
        return alice;
    }

    private UserAgent agent() {
        return UserAgent.create(
                UserAgentConfig.builder()
                        .uri("sip:alice@example.com")
                        .server("ws://sip.example.com")
                        .build(),
                transport);
    }

    // ---- takeRequest ----

    @Test
    @DisplayName("takeRequest of a method that does not come ends after one limit, and says what came instead")
    void whatDoesNotCome() {
        try (UserAgent alice = registered()) {
            assertThat(alice.isRegistered()).isTrue();
            Duration since = loop.elapsed();
            assertThatThrownBy(() -> server.takeRequest(SipMethod.MESSAGE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageMatching("(?s)no MESSAGE has come, but [0-9]+ REGISTER, the last of them REGISTER .*"
                            + "nothing more is due within PT1H of virtual time at PT.*pending:.*");
            assertThat(loop.elapsed().minus(since)).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
        }
    }

    @Test
    @DisplayName("takeRequest ends at once where nothing is left to run")
    void nothingLeft() {
        assertThatThrownBy(server::takeRequest)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no request has come, nor anything else")
                .hasMessageContaining("nothing is left that could make it true");
        assertThatThrownBy(() -> server.takeRequest(SipMethod.MESSAGE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no MESSAGE has come, nor anything else");
        assertThat(loop.elapsed()).isZero();
    }

    @Test
    @DisplayName("takeRequest passes over others, which count as taken, and takes what came before the call")
    void passesOver() {
        try (UserAgent alice = registered()) {
            CompletableFuture<?> sent = alice.sendMessage("nobody", "1");
            assertThat(server.takeRequest(SipMethod.MESSAGE).text()).isEqualTo("1");
            loop.runReady();
            assertThat(sent).isCompletedExceptionally(); // there is no such user
            assertThat(server.requests()).hasSize(2);
            CompletableFuture<?> again = alice.sendMessage("nobody", "2");
            assertThat(server.takeRequest().text()).isEqualTo("2");
            assertThat(again).isNotNull();
        }
    }

    @Test
    @DisplayName("takeRequest whose request breaks a rule ends with that rule")
    void brokenRule() {
        try (UserAgent alice = registered()) {
            loop.schedule(Duration.ofSeconds(1), () -> {
                throw new IllegalStateException("a task of the test");
            });
            loop.schedule(Duration.ofSeconds(2), () -> ignored(alice.sendMessage("nobody", "1")));
            assertThatThrownBy(() -> server.takeRequest(SipMethod.MESSAGE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("a task of the test")
                    .hasMessageNotContaining("has come");
        }
    }

    private static void ignored(CompletableFuture<?> future) {
        assertThat(future).isNotNull();
    }

    // ---- what never ends by itself ----

    private Stream<Named<ThrowingCallable>> calls() {
        UserAgent alice = agent();
        CompletableFuture<Void> started = alice.start(); // no answer to its handshake comes
        LoopFuture<String> never = new LoopFuture<>(loop);
        return Stream.of(
                Named.of("advanceBy", () -> loop.advanceBy(Duration.ofDays(1))),
                Named.of("runReady", loop::runReady),
                Named.of("runUntil(limit)", () -> loop.runUntil(() -> false, Duration.ofDays(10_000))),
                Named.of("takeRequest(method)", () -> server.takeRequest(SipMethod.BYE)),
                Named.of("join of the agent's", started::join),
                Named.of("get(timeout)", () -> started.get(1, TimeUnit.SECONDS)),
                Named.of("get(timeout) of the server's", () -> never.get(1, TimeUnit.SECONDS)));
    }

    private void assertEachEnds(Class<? extends Throwable> type, String message) {
        calls().forEach(call -> assertThatThrownBy(call.getPayload(), call.getName())
                .isInstanceOf(type)
                .hasMessageContaining(message));
    }

    @Test
    @DisplayName("a task that puts itself off without delay ends each call after a million tasks")
    void endlessTask() {
        server.endpoint().onEveryConnection(Fault.silentHandshake());
        Runnable[] endless = new Runnable[1];
        endless[0] = () -> loop.execute(endless[0]);
        loop.execute(endless[0]);
        assertEachEnds(AssertionError.class, "ran 1000000 tasks without an end");
    }

    @Test
    @DisplayName("a timer without delay that sets itself again, and throws each time, ends each call too")
    void endlessTimerThatThrows() {
        server.endpoint().onEveryConnection(Fault.silentHandshake());
        Runnable[] endless = new Runnable[1];
        endless[0] = () -> {
            loop.schedule(Duration.ZERO, endless[0]);
            throw new IllegalStateException("each time");
        };
        loop.execute(endless[0]);
        assertThatThrownBy(() -> loop.advanceBy(Duration.ofDays(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ran 1000000 tasks without an end")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(100));
    }

    @Test
    @DisplayName("a future that nobody completes ends its waiting call after an hour of virtual time")
    void endlessTime() {
        Runnable[] endless = new Runnable[1];
        endless[0] = () -> loop.schedule(Duration.ofSeconds(10), endless[0]);
        loop.execute(endless[0]);
        LoopFuture<String> never = new LoopFuture<>(loop);
        for (ThrowingCallable call : Stream.<ThrowingCallable>of(
                        never::join, never::get, server::takeRequest, () -> loop.runUntil(never::isDone))
                .toList()) {
            Duration since = loop.elapsed();
            assertThatThrownBy(call)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("nothing more is due within PT1H of virtual time");
            assertThat(loop.elapsed().minus(since)).isLessThanOrEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    @DisplayName("a report of what is pending stays short")
    void shortReport() {
        for (int i = 0; i < 1_000; i++) {
            loop.schedule(Duration.ofHours(2), () -> {});
        }
        assertThatThrownBy(() -> loop.runUntil(() -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("and 900 more")
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines().count())
                                .isLessThan(110));
    }

    // ---- whose timer it is ----

    @Test
    @DisplayName("a pending timer names the code that has set it, not a loop in front of the loop")
    void callSite() {
        try (UserAgent alice = registered()) {
            assertThat(alice.isConnected()).isTrue();
            assertThat(loop.pending())
                    .isNotEmpty()
                    .noneMatch(task -> task.description().contains("Loop."))
                    .anyMatch(task -> task.description().contains("timer from Registration."));
        }
    }
}
