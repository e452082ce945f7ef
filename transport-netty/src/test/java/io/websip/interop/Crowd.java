package io.websip.interop;

import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.UserAgentMetrics;
import io.websip.config.MessageOptions;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.kit.Await;
import io.websip.sip.SipResponse;
import io.websip.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Many agents, load0 and so on, who write; counts what becomes of it, and who was away for how long. */
final class Crowd implements AutoCloseable {
    private static final AtomicInteger NEXT_USER = new AtomicInteger();

    /** So many may register at once, each with a challenge. */
    private static final int STARTING = 50;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Member> members = new ArrayList<>();
    private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();
    private final List<String> delivered = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Duration> gaps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ended = new AtomicInteger();

    Crowd(int size, Transport transport, Consumer<UserAgentConfigBuilder> settings) {
        for (int i = 0; i < size; i++) {
            members.add(new Member("load" + NEXT_USER.getAndIncrement() % 10_000, transport, settings));
        }
    }

    /** All, a few at a time; returns when they are registered. Whom a busy server has let down tries again by itself. */
    void start() {
        Semaphore places = new Semaphore(STARTING);
        for (Member member : members) {
            places.acquireUninterruptibly();
            member.agent.start().whenComplete((nothing, failure) -> places.release());
        }
        Await.until(
                "all to be registered",
                PATIENCE,
                () -> members.stream().allMatch(member -> member.agent.isRegistered()));
    }

    List<String> names() {
        return members.stream().map(member -> member.user).toList();
    }

    /** How many are registered at that server. */
    int at(Kamailio server) {
        return (int) members.stream()
                .filter(member -> member.agent.isRegistered() && server.hasPort(member.port))
                .count();
    }

    /** Waits until each node has heard from the other of those who have registered last, there and here. */
    void awaitKnownTo(List<Kamailio> nodes) {
        for (Kamailio node : nodes) {
            Member last = members.stream()
                    .filter(member -> !node.hasPort(member.port))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            Member asking = members.stream()
                    .filter(member -> node.hasPort(member.port))
                    .findFirst()
                    .orElseThrow();
            Await.until(
                    last.user + " to be known",
                    PATIENCE,
                    () -> Account.status(asking.agent.sendMessage(last.user, "known?")) == 200);
        }
        forget();
    }

    /** Forgets what was received, and who was without a server before. */
    void forget() {
        received.clear();
        gaps.clear();
    }

