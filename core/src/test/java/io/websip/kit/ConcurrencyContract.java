package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at one connection, and many connections at one loop. */
public abstract class ConcurrencyContract extends TransportContract {
    private static final int THREADS = 64;
    private static final int SENDS = 1_000;

    /** On a busy machine one of many threads that want the same may have to wait long; that all stand still, the peer sees. */
    private static final Duration TURN = Duration.ofSeconds(60);

    @Test
    @Timeout(120)
    void sendsOf64ThreadsArriveWholeAndInEachThreadsOrder() throws InterruptedException {
        Session session = open();
        List<Thread> senders = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int id = t;
            senders.add(start(() -> {
                for (int i = 0; i < SENDS; i++) {
                    sendAtLast(session.connection(), "thread " + id + " message " + i + " " + "x".repeat(i % 50));
                }
            }));
        }
        int[] next = new int[THREADS];
        for (int n = 0; n < THREADS * SENDS; n++) {
            String[] words = session.peer().read(Frame.TEXT).asText().split(" ", -1);
            int id = Integer.parseInt(words[1]);
            int i = Integer.parseInt(words[3]);
            assertThat(i).as("next of thread %d", id).isEqualTo(next[id]);
            assertThat(words[4]).hasSize(i % 50);
            next[id]++;
        }
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(next).containsOnly(SENDS);
    }

    @Test
    void sendsOnTheLoopAndBesideItKeepTheOrderInWhichTheyWereMade() {
        Session session = open();
        AtomicInteger turn = new AtomicInteger();
        int rounds = 500;
        Thread beside = start(() -> {
            for (int i = 0; i < rounds; i += 2) {
                awaitTurn(turn, i);
                sendAtLast(session.connection(), "m" + i);
                turn.incrementAndGet();
            }
        });
        session.loop().execute(() -> {
            for (int i = 1; i < rounds; i += 2) {
                awaitTurn(turn, i);
                assertThat(session.connection().send(bytes("m" + i))).isTrue();
                turn.incrementAndGet();
            }
        });
        for (int i = 0; i < rounds; i++) {
            assertThat(session.peer().read(Frame.TEXT).asText()).isEqualTo("m" + i);
        }
        assertThat(beside.isDaemon()).isTrue();
    }

    @Test
    void anEchoFromWithinTheListenerKeepsTheOrder() {
        Session session = open();
        session.listener()
                .whenMessage(message -> sendAtLast(session.connection(), new String(message, StandardCharsets.UTF_8)));
        Frame[] frames = new Frame[2_000];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = Frame.text("m" + i);
        }
        session.peer().send(frames);
        for (Frame frame : frames) {
            assertThat(session.peer().read()).isEqualTo(frame);
        }
    }

    @Test
    void connectionsOnOneLoopNeverCallAtTheSameTime() throws InterruptedException {
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        PeerServer server = server();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        List<Session> sessions = new ArrayList<>();
        for (int c = 0; c < 8; c++) {
            Session session = open(transport, loop, server);
            session.listener().whenMessage(message -> {
                if (inside.getAndIncrement() != 0) {
                    overlaps.incrementAndGet();
                }
                Thread.yield();
                inside.decrementAndGet();
            });
            sessions.add(session);
        }
        List<Thread> peers = new ArrayList<>();
        for (Session session : sessions) {
            peers.add(start(() -> {
                for (int i = 0; i < 200; i++) {
                    session.peer().send(Frame.text("m" + i));
                }
            }));
        }
        for (Session session : sessions) {
            session.listener().awaitMessages(200);
        }
        for (Thread peer : peers) {
            peer.join();
        }
        assertThat(overlaps).hasValue(0);
    }

    @Test
    void aCloseByManyThreadsIsToldOnce() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            Session session = open();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> closers = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int code = 4000 + t;
                closers.add(start(() -> {
                    awaitLatch(go);
                    session.connection().send(bytes("x"));
                    session.connection().close(code, "");
                }));
            }
            go.countDown();
            int code = session.peer().readClose().closeCode();
            session.peer().send(Frame.close(code, ""));
            for (Thread closer : closers) {
                closer.join();
            }
            assertThat(session.listener().awaitClosed()).isEqualTo(new Closure.Closed(code, ""));
        }
    }

    @Test
    void closeAndAbortRacingWithThePeersEndAreToldOnce() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            Session session = open();
            CountDownLatch go = new CountDownLatch(1);
            Thread closer = start(() -> {
                awaitLatch(go);
                session.connection().close(1000, "");
                session.connection().abort();
            });
            go.countDown();
            session.peer().reset();
            closer.join();
            session.listener().awaitClosed();
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "kit");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Sends again where the cap is reached, which a sender faster than the socket will meet. */
    private static void sendAtLast(Connection connection, String text) {
        Await.until("a send that is accepted", TURN, () -> connection.send(bytes(text)));
    }

    private static void awaitTurn(AtomicInteger turn, int mine) {
        Await.until("turn " + mine, () -> turn.get() == mine);
    }

    private static void awaitLatch(CountDownLatch latch) {
        Await.until("the start", () -> latch.getCount() == 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
