package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.Message;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callback executors that break the contract of {@link Executor} in each way, and what the agent makes of it. */
class CallbackExecutorTest {
    private static final int MESSAGES = 100;

    /** Throws whatever a call is to throw, and else gives the task on. */
    private static final class Failing implements Executor {
        final Executor behind;
        final Supplier<Throwable> thrown;
        int failures;
        int calls;

        Failing(Executor behind, Supplier<Throwable> thrown, int failures) {
            this.behind = behind;
            this.thrown = thrown;
            this.failures = failures;
        }

        @Override
        public void execute(Runnable task) {
            calls++;
            if (failures > 0) {
                failures--;
                Failing.<RuntimeException>sneak(thrown.get());
            }
            behind.execute(task);
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    /** What no text can be made of. */
    private static final class Unshowable extends Error {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("getCause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("getStackTrace");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }
    }

    static Stream<Supplier<Throwable>> throwables() {
        return Stream.of(
                () -> new OutOfMemoryError("unable to create native thread"),
                () -> new RejectedExecutionException("shut down"),
                NullPointerException::new,
                StackOverflowError::new,
                () -> new Exception("checked"),
                Unshowable::new);
    }

    /** Sends so many, of which each must have its outcome, and stops. */
    private static void allEnd(Scene scene, UserAgent alice) {
        scene.server.dispatcher(request -> Answer.status(200));
        List<CompletableFuture<SipResponse>> all = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            all.add(alice.sendMessage("user" + i, "Hello " + i));
            scene.run();
        }
        CompletableFuture<Void> stopped = alice.stop();
        scene.seconds(60);
        assertThat(all).allMatch(future -> future.isDone() && !future.isCompletedExceptionally());
        assertThat(alice.metrics().pending()).isZero();
        assertThat(stopped).isCompleted();
    }

    @ParameterizedTest
    @MethodSource("throwables")
    @DisplayName("G1 an executor that throws once loses no outcome, and takes the callbacks after it")
    void throwsOnce(Supplier<Throwable> thrown) {
        try (Scene scene = new Scene();
                LogTrap log = new LogTrap("io.websip.agent")) {
            List<Runnable> taken = new ArrayList<>();
            Failing executor = new Failing(
                    task -> {
                        taken.add(task);
                        scene.loop.execute(task);
                    },
                    thrown,
                    0);
            UserAgent alice = scene.sender(options -> options.callbackExecutor(executor));
            taken.clear();
            executor.failures = 1;
            allEnd(scene, alice);
            assertThat(taken).hasSizeGreaterThan(MESSAGES);
            assertThat(log.records()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("throwables")
    @DisplayName("G1 an executor that throws for good: listeners run on the loop, and one line of the log says so")
    void throwsForGood(Supplier<Throwable> thrown) {
        try (Scene scene = new Scene();
                LogTrap log = new LogTrap("io.websip.agent")) {
            UserAgent alice = scene.agent(
                    "alice",
                    options -> options.register(false)
                            .callbackExecutor(new Failing(scene.loop, thrown, Integer.MAX_VALUE)));
            alice.start().join();
            allEnd(scene, alice);
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    @DisplayName("G3 an executor that throws after it has run the task, or taken it: each event comes once, in order")
    void throwsAfterwards() {
        for (boolean later : new boolean[] {false, true}) {
            try (Scene scene = new Scene();
                    LogTrap log = new LogTrap("io.websip.agent")) {
                Executor inner = later ? scene.loop : Runnable::run;
                assertOneSequence(scene, task -> {
                    inner.execute(task);
                    throw new IllegalStateException("after it was taken");
                });
                assertThat(log.records()).hasSize(1);
            }
        }
    }

    @Test
    @DisplayName("G3 an executor that runs each task twice: each event comes once, in order")
    void runsTwice() {
        try (Scene scene = new Scene()) {
            assertOneSequence(scene, task -> {
                scene.loop.execute(task);
                scene.loop.execute(task);
            });
        }
        try (Scene scene = new Scene()) {
            assertOneSequence(scene, task -> {
                task.run();
                task.run();
            });
        }
    }

    @Test
    @DisplayName("G3 an executor that runs the newest task first")
    void newestFirst() {
        try (Scene scene = new Scene()) {
            Deque<Runnable> stack = new ArrayDeque<>();
            assertOneSequence(scene, task -> {
                stack.push(task);
                scene.loop.execute(() -> stack.pop().run());
            });
        }
    }

    private static void assertOneSequence(Scene scene, Executor executor) {
        UserAgent alice = scene.sender(options -> options.callbackExecutor(executor));
        scene.server.dispatcher(request -> Answer.status(200));
        for (int i = 0; i < 3; i++) {
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.run();
            assertThat(scene.tape.entries())
                    .containsExactly(
                            "newMessage LOCAL", "sending LOCAL", "wire MESSAGE", "succeeded REMOTE 200", "future 200");
            scene.tape.clear();
        }
    }

    @Test
    @DisplayName("G10 an executor that runs the task at once fills no stack, however many callbacks there are")
    void inline() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent(
                    "alice", options -> options.register(false).callbackExecutor(Runnable::run));
            int[] depth = {0};
            int[] sent = {0};
            alice.addListener(UserAgentListener.incoming(message -> {}));
            alice.start().join();
            scene.server.dispatcher(request -> Answer.status(200));
            for (int i = 0; i < 5_000; i++) {
                alice.sendMessage("user" + i, "Hello").whenComplete((response, failure) -> {
                    sent[0]++;
                    depth[0] = Math.max(depth[0], new Throwable().getStackTrace().length);
                });
            }
            scene.run();
            assertThat(sent[0]).isEqualTo(5_000);
            assertThat(depth[0]).isLessThan(200);
        }
    }

    @Test
    @DisplayName("an executor that was shut down and has dropped what it had: stop() completes all the same")
    void shutDown() {
        try (Scene scene = new Scene();
                LogTrap log = new LogTrap("io.websip.agent")) {
            boolean[] dropping = {false};
            boolean[] down = {false};
            UserAgent alice = scene.agent(
                    "alice",
                    options -> options.register(false).callbackExecutor(task -> {
                        if (down[0]) {
                            throw new RejectedExecutionException("shut down");
                        } else if (!dropping[0]) {
                            scene.loop.execute(task);
                        }
                    }));
            alice.start().join();
            dropping[0] = true;
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "Hello");
            scene.run();
            down[0] = true;
            CompletableFuture<Void> stopped = alice.stop();
            scene.seconds(60);
            assertThat(sent).isDone();
            assertThat(stopped).isCompleted();
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    @DisplayName("an executor that runs nothing keeps what it owes: outcomes and stop() come once it runs")
    void never() {
        Deque<Runnable> taken = new ArrayDeque<>();
        try (Scene scene = new Scene()) {
            UserAgent alice =
                    scene.agent("alice", options -> options.register(false).callbackExecutor(taken::add));
            alice.start();
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "Hello");
            CompletableFuture<Void> stopped = alice.stop();
            scene.seconds(600);
            assertThat(sent).isNotDone();
            assertThat(stopped).isNotDone();
            while (!taken.isEmpty()) {
                taken.remove().run();
                scene.run();
            }
            assertThat(sent).isCompletedExceptionally();
            assertThat(stopped).isCompleted();
        }
    }

    @Test
    @DisplayName(
            "a handler's Error of which no text can be made changes nothing: the future completes, nothing is pending")
    void unshowableError() {
        try (Scene scene = new Scene();
                BrokenLog log = BrokenLog.writing("io.websip")) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(200));
            scene.server.enqueue(Answer.status(486));
            CompletableFuture<SipResponse> good = new Message(alice)
                    .onSending(e -> {
                        throw new Unshowable();
                    })
                    .onSucceeded(e -> {
                        throw new Unshowable();
                    })
                    .send("bob", "Hello");
            CompletableFuture<SipResponse> bad = new Message(alice)
                    .onFailed(e -> {
                        throw new Unshowable();
                    })
                    .send("bob", "Hello");
            scene.run();
            assertThat(good).isCompleted();
            assertThat(bad).isCompletedExceptionally();
            assertThat(alice.metrics().pending()).isZero();
            assertThat(alice.metrics().listenerExceptions()).isEqualTo(3);
            assertThat(log.tried()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    @DisplayName("a log handler that throws at each record: the agent starts, sends, receives and stops as ever")
    void brokenLog() {
        try (Scene scene = new Scene();
                BrokenLog log = BrokenLog.throwing("io.websip")) {
            UserAgent alice = scene.agent("alice", options -> {});
            UserAgent bob = scene.agent("bob", options -> {});
            CompletableFuture<Void> started = alice.start();
            bob.start();
            scene.run();
            assertThat(started).isCompleted();
            assertThat(alice.sendMessage("bob", "Hello").join().status()).isEqualTo(200);
            scene.connection().abort();
            scene.seconds(120);
            assertThat(alice.sendMessage("bob", "Hello").join().status()).isEqualTo(200);
            CompletableFuture<Void> stopped = alice.stop();
            scene.seconds(60);
            assertThat(stopped).isCompleted();
            assertThat(log.tried()).isGreaterThan(10);
            assertThat(bob.metrics().received()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("the traps of this test throw")
    void traps() {
        assertThatThrownBy(() -> new Failing(Runnable::run, () -> new Exception("checked"), 1).execute(() -> {}))
                .hasMessage("checked");
        assertThatThrownBy(() -> String.valueOf(new Unshowable())).hasMessage("toString");
    }
}
