package io.websip.internal.agent;

import io.websip.config.UserAgentConfig;
import io.websip.internal.auth.Authenticator;
import io.websip.internal.connection.Link;
import io.websip.internal.connection.LinkListener;
import io.websip.internal.connection.OpenFlow;
import io.websip.internal.connection.WireTap;
import io.websip.internal.messaging.Inbox;
import io.websip.internal.messaging.Outbox;
import io.websip.internal.messaging.OutgoingMessage;
import io.websip.internal.messaging.OwnAddresses;
import io.websip.internal.registration.BindingEnd;
import io.websip.internal.registration.Grant;
import io.websip.internal.registration.RegistrationHandover;
import io.websip.internal.registration.RegistrationListener;
import io.websip.internal.registration.ServerFailure;
import io.websip.internal.request.ClockOffset;
import io.websip.internal.request.Exchanges;
import io.websip.internal.request.Reasons;
import io.websip.internal.request.RequestFactory;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.ServerTransaction;
import io.websip.internal.transaction.Tokens;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.loop.EventLoop;
import io.websip.sip.Discard;
import io.websip.sip.SipRequest;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One user agent from its start to its stop: ties the connection, the registration, what is sent and what is received
 * together. Confined to the loop; reads no clock, makes no thread and takes no randomness but from what it is given.
 */
public final class AgentEngine {
    private static final Closure BETTER_SERVER = new Closure.Closed(1000, "a better server answers again");

    private final UserAgentConfig config;
    private final EventLoop loop;
    private final AgentLog observer;
    private final RequestFactory requests;
    private final Link link;
    private final Outbox outbox;
    private final Inbox inbox;
    private final RegistrationHandover registrations;
    private final OwnAddresses own;
    private final ClockOffset clock;
    private boolean stopping;
    private boolean registerWanted;
    private @Nullable Outcome notRegistered; // how the last REGISTER failed, where the agent is not registered
    private boolean flowFailed; // and the agent has not registered anew since
    private EventLoop.@Nullable Timer stopTimer;
    private volatile @Nullable TransactionLayer transactions; // of the open connection, for other threads

    /** An engine that does nothing before {@link #start}. */
    public AgentEngine(
            UserAgentConfig config,
            String instance,
            Transport transport,
            EventLoop agentLoop,
            RandomGenerator random,
            Authenticator authenticator,
            AgentObserver observer,
            WireTap tap) {
        this.config = config;
        this.registerWanted = config.register();
        this.loop = new ClosableLoop(agentLoop);
        this.observer = new AgentLog(config, loop, observer);
        Tokens tokens = new Tokens(random);
        this.clock = new ClockOffset(loop);
        RequestFactory requests = new RequestFactory(config, instance, clock, tokens);
        Exchanges exchanges = new Exchanges(loop, requests, authenticator);
        this.requests = requests;
        this.link =
                new Link(transport, agentLoop, loop, config, requests.sentBy(), tokens, random, new LinkEvents(), tap);
        this.registrations = new RegistrationHandover(
                loop, random, link, requests, exchanges, tokens, config, instance, observer, new RegistrationEvents());
        this.outbox = new Outbox(loop, link, requests, exchanges, config, new RegistrationGate());
        this.own = new OwnAddresses(config.uri(), requests.contact());
        this.inbox = new Inbox(config, loop, tokens, own, this.observer::incoming);
    }

    /** How many transactions live on the open connection. May be asked on any thread. */
    public int transactionsAlive() {
        TransactionLayer open = transactions;
        return open == null ? 0 : open.size();
    }

    /** How many messages wait for the connection or the registration. May be asked on any thread. */
    public int held() {
        return outbox.held();
    }

    /** The time of day as the registrar's answers tell it. */
    public Instant registrarTime() {
        return clock.now();
    }

    /** Connects, and registers if the configuration says so. */
    public void start() {
        if (!stopping) {
            observer.started(requests.sentBy());
            link.start();
        }
    }

    /**
     * How long the request of a message would be, before it is sent. Thread-safe.
     *
     * @return bytes, without credentials and without the registrar's routes
     */
    public static int lengthOf(OutgoingMessage message, UserAgentConfig config, EventLoop agentLoop) {
        return Outbox.lengthOf(message, config, agentLoop);
    }

    /** Takes the message; it will be told of its request and of its outcome. */
    public void send(OutgoingMessage message) {
        if (stopping) {
            Outbox.refuse(message, connectionLost());
        } else {
            outbox.send(message);
        }
    }

    private Outcome connectionLost() {
        return Reasons.explained(new Outcome.ConnectionLost(), link, notRegistered, stopping, loop.nanoTime());
    }

    /** Registers, or refreshes; the result comes once. Without a connection it is a lost connection's. */
    public void register(Consumer<Outcome> result) {
        registerWanted = true;
        if (stopping || !link.isOpen()) {
            result.accept(connectionLost());
        } else {
            registrations.register(result);
        }
    }

    /** Removes the binding; the result comes once. */
    public void unregister(Consumer<Outcome> result) {
        registerWanted = false;
        leaveTrial();
        registrations.unregister(thenMove(result));
        outbox.wayChanged(); // messages wait for no registration any more
    }

    /** Asks the registrar for all bindings of our address; the result comes once. */
    public void fetchBindings(Consumer<Outcome> result) {
        if (stopping) {
            result.accept(connectionLost());
        } else {
            registrations.fetch(result);
        }
    }

