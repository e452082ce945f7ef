package io.websip;

import io.websip.Counters.Count;
import io.websip.config.UserAgentConfig;
import io.websip.internal.agent.AgentEngine;
import io.websip.internal.agent.AgentObserver;
import io.websip.internal.auth.Authenticator;
import io.websip.internal.log.GuardedLogger;
import io.websip.internal.messaging.IncomingRequest;
import io.websip.internal.registration.BindingEnd;
import io.websip.internal.registration.Grant;
import io.websip.internal.transaction.Outcome;
import io.websip.loop.EventLoop;
import io.websip.sip.Discard;
import io.websip.sip.NameAddress;
import io.websip.sip.SipResponse;
import io.websip.text.Visible;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A user agent from one start to the stop that follows: its loop, its engine and its callback lane, and the way between
 * them. What the engine tells becomes events on the lane.
 */
final class AgentSession implements AgentObserver {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.agent");

    /** What a message takes in memory besides its octets: what is known of it, of its transaction and of its answer. */
    static final int MESSAGE_OVERHEAD = 2_048;

    /** For the first session of an agent. */
    static final CompletableFuture<Void> NONE_BEFORE = CompletableFuture.completedFuture(null);

    private final List<UserAgentListener> listeners;
    private final Counters counters;
    private final EventLoop loop;
    private final CallbackLane lane;
    private final AgentEngine engine;
    private volatile boolean register; // before the agent is ready
    private final int maxPending;
    private final int maxIncoming;
    private final long maxPendingBytes;
    private final long maxIncomingBytes;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger incomingWaiting = new AtomicInteger();
    private final AgentFuture<Void> ready;
    private final AgentFuture<Void> stopped;
    private volatile CompletableFuture<Void> previous = NONE_BEFORE; // its end; set by start
    private volatile boolean stopping;
    private boolean everConnected; // confined to the loop
    private volatile boolean connected;
    private volatile @Nullable Binding binding; // null while there is none

    /** @param listeners a list that may change at any time and is safe to walk */
    AgentSession(
            UserAgentConfig config,
            String instance,
            Transport transport,
            RandomGenerator random,
            Authenticator authenticator,
            List<UserAgentListener> listeners,
            Counters counters) {
        this.listeners = listeners;
        this.counters = counters;
        this.loop = transport.newEventLoop();
        this.lane = new CallbackLane(config.callbackExecutor().orElseGet(loop::callbackExecutor));
        this.register = config.register();
        this.maxPending = config.maxPendingMessages();
        this.maxIncoming = config.maxIncomingQueue();
        this.maxPendingBytes = config.maxPendingBytes();
        this.maxIncomingBytes = config.maxIncomingBytes();
        this.ready = new AgentFuture<>(loop, lane);
        this.stopped = new AgentFuture<>(loop, lane);
        WireWatch wire = new WireWatch(loop, counters, config.wireTrace().orElse(null));
        this.engine = new AgentEngine(config, instance, transport, loop, random, authenticator, this, wire);
    }

    // ----------------------------------------------------------------------------- from the program to the engine

    /** @param before completes when the session before this one is over; until then messages wait */
    CompletableFuture<Void> start(CompletableFuture<Void> before) {
        previous = before;
        if (before.isDone()) {
            loop.execute(engine::start);
        } else {
            before.whenComplete((over, failure) -> {
                if (!stopping) {
                    onLoop(engine::start);
                }
            });
        }
        return ready();
    }

    CompletableFuture<Void> stop() {
        stopping = true;
        try {
            loop.execute(() -> {
                lane.urge();
                engine.stop(this::engineStopped);
            });
        } catch (RejectedExecutionException e) {
            engineStopped(); // the transport was closed first, and the loop with it
        }
        return stopped();
    }

    CompletableFuture<Void> ready() {
        return ready.copy();
    }

    CompletableFuture<Void> stopped() {
        return stopped.copy();
    }

    /** The session before this one may be stopping still, and nothing of it comes after the end of this one. */
    private void engineStopped() {
        previous.whenComplete((over, failure) -> onLane(() -> {
            ready.completeExceptionally(new NotReadyException("the agent was stopped"));
            stopped.complete(null);
        }));
        loop.close();
    }

    boolean isConnected() {
        return connected;
    }

    Optional<Binding> binding() {
        return Optional.ofNullable(binding);
    }

    CompletableFuture<SipResponse> register() {
        return request(engine::register, () -> binding != null, "registration"); // a 200 may list other contacts only
    }

    CompletableFuture<SipResponse> unregister() {
        awaitNoRegistration();
        return request(engine::unregister, () -> true, "unregistration");
    }

    CompletableFuture<List<NameAddress>> fetchBindings() {
        return request(engine::fetchBindings, () -> true, "fetching the bindings", SipResponse::contacts);
    }

