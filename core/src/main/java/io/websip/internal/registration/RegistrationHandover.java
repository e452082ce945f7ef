package io.websip.internal.registration;

import io.websip.config.UserAgentConfig;
import io.websip.internal.connection.Link;
import io.websip.internal.connection.OpenFlow;
import io.websip.internal.request.Exchanges;
import io.websip.internal.request.RequestFactory;
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
public final class RegistrationHandover {
    private final EventLoop loop;
    private final RandomGenerator random;
    private final Link link;
    private final RequestFactory requests;
    private final Exchanges exchanges;
    private final Tokens tokens;
    private final UserAgentConfig config;
    private final String instance;
    private final RegisterCounter counter;
    private final RegistrationListener listener;
    private final RegisterSequence sequence;
    private @Nullable RegisterQueue fetches; // which change nothing, so that no registration waits for them
    private ServerRegistration seat;
    private @Nullable ServerRegistration trial;

    /** @param listener is told of the registration at the server in use */
    public RegistrationHandover(
            EventLoop loop,
            RandomGenerator random,
            Link link,
            RequestFactory requests,
            Exchanges exchanges,
            Tokens tokens,
            UserAgentConfig config,
            String instance,
            RegisterCounter counter,
            RegistrationListener listener) {
        this.loop = loop;
        this.random = random;
        this.link = link;
        this.requests = requests;
        this.exchanges = exchanges;
        this.tokens = tokens;
        this.config = config;
        this.instance = instance;
        this.counter = counter;
        this.listener = listener;
        this.sequence = new RegisterSequence(tokens, 0);
        this.seat = new ServerRegistration(null);
    }

    // ------------------------------------------------------------------------------------------ at the server in use

    public boolean isRegistered() {
        return seat.registration.isRegistered();
    }

    public boolean isUnregistering() {
        return seat.registration.state() == RegistrationState.UNREGISTERING;
    }

    /** Whether there is no binding and no REGISTER under way. */
    public boolean isIdle() {
        return seat.registration.state() == RegistrationState.UNREGISTERED && !seat.sender.isBusy();
    }

    /** See {@link Registration#register}. */
    public void register(Consumer<Outcome> result) {
        seat.registration.register(result);
    }

    /** See {@link Registration#unregister}. */
    public void unregister(Consumer<Outcome> result) {
        seat.registration.unregister(result);
    }

    /** Removes our binding, so that it is not refreshed, and then all others of our address. */
    public void unregisterAll(Consumer<Outcome> result) {
        ServerRegistration asked = seat; // another may have taken its place by then, and be registered
        asked.registration.unregister(ours -> asked.sender.removeAll(result));
    }

    /** Asks for all bindings of our address. */
    public void fetch(Consumer<Outcome> result) {
        if (fetches == null) {
            fetches = new RegisterQueue(loop, link::way, requests, exchanges, tokens, sequence, counter);
        }
        fetches.fetch(result);
    }

    /** See {@link Registration#flowFailed}. */
    public boolean flowFailed() {
        return seat.registration.flowFailed();
    }

    /** Removes our binding for good, also what the server that is tried has made, or may have; the task comes once. */
    public void leave(Runnable done) {
        ServerRegistration tried = trial;
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
    public void connected() {
        if (trial == null) {
            seat.registration.register(outcome -> {});
        } else {
            adopt(trial);
        }
    }

    public void connectionLost() {
        seat.registration.connectionLost();
        seat.sender.moved();
    }

    /** The agent goes over to another connection; {@link #connected} follows if it is to be registered. */
    public void moved() {
        if (trial == null) {
            seat.registration.moved();
            seat.sender.moved();
        }
    }

    /** Nothing more is sent. */
    public void abandon() {
        endTrial();
        seat.sender.abandon();
        if (fetches != null) {
            fetches.abandon();
        }
    }

    // ------------------------------------------------------------------------------------------------ a better server

    public boolean isTrying() {
        return trial != null;
    }

    /** Whether the server that is tried has registered the agent. */
    public boolean isGrantedElsewhere() {
        return trial != null && trial.registration.isRegistered();
    }

    /**
     * Registers at a better server too, until {@link #connected} or {@link #endTrial}.
     *
     * @param result the outcome; called once at most, not within this call
     */
    public void tryAt(OpenFlow way, Consumer<Outcome> result) {
        ServerRegistration tried = new ServerRegistration(way);
        trial = tried;
        tried.registration.register(outcome -> {
            if (trial == tried) {
                result.accept(outcome);
            }
        });
    }

    /** What is tried elsewhere is given up. */
    public void endTrial() {
        ServerRegistration tried = trial;
        trial = null;
        if (tried != null) {
            tried.sender.abandon();
            tried.registration.retire(new Outcome.ConnectionLost());
        }
    }

    private void adopt(ServerRegistration tried) {
        ServerRegistration before = seat;
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
    private final class ServerRegistration implements RegistrationListener {
        private final RegisterQueue sender;
        private final Registration registration;
        private @Nullable Grant grant; // of a trial

        /** @param way that of a trial; null for the one of the link */
        ServerRegistration(@Nullable OpenFlow way) {
            this.sender = new RegisterQueue(
                    loop, () -> this == trial ? way : link.way(), requests, exchanges, tokens, sequence, counter);
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