    /** Removes our binding, so that it is not refreshed, and then all others of our address; the result comes once. */
    public void unregisterAll(Consumer<Outcome> result) {
        registerWanted = false;
        if (stopping) {
            result.accept(connectionLost());
        } else {
            leaveTrial();
            registrations.unregisterAll(thenMove(result));
        }
    }

    /**
     * Stops for good: messages under way get the grace of the configuration, the binding is removed, the connection closed.
     * Called once.
     *
     * @param done runs last; after it nothing is left on the loop
     */
    public void stop(Runnable done) {
        stopping = true;
        observer.stopping();
        outbox.drain(config.stopGrace(), () -> leave(done));
    }

    /** The answers to what unregisters are awaited, but not for ever. */
    private void leave(Runnable done) {
        boolean[] left = {false};
        Runnable next = () -> {
            if (!left[0]) {
                left[0] = true;
                if (stopTimer != null) {
                    stopTimer.cancel();
                    stopTimer = null;
                }
                registrations.abandon();
                link.close(() -> loop.execute(
                        () -> { // behind the outcomes that have been put off
                            observer.stopped();
                            done.run();
                        }));
            }
        };
        stopTimer = loop.schedule(config.stopGrace(), () -> {
            stopTimer = null;
            next.run();
        });
        registerWanted = false;
        registrations.leave(next);
    }

    /**
     * Goes over to a better server that answers: at once where there is no binding to lose, nor one to come, else once it has
     * registered the agent; and not before the answer to an unregister.
     */
    private void considerMove() {
        OpenFlow better = link.betterWay();
        boolean mustWait = registrations.isUnregistering() || !registerWanted && !registrations.isIdle();
        if (better == null || stopping || registrations.isTrying() || mustWait) {
            return;
        }
        if (registerWanted && !registrations.isIdle()) {
            registrations.tryAt(better, this::tried);
        } else {
            link.move();
        }
    }

    private void tried(Outcome outcome) {
        if (stopping) {
            return; // it is unregistered there, where need be, with the rest
        }
        if (registrations.isGrantedElsewhere()) {
            link.move();
        } else {
            registrations.endTrial();
            ServerFailure failure = ServerFailure.of(outcome);
            link.stay(failure == null ? Duration.ZERO : failure.atLeast());
        }
    }

    /**
     * Closes the connection on which a REGISTER has no answer: no other may follow it there (RFC 3261 section 10.2), and with
     * the connection goes what it may have bound.
     */
    private void leaveTrial() {
        if (registrations.isTrying()) {
            registrations.endTrial();
            link.dropBetter();
        }
    }

    private Consumer<Outcome> thenMove(Consumer<Outcome> result) {
        return outcome -> {
            result.accept(outcome);
            considerMove();
        };
    }

    private final class LinkEvents implements LinkListener {
        @Override
        public void linkUp(ServerAddress server) {
            transactions = link.transactions();
            requests.connectedTo(server);
            observer.connected(server);
            if (registerWanted && !stopping) {
                registrations.connected();
            } else {
                registrations.connectionLost(); // for whoever has waited over a move
            }
            outbox.wayChanged();
        }

        @Override
        public void linkDown(ServerAddress server, Closure why, boolean wasOpen, @Nullable Duration retryIn) {
            transactions = null;
            outbox.wayChanged();
            observer.disconnected(server, why, retryIn);
            registrations.connectionLost();
        }

        @Override
        public void betterUp() {
            considerMove();
        }

        @Override
        public void linkMoved(ServerAddress from, ServerAddress to) {
            observer.disconnected(from, BETTER_SERVER, Duration.ZERO);
            registrations.moved();
            linkUp(to);
        }

        @Override
        public void discarded(Discard kind, String why) {
            observer.discarded(kind, why);
        }

        @Override
        public void onRequest(SipRequest request, ServerTransaction transaction) {
            if (stopping) {
                inbox.leaving(request, transaction);
            } else {
                inbox.request(request, transaction);
            }
        }
    }

    /** What messages wait for. */
    private final class RegistrationGate implements Outbox.Gate {
        @Override
        public boolean isDone() {
            return !registerWanted || registrations.isRegistered() && !flowFailed;
        }

        @Override
        public @Nullable Outcome failure() {
            return notRegistered;
        }

        @Override
        public void flowFailed() {
            flowFailed = !stopping && registrations.flowFailed();
        }
    }

    private final class RegistrationEvents implements RegistrationListener {
        @Override
        public void registered(Grant grant, boolean first) {
            flowFailed = false;
            notRegistered = null;
            requests.serviceRoute(grant.serviceRoute());
            own.granted(grant);
            clock.heard(grant.response());
            link.useful();
            link.flowTimer(grant.flowTimer().orElse(null));
            observer.registered(grant, first);
            outbox.wayChanged();
        }

        @Override
        public void expiring(Duration left) {
            observer.registrationExpiring(left);
        }

        @Override
        public void unregistered(BindingEnd end, @Nullable Outcome why) {
            requests.serviceRoute(List.of());
            own.unbound();
            observer.unregistered(end, why);
        }

        @Override
        public void registrationFailed(Outcome why, @Nullable Duration retryIn) {
            notRegistered = why;
            ServerFailure failure = ServerFailure.of(why);
            boolean left = failure != null && !stopping && link.leave(failure.atLeast(), failure.reason());
            observer.registrationFailed(why, left ? Duration.ZERO : retryIn);
        }
    }
}
