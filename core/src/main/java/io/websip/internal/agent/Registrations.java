package io.websip.internal.agent;

import io.websip.config.UserAgentConfig;
import io.websip.internal.connection.Link;
import io.websip.internal.connection.Way;
import io.websip.internal.registration.BindingEnd;
import io.websip.internal.registration.Grant;
import io.websip.internal.registration.Registration;
import io.websip.internal.registration.RegistrationListener;
import io.websip.internal.registration.RegistrationState;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.Tokens;
import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The agent's registration at the server that is in use and, while a better server is tried, another one at that: the first
 * is given up only once the second is granted, so that a server which takes connections but registers nobody costs nothing.
 * Confined to the loop.
 *
 * <p>All REGISTERs have one Call-ID and one CSeq, by which a registrar behind both servers knows the last of them (RFC 3261
 * section 10.3). Those to one server are not kept waiting for an answer of the other, which may have fallen silent.
 */
final class Registrations {
    private final EventLoop loop;
    private final RandomGenerator random;
    private final Link link;
    private final Requests requests;
    private final Exchanges exchanges;
    private final Tokens tokens;
    private final UserAgentConfig config;
    private final String instance;
    private final RegistrationListener listener;
    private final RegisterSequence sequence;
    private @Nullable RegisterRequests fetches; // which change nothing, so that no registration waits for them
    private Seat seat;
    private @Nullable Seat trial;

    /** @param listener is told of the registration at the server in use */
    Registrations(
            EventLoop loop,
            RandomGenerator random,
            Link link,
            Requests requests,
            Exchanges exchanges,
            Tokens tokens,
            UserAgentConfig config,
            String instance,
            RegistrationListener listener) {
        this.loop = loop;
        this.random = random;
        this.link = link;
        this.requests = requests;
        this.exchanges = exchanges;
        this.tokens = tokens;
        this.config = config;
        this.instance = instance;
        this.listener = listener;
        this.sequence = new RegisterSequence(tokens, 0);
        this.seat = new Seat(null);
    }

    // ------------------------------------------------------------------------------------------ at the server in use

    boolean isRegistered() {
        return seat.registration.isRegistered();
    }

    boolean isUnregistering() {
        return seat.registration.state() == RegistrationState.UNREGISTERING;
    }

    /** Whether there is no binding and no REGISTER under way. */
    boolean isIdle() {
        return seat.registration.state() == RegistrationState.UNREGISTERED && !seat.sender.isBusy();
    }

    /** See {@link Registration#register}. */
    void register(Consumer<Outcome> result) {
        seat.registration.register(result);
    }

    /** See {@link Registration#unregister}. */
    void unregister(Consumer<Outcome> result) {
        seat.registration.unregister(result);
    }

    /** Removes our binding, so that it is not refreshed, and then all others of our address. */
    void unregisterAll(Consumer<Outcome> result) {
        Seat asked = seat; // another may have taken its place by then, and be registered
        asked.registration.unregister(ours -> asked.sender.removeAll(result));
    }

    /** Asks for all bindings of our address. */
    void fetch(Consumer<Outcome> result) {
        if (fetches == null) {
            fetches = new RegisterRequests(loop, link::way, requests, exchanges, tokens, sequence);
        }
        fetches.fetch(result);
    }

    /** See {@link Registration#flowFailed}. */
    boolean flowFailed() {
        return seat.registration.flowFailed();
    }

    /** Removes our binding for good, also what the server that is tried has made, or may have; the task comes once. */
    void leave(Runnable done) {
        Seat tried = trial;
        int[] open = {tried == null ? 1 : 2};
        Consumer<Outcome> left = outcome -> {
            if (--open[0] == 0) {
                done.run();
            }
        };
        seat.registration.unregister(left);
        if (tried != null) {
            tried.registration.unregister(left);
        }
    }

    // ------------------------------------------------------------------------------------------------- the connection

    /** There is a connection again: the agent registers, or goes on to where it was being tried. */
    void connected() {
        if (trial == null) {
            seat.registration.register(outcome -> {});
        } else {
            adopt(trial);
        }
    }

    void connectionLost() {
        seat.registration.connectionLost();
        seat.sender.moved();
    }

    /** The agent goes over to another connection; {@link #connected} follows if it is to be registered. */
    void moved() {
        if (trial == null) {
            seat.registration.moved();
            seat.sender.moved();
        }
    }

    /** Nothing more is sent. */
    void abandon() {
        endTrial();
        seat.sender.abandon();
        if (fetches != null) {
            fetches.abandon();
        }
    }

    // ------------------------------------------------------------------------------------------------ a better server

    boolean isTrying() {
        return trial != null;
    }

    /** Whether the server that is tried has registered the agent. */
    boolean isGrantedElsewhere() {
        return trial != null && trial.registration.isRegistered();
    }

    /**
     * Registers at a better server too, until {@link #connected} or {@link #endTrial}.
     *
     * @param result the outcome; called once at most, not within this call
     */
    void tryAt(Way way, Consumer<Outcome> result) {
        Seat tried = new Seat(way);
        trial = tried;
        tried.registration.register(outcome -> {
            if (trial == tried) {
                result.accept(outcome);
            }
        });
    }

    /** What is tried elsewhere is given up. */
    void endTrial() {
        Seat tried = trial;
        trial = null;
        if (tried != null) {
            tried.sender.abandon();
            tried.registration.retire(new Outcome.ConnectionLost());
        }
    }

    private void adopt(Seat tried) {
        Seat before = seat;
        trial = null;
        seat = tried;
        Grant grant = tried.grant;
        if (grant == null) {
            before.registration.retire(new Outcome.ConnectionLost());
        } else {
            listener.registered(grant, true);
            before.registration.retire(new Outcome.Answered(grant.response()));
        }
        before.sender.abandon();
    }

    /** A registration at one server, and how it sends. What a trial is told stays with it. */
    private final class Seat implements RegistrationListener {
        private final RegisterRequests sender;
        private final Registration registration;
        private @Nullable Grant grant; // of a trial

        /** @param way that of a trial; null for the one of the link */
        Seat(@Nullable Way way) {
            this.sender = new RegisterRequests(
                    loop, () -> this == trial ? way : link.way(), requests, exchanges, tokens, sequence);
            this.registration = new Registration(loop, random, sender, this, config, instance, requests.contact());
        }

        @Override
        public void registered(Grant granted, boolean first) {
            if (this == trial) {
                grant = granted;
            } else {
                listener.registered(granted, first);
            }
        }

        @Override
        public void expiring(Duration left) {
            if (this != trial) {
                listener.expiring(left);
            }
        }

        @Override
        public void unregistered(BindingEnd end, @Nullable Outcome why) {
            if (this != trial) {
                listener.unregistered(end, why);
            }
        }

        @Override
        public void registrationFailed(Outcome why, @Nullable Duration retryIn) {
            if (this != trial) {
                listener.registrationFailed(why, retryIn);
            }
        }
    }
}