    /** Each writes so many to one other, one after another; returns when all have an outcome. */
    void write(int each, IntUnaryOperator to, MessageOptions options) {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            done.add(members.get(i).write(each, members.get(to.applyAsInt(i)).user, options));
        }
        done.forEach(CompletableFuture::join);
    }

    /** As {@link #write}, to these in turn, without waiting for it. */
    void writeInTheBackground(int each, List<String> to, MessageOptions options) {
        for (int i = 0; i < members.size(); i++) {
            members.get(i).write(each, to.get(i % to.size()), options);
        }
    }

    /** How many messages have an outcome. */
    int ended() {
        return ended.get();
    }

    /** How many ended with which status, or cause where there was none. */
    Map<String, Integer> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** The bodies that were answered 200. */
    List<String> delivered() {
        return List.copyOf(delivered);
    }

    /** The bodies that came to any of them. */
    List<String> received() {
        return List.copyOf(received);
    }

    /** How many were registered anew in each slice of the time after they had lost their server; the last takes all later ones. */
    List<Integer> comingsBack(Duration time, int slices) {
        List<Integer> counts = new ArrayList<>(Collections.nCopies(slices, 0));
        for (Duration gap : gaps) {
            int slice = (int) Math.min(slices - 1, gap.toNanos() * slices / time.toNanos());
            counts.set(slice, counts.get(slice) + 1);
        }
        return counts;
    }

    Duration longestGap() {
        return gaps.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    Duration medianGap() {
        return gaps.stream().sorted().skip(gaps.size() / 2).findFirst().orElse(Duration.ZERO);
    }

    /** Where each agent is, and which messages have no outcome, in which state: the reason why a wait was in vain. */
    String state(List<Kamailio> nodes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < nodes.size(); i++) {
            text.append(at(nodes.get(i)))
                    .append(" agents are registered at node ")
                    .append(i)
                    .append('\n');
        }
        for (Member member : members) {
            UserAgentMetrics metrics = member.agent.metrics();
            if (metrics.pending() > 0 || !member.agent.isRegistered()) {
                text.append(member.user)
                        .append(member.agent.isRegistered() ? ": registered" : ": NOT registered")
                        .append(member.agent.isConnected() ? ", connected" : ", NOT connected")
                        .append(", port ")
                        .append(member.port)
                        .append(", pending ")
                        .append(metrics.pending())
                        .append(", held ")
                        .append(metrics.held())
                        .append(", transactions ")
                        .append(metrics.transactions())
                        .append(", failed connects ")
                        .append(metrics.failedConnects())
                        .append(", without outcome: ")
                        .append(member.inFlight)
                        .append(" since ")
                        .append((System.nanoTime() - member.inFlightSince) / 1_000_000)
                        .append(" ms, last event: ")
                        .append(member.lastEvent)
                        .append('\n');
            }
        }
        return text.append("outcomes: ").append(outcomes()).append('\n').toString();
    }

    @Override
    public void close() {
        members.stream().map(member -> member.agent.stop()).toList().forEach(CompletableFuture::join);
    }

    private final class Member implements UserAgentListener {
        private final String user;
        private final UserAgent agent;
        private volatile int port;
        private volatile long lostAt;
        private volatile boolean lost;
        private volatile String inFlight = "nothing";
        private volatile long inFlightSince = System.nanoTime();
        private volatile String lastEvent = "none";

        Member(String user, Transport transport, Consumer<UserAgentConfigBuilder> settings) {
            this.user = user;
            UserAgentConfigBuilder builder = UserAgentConfig.builder()
                    .uri("sip:" + user + "@example.com")
                    .password(Account.password(user));
            settings.accept(builder);
            agent = UserAgent.create(builder.build(), transport);
            agent.addListener(this);
            agent.addListener(UserAgentListener.incoming(message -> received.add(message.text())));
        }

        CompletableFuture<Void> write(int count, String to, MessageOptions options) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            next(0, count, to, options, done);
            return done;
        }

        private void next(int index, int count, String to, MessageOptions options, CompletableFuture<Void> done) {
            if (index == count) {
                inFlight = "nothing";
                done.complete(null);
                return;
            }
            String body = user + " " + index;
            inFlightSince = System.nanoTime();
            inFlight = "'" + body + "' to " + to;
            agent.sendMessage(to, body, "text/plain", options).whenComplete((response, failure) -> {
                outcomes.merge(outcome(response, failure), 1, Integer::sum);
                if (response != null) {
                    delivered.add(body);
                }
                ended.incrementAndGet();
                next(index + 1, count, to, options, done);
            });
        }

        private String outcome(@Nullable SipResponse response, @Nullable Throwable failure) {
            if (response != null) {
                return Integer.toString(response.status());
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof MessageFailedException failed
                    ? failed.response()
                            .map(r -> Integer.toString(r.status()))
                            .orElse(failed.cause().toString())
                    : String.valueOf(cause);
        }

        @Override
        public void onConnected(UserAgentEvent.Connected event) {
            port = event.server().port();
            lastEvent = event.toString();
        }

        @Override
        public void onDisconnected(UserAgentEvent.Disconnected event) {
            lastEvent = event.toString();
            if (!lost) {
                lostAt = System.nanoTime();
                lost = true;
            }
        }

        @Override
        public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
            lastEvent = event.toString();
        }

        @Override
        public void onRegistered(UserAgentEvent.Registered event) {
            lastEvent = "registered";
            if (lost) {
                gaps.add(Duration.ofNanos(System.nanoTime() - lostAt));
                lost = false;
            }
        }
    }
}
