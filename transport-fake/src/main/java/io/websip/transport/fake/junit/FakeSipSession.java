package io.websip.transport.fake.junit;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.PendingTask;
import io.websip.transport.fake.VirtualEventLoop;
import io.websip.transport.fake.sip.FakeSipServer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What one test has of a {@link FakeSip}. Not thread-safe. */
final class FakeSipSession {
    private static final long SEED = 3_428;
    private static final int MAX_FRAMES_UNDER_WAY = 10_000;

    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final FakeTransport transport = new FakeTransport(new FakeNetwork(loop));
    private final FakeSipServer server;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, UserAgent> agents = new HashMap<>();
    private final Map<String, List<IncomingMessage>> inboxes = new HashMap<>();
    private final Deque<AutoCloseable> closeables = new ArrayDeque<>(); // last first

    FakeSipSession(String url, Consumer<FakeSipServerBuilder> options) {
        FakeSipServerBuilder builder = FakeSipServer.on(transport.network(), url);
        options.accept(builder);
        this.server = builder.start();
    }

    FakeTransport transport() {
        return transport;
    }

    FakeSipServer server() {
        return server;
    }

    RandomGenerator newRandom() {
        return random.split();
    }

    Map<String, UserAgent> agents() {
        return agents;
    }

    List<IncomingMessage> inbox(String user, UserAgent agent) {
        return inboxes.computeIfAbsent(user, u -> {
            List<IncomingMessage> inbox = new ArrayList<>();
            agent.addListener(UserAgentListener.incoming(inbox::add));
            return Collections.unmodifiableList(inbox);
        });
    }

    void closeAfterTest(AutoCloseable closeable) {
        closeables.push(closeable);
    }

    /** Closes and checks all, whatever fails of it, and throws the first failure with the others suppressed in it. */
    void end(boolean connectionsAllowed, boolean pendingTasksAllowed) {
        List<Throwable> failures = new ArrayList<>();
        closeables.forEach(closeable -> attempt(failures, closeable::close));
        attempt(failures, this::letFramesArrive);
        if (!connectionsAllowed) {
            attempt(failures, transport.network()::assertNoConnections);
        }
        if (!pendingTasksAllowed) {
            attempt(failures, loop::assertQuiet);
        }
        if (!failures.isEmpty()) {
            AssertionError error =
                    new AssertionError("after the test: " + failures.get(0).getMessage(), failures.get(0));
            failures.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void attempt(List<Throwable> failures, Step step) {
        try {
            step.run();
        } catch (Exception | AssertionError e) {
            failures.add(e);
        }
    }

    /** A network with latency still carries what the agents said last, which is nothing that they have left behind. */
    private void letFramesArrive() {
        loop.runReady();
        for (int i = 0; i < MAX_FRAMES_UNDER_WAY; i++) {
            List<PendingTask> pending = loop.pending();
            if (pending.isEmpty() || !pending.get(0).loop().equals(FakeNetwork.LOOP_NAME)) {
                return;
            }
            loop.advanceBy(pending.get(0).in());
        }
    }
}