    CompletableFuture<SipResponse> unregisterAll() {
        awaitNoRegistration();
        return request(engine::unregisterAll, () -> true, "unregistration of all contacts");
    }

    /** Who waits for the start waits for the connection alone from now on. */
    private void awaitNoRegistration() {
        register = false;
        if (connected) {
            onLane(() -> ready.complete(null));
        }
    }

    private CompletableFuture<SipResponse> request(
            Consumer<Consumer<Outcome>> operation, BooleanSupplier achieved, String what) {
        return request(operation, achieved, what, response -> response);
    }

    /** By a task of its own, since the call may come from within what the engine is telling. */
    private <T> CompletableFuture<T> request(
            Consumer<Consumer<Outcome>> operation,
            BooleanSupplier achieved,
            String what,
            Function<SipResponse, T> value) {
        AgentFuture<T> future = newFuture();
        boolean taken = later(() -> operation.accept(outcome -> {
            if (outcome instanceof Outcome.Answered answered
                    && answered.response().isSuccess()
                    && achieved.getAsBoolean()) {
                onLane(() -> future.complete(value.apply(answered.response())));
            } else {
                onLane(() -> future.completeExceptionally(registrationFailure(what, outcome)));
            }
        }));
        if (!taken) {
            future.completeExceptionally(registrationFailure(what, new Outcome.ConnectionLost()));
        }
        return future;
    }

    private static RegistrationFailedException registrationFailure(String what, Outcome outcome) {
        Optional<SipResponse> response = Outcomes.response(outcome);
        String answer = response.map(r -> " (" + r.status() + " " + Visible.line(r.reason()) + ")")
                .orElse("");
        Cause cause = Outcomes.cause(outcome);
        String detail = outcome.detail().isEmpty() ? "" : ": " + outcome.detail();
        return new RegistrationFailedException(
                what + " failed: " + cause.text() + answer + detail, cause, response, outcome.cause());
    }

    /** Takes one more message without outcome. */
    CompletableFuture<SipResponse> submit(Submission submission) {
        if (pending.incrementAndGet() > maxPending) {
            pending.decrementAndGet();
            throw new NotReadyException(maxPending + " messages are pending, which is the limit (maxPendingMessages)");
        }
        if (!counters.hold(Count.PENDING_BYTES, submission.bytes(), maxPendingBytes)) {
            pending.decrementAndGet();
            throw new NotReadyException("the pending messages and this one would take more than " + maxPendingBytes
                    + " bytes of memory, which is the limit (maxPendingBytes)");
        }
        counters.increment(Count.PENDING);
        counters.increment(Count.SENT);
        try {
            loop.execute(() -> engine.send(submission));
        } catch (RejectedExecutionException e) {
            pending.decrementAndGet();
            counters.release(Count.PENDING_BYTES, submission.bytes());
            counters.decrement(Count.PENDING);
            counters.decrement(Count.SENT);
            throw new NotReadyException("the agent is stopped");
        }
        return submission.future();
    }

    /**
     * @param cause why it failed; null if it did not
     * @param bytes what it took
     */
    void submissionEnded(@Nullable Cause cause, long bytes) {
        pending.decrementAndGet();
        counters.release(Count.PENDING_BYTES, bytes);
        counters.decrement(Count.PENDING);
        if (cause == null) {
            counters.increment(Count.SUCCEEDED);
        } else {
            counters.failed(cause);
        }
    }

    /** An incoming message needs its memory no more. */
    void released(int bytes) {
        counters.release(Count.INCOMING_BYTES, bytes);
    }

    /**
     * Counts a response in that is to wait for the listeners.
     *
     * @return whether there is room for it; then {@link #responseHeard} is to follow
     */
    boolean hasRoomFor(SipResponse response) {
        return counters.hold(Count.RESPONSE_BYTES, response.length(), maxIncomingBytes);
    }

    /** The listeners have had the response. */
    void responseHeard(SipResponse response) {
        counters.release(Count.RESPONSE_BYTES, response.length());
    }

    int transactionsAlive() {
        return engine.transactionsAlive();
    }

    int held() {
        return engine.held();
    }

    /** Runs foreign code; what it throws is logged and counted. */
    boolean guarded(Runnable listener) {
        return counters.guarded(listener);
    }

    /** How long the request of a message would be, in bytes; see {@link AgentEngine#lengthOf}. */
    int lengthOf(Submission submission, UserAgentConfig config) {
        return AgentEngine.lengthOf(submission, config, loop);
    }

    <T> AgentFuture<T> newFuture() {
        return new AgentFuture<>(loop, lane);
    }

    /**
     * Runs the task on the loop, now if this is the loop.
     *
     * @return false, and the task never runs, if the agent is stopped
     */
    boolean onLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
            return true;
        }
        return later(task);
    }

    private boolean later(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "a call came after the agent was stopped", e);
            return false;
        }
    }

    // -------------------------------------------------------------------------- from the engine to the listeners

    void onLane(Runnable task) {
        lane.execute(task);
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    void fireNewMessage(NewMessage event) {
        tellAll(listener -> listener.onNewMessage(event));
    }

    /** @return how many listeners threw */
    private int tellAll(Consumer<UserAgentListener> event) {
        int threw = 0;
        for (UserAgentListener listener : listeners) {
            threw += guarded(() -> event.accept(listener)) ? 0 : 1;
        }
        return threw;
    }

    @Override
    public void connected(ServerAddress server) {
        counters.increment(Count.CONNECTS);
        if (everConnected) {
            counters.increment(Count.RECONNECTS);
        }
        everConnected = true;
        connected = true;
        UserAgentEvent.Connected event = new UserAgentEvent.Connected(server);
        onLane(() -> {
            tellAll(listener -> listener.onConnected(event));
            if (!register) {
                ready.complete(null);
            }
        });
    }

    @Override
    public void disconnected(ServerAddress server, Closure why, @Nullable Duration retryIn) {
        if (!connected) {
            counters.increment(Count.FAILED_CONNECTS);
        }
        connected = false;
        UserAgentEvent.Disconnected event = new UserAgentEvent.Disconnected(server, why, Optional.ofNullable(retryIn));
        onLane(() -> {
            tellAll(listener -> listener.onDisconnected(event));
            if (retryIn == null || !retryIn.isZero()) { // else another server is tried at once
                ready.completeExceptionally(new NotReadyException("no connection to " + server + ": " + why));
            }
        });
    }

    @Override
    public void registered(Grant grant, boolean first) {
        Binding now = Binding.of(grant);
        binding = now;
        if (first) {
            UserAgentEvent.Registered event = new UserAgentEvent.Registered(grant.response(), now);
            onLane(() -> {
                tellAll(listener -> listener.onRegistered(event));
                ready.complete(null);
            });
        }
    }

    @Override
    public void registrationExpiring(Duration left) {
        UserAgentEvent.RegistrationExpiring event = new UserAgentEvent.RegistrationExpiring(left);
        onLane(() -> tellAll(listener -> listener.onRegistrationExpiring(event)));
    }

    @Override
    public void unregistered(BindingEnd end, @Nullable Outcome why) {
        binding = null;
        Optional<SipResponse> response = why == null ? Optional.empty() : Outcomes.response(why);
        Optional<Cause> cause = switch (end) {
            case ASKED -> Optional.empty();
            case CONNECTION_LOST -> Optional.of(Cause.CONNECTION_ERROR);
            case LAPSED, REFUSED -> Optional.of(why == null ? Cause.EXPIRED : Outcomes.cause(why));
        };
        UserAgentEvent.Unregistered event = new UserAgentEvent.Unregistered(response, cause);
        onLane(() -> tellAll(listener -> listener.onUnregistered(event)));
    }

    @Override
    public void registrationFailed(Outcome why, @Nullable Duration retryIn) {
        UserAgentEvent.RegistrationFailed event = new UserAgentEvent.RegistrationFailed(
                Outcomes.cause(why), Outcomes.response(why), Optional.ofNullable(retryIn), why.detail());
        onLane(() -> {
            tellAll(listener -> listener.onRegistrationFailed(event));
            if (retryIn == null || !retryIn.isZero()) { // else another server is tried at once
                ready.completeExceptionally(registrationFailure("registration", why));
            }
        });
    }

    @Override
    public void registerSent() {
        counters.increment(Count.REGISTERS_SENT);
    }

    @Override
    public void registerFailed() {
        counters.increment(Count.REGISTERS_FAILED);
    }

    @Override
    public void discarded(Discard kind, String why) {
        counters.discarded(kind);
    }

    @Override
    public boolean incoming(IncomingRequest request) {
        if (incomingWaiting.incrementAndGet() > maxIncoming) {
            incomingWaiting.decrementAndGet();
            return false;
        }
        int bytes = request.request().length() + MESSAGE_OVERHEAD;
        if (!counters.hold(Count.INCOMING_BYTES, bytes, maxIncomingBytes)) {
            incomingWaiting.decrementAndGet();
            return false;
        }
        counters.increment(Count.RECEIVED);
        IncomingMessage message = new IncomingMessage(this, request, bytes, loop.now(), engine.registrarTime());
        onLane(() -> {
            incomingWaiting.decrementAndGet();
            int asked = 0;
            int threw = 0;
            try {
                NewMessage.Incoming event = new NewMessage.Incoming(message);
                for (UserAgentListener listener : listeners) {
                    asked++;
                    threw += guarded(() -> listener.onNewMessage(event)) ? 0 : 1;
                }
            } finally {
                message.afterListeners(asked, threw > 0);
            }
        });
        return true;
    }
}
