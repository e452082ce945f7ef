package io.websip.internal.registration;

import io.websip.config.RegistrationOptions;
import io.websip.config.UserAgentConfig;
import io.websip.internal.log.GuardedLogger;
import io.websip.internal.transaction.Outcome;
import io.websip.loop.EventLoop;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one binding alive at one registrar (RFC 3261 section 10): registers, refreshes before the granted time is over,
 * tries again after failures with growing pauses, and unregisters. A failure that may pass leaves the binding standing
 * until its time is over. At most one REGISTER is under way (section 10.2). Confined to the loop.
 */
public final class Registration {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.registration");

    /** A registrar that raises Min-Expires with each answer is given up after so many (RFC 3261 section 10.2.8). */
    private static final int MAX_RAISES = 2;

    private static final int RETIRED = -1; // no field of its own, since each agent has it
    private static final int INTERVAL_TOO_BRIEF = 423;
    private static final int FIRST_HOP_LACKS_OUTBOUND_SUPPORT = 439;

    private final EventLoop loop;
    private final RegisterSender sender;
    private final RegistrationListener listener;
    private final UserAgentConfig config;
    private final RegistrationOptions options;
    private final BindingReader bindings;
    private final RetryPlan retries;
    private final Lease lease;

    private RegistrationState state = RegistrationState.UNREGISTERED;
    private long expires;
    private boolean outbound; // offered, until a first hop says that it lacks it
    private boolean
            uncertain; // a REGISTER had no answer, or a 2xx without us: there may be a binding that we do not know
    private boolean undoing; // the unregister under way is for such a one, or for one whose time is over
    private boolean leaving; // since the last unregister; the end of the binding is then our own wish
    private int raises;
    private int generation; // answers to requests of an older one are not heard; RETIRED is the last
    private long registeredAt; // the last time, by which failed flows cannot make us register without end
    private @Nullable Uri listedAs; // how the last 2xx on this connection has listed our contact
    private @Nullable Outcome failure; // of the last refresh; what is told whoever registers with one that is retired
    private EventLoop.@Nullable Timer next; // the refresh, or the next try
    private final PendingResults toRegister = new PendingResults();
    private final PendingResults toUnregister = new PendingResults();

    /**
     * Starts unregistered and does nothing by itself.
     *
     * @param contact ours, by which the binding is known
     */
    public Registration(
            EventLoop loop,
            RandomGenerator random,
            RegisterSender sender,
            RegistrationListener listener,
            UserAgentConfig config,
            String instance,
            SipUri contact) {
        this.loop = loop;
        this.sender = sender;
        this.listener = listener;
        this.config = config;
        this.options = config.registration();
        this.bindings = new BindingReader(contact, instance, options.regId());
        this.retries = new RetryPlan(options, random);
        this.lease = new Lease(loop, random, this::lapsed);
        this.expires = wantedExpires();
        this.outbound = options.outbound();
    }

    private long wantedExpires() {
        return config.registerExpires().toSeconds();
    }

    /** Where the binding stands. */
    public RegistrationState state() {
        return state;
    }

    /** Whether the registrar holds our binding. */
    public boolean isRegistered() {
        return state == RegistrationState.REGISTERED || state == RegistrationState.REFRESHING;
    }

    /**
     * Registers, or refreshes at once if we are registered; joins a REGISTER that is already under way.
     *
     * @param result how it ended; called once
     */
    public void register(Consumer<Outcome> result) {
        if (generation == RETIRED) {
            result.accept(Objects.requireNonNull(failure));
            return;
        }
        switch (state) {
            case UNREGISTERED -> {
                toRegister.add(result);
                begin(RegistrationState.REGISTERING, wantedExpires());
            }
            case REGISTERED -> {
                leaving = false; // of an unregister that nobody has heard
                toRegister.add(result);
                begin(RegistrationState.REFRESHING, expires);
            }
            case REGISTERING, REFRESHING -> toRegister.addOr(result, () -> register(result));
            case UNREGISTERING -> toUnregister.add(result, () -> register(result));
        }
    }

    /**
     * Removes our binding, or one that there may be, since a REGISTER had no answer or a 2xx that does not list us; one that
     * is in flight is waited for first. Without a binding the result is a lost connection's.
     *
     * @param result how it ended; called once
     */
    public void unregister(Consumer<Outcome> result) {
        switch (state) {
            case UNREGISTERED -> {
                if (uncertain) {
                    undoing = true;
                    toUnregister.add(result);
                    begin(RegistrationState.UNREGISTERING, 0);
                } else {
                    cancelNext();
                    result.accept(new Outcome.ConnectionLost());
                }
            }
            case REGISTERED -> {
                toUnregister.add(result);
                leaving = true;
                undoing = false;
                begin(RegistrationState.UNREGISTERING, 0);
            }
            case REGISTERING, REFRESHING -> toRegister.add(result, () -> unregister(result));
            case UNREGISTERING -> toUnregister.addOr(result, () -> unregister(result));
        }
    }

    /**
     * A request was answered 430: some proxy takes a flow for failed, which a REGISTER sets right if it is ours (RFC 5626
     * sections 4.3 and 11.5). One that was sent a short time ago is enough.
     *
     * @return whether a REGISTER is under way that may set it right
     */
    public boolean flowFailed() {
        return switch (state) {
            case REGISTERED -> {
                boolean enough =
                        loop.nanoTime() - registeredAt < options.retryMin().toNanos();
                if (!enough) {
                    begin(RegistrationState.REFRESHING, expires);
                }
                yield !enough;
            }
            case REGISTERING, REFRESHING -> true;
            case UNREGISTERED, UNREGISTERING -> false;
        };
    }

    /** The connection is gone, and with it the binding's way to us. */
    public void connectionLost() {
        boolean had = begunAnew();
        Consumer<Outcome> registering = toRegister.take();
        Consumer<Outcome> unregistering = toUnregister.take();
        tellLost(had);
        Outcome lost = new Outcome.ConnectionLost();
        registering.accept(lost);
        unregistering.accept(lost);
    }

    /** The agent has gone over to another connection, where whoever waits for a REGISTER waits for the next. */
    public void moved() {
        tellLost(begunAnew());
    }

    /** @return whether there was a binding that the listener knows of */
    private boolean begunAnew() {
        boolean had = isRegistered() || state == RegistrationState.UNREGISTERING && !undoing;
        end();
        outbound = options.outbound(); // the next connection may have another first hop
        retries.reset();
        return had;
    }

    private void tellLost(boolean had) {
        if (had) {
            listener.unregistered(leaving ? BindingEnd.ASKED : BindingEnd.CONNECTION_LOST, null);
        }
    }

    /**
     * Another registration has taken its place: it does nothing any more, and tells nobody but those who wait.
     *
     * @param instead what they are told; of those who wait behind the REGISTER under way only who registers, while an
     *     unregister ends as without a binding
     */
    public void retire(Outcome instead) {
        end();
        generation = RETIRED;
        failure = instead;
        Consumer<Outcome> registering = toRegister.take();
        Consumer<Outcome> unregistering = toUnregister.take();
        registering.accept(instead);
        unregistering.accept(instead);
    }

    private void end() {
        cancelNext();
        lease.end();
        generation++;
        state = RegistrationState.UNREGISTERED;
        uncertain = false;
        listedAs = null; // the next connection may come by another address
    }

    private void begin(RegistrationState now, long seconds) {
        cancelNext();
        state = now;
        raises = 0;
        send(seconds);
    }

    private void send(long seconds) {
        int mine = ++generation;
        boolean asked = outbound;
        sender.register(seconds, asked, outcome -> {
            if (mine == generation) {
                ended(outcome, seconds, asked);
            }
        });
    }

    private void ended(Outcome outcome, long requested, boolean outboundAsked) {
        switch (state) {
            case REGISTERING, REFRESHING -> registerEnded(outcome, requested, outboundAsked);
            case UNREGISTERING -> unregisterEnded(outcome);
            case UNREGISTERED, REGISTERED -> throw new IllegalStateException("no REGISTER is under way in " + state);
        }
    }

    private void registerEnded(Outcome outcome, long requested, boolean outboundAsked) {
        if (outcome instanceof Outcome.Answered answered) {
            SipResponse response = answered.response();
            if (response.isSuccess()) {
                Optional<Grant> grant = bindings.grant(response, requested, outboundAsked, listedAs);
                if (grant.isPresent()) {
                    succeeded(outcome, grant.get(), requested);
                    return;
                }
            } else if (response.status() == INTERVAL_TOO_BRIEF && raised(response, requested)) {
                return;
            } else if (response.status() == FIRST_HOP_LACKS_OUTBOUND_SUPPORT && outboundAsked) {
                LOG.log(System.Logger.Level.DEBUG, "the first hop lacks outbound support: registering without");
                outbound = false; // so that this happens once on a connection (RFC 5626 section 4.2.1)
                send(requested);
                return;
            }
        }
        failed(outcome);
    }

    /** 423: once more with what the registrar demands, unless it says nothing or goes on raising (section 10.2.8). */
    private boolean raised(SipResponse response, long requested) {
        OptionalLong min = response.headers().seconds("Min-Expires");
        if (min.isEmpty() || min.getAsLong() <= requested || raises == MAX_RAISES) {
            return false;
        }
        raises++;
        send(min.getAsLong());
        return true;
    }

    private void succeeded(Outcome outcome, Grant grant, long requested) {
        boolean first = state == RegistrationState.REGISTERING;
        state = RegistrationState.REGISTERED;
        leaving = false;
        uncertain = false;
        expires = requested;
        listedAs = grant.contact().uri();
        registeredAt = loop.nanoTime();
        failure = null;
        retries.reset();
        lease.begin(grant.expires());
        next = loop.schedule(lease.refreshIn(grant.expires()), this::refreshDue);
        Consumer<Outcome> waiting = toRegister.take();
        listener.registered(grant, first);
        waiting.accept(outcome);
    }

    private void refreshDue() {
        next = null;
        if (isRegistered()) {
            listener.expiring(lease.left());
        }
        if (options.autoRefresh()) {
            tryAgain();
        }
    }

    /** The pause is over; the binding may have lapsed meanwhile, and the program may have been faster. */
    private void tryAgain() {
        next = null;
        switch (state) {
            case UNREGISTERED -> begin(RegistrationState.REGISTERING, wantedExpires());
            case REGISTERED -> begin(RegistrationState.REFRESHING, expires);
            case REGISTERING, REFRESHING, UNREGISTERING -> {}
        }
    }

    private void failed(Outcome outcome) {
        boolean had = state == RegistrationState.REFRESHING;
        boolean onThisConnection = sender.isOpen(); // else connectionLost() follows, behind the end of the connection
        SipResponse unlisting = outcome instanceof Outcome.Answered answered
                        && answered.response().isSuccess()
                ? answered.response()
                : null;
        boolean stands = had && !retries.isRefusal(outcome) && (unlisting == null || !bindings.excludesUs(unlisting));
        state = stands ? RegistrationState.REGISTERED : RegistrationState.UNREGISTERED;
        if (!stands) {
            lease.end();
        }
        uncertain |= unlisting != null || outcome instanceof Outcome.TimedOut;
        failure = outcome;
        if (unlisting != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the registrar answers {0}, but does not list our contact",
                    unlisting.status());
        }
        Duration retryIn = onThisConnection ? retries.next(outcome) : null;
        if (retryIn != null) {
            next = loop.schedule(retryIn, this::tryAgain);
        }
        Consumer<Outcome> waiting = toRegister.take();
        listener.registrationFailed(outcome, retryIn);
        if (had && !stands) {
            listener.unregistered(BindingEnd.REFUSED, outcome);
        }
        waiting.accept(outcome);
    }

    /** The granted time is over. What was to be tried again still is, but no longer as a refresh. */
    private void lapsed() {
        switch (state) {
            case REGISTERED -> state = RegistrationState.UNREGISTERED;
            case REFRESHING -> state = RegistrationState.REGISTERING;
            case UNREGISTERING -> undoing = true; // for what the registrar may still hold, by its clock
            case UNREGISTERED, REGISTERING -> throw new IllegalStateException("there is no binding in " + state);
        }
        if (leaving) {
            listener.unregistered(BindingEnd.ASKED, null);
        } else {
            listener.unregistered(BindingEnd.LAPSED, failure);
        }
    }

    private void unregisterEnded(Outcome outcome) {
        boolean unheard = outcome instanceof Outcome.ConnectionLost; // the registrar knows nothing of our wish
        boolean stands = unheard && lease.isRunning();
        state = stands ? RegistrationState.REGISTERED : RegistrationState.UNREGISTERED;
        Consumer<Outcome> waiting = toUnregister.take();
        if (!stands) {
            lease.end();
            uncertain = false;
            if (outcome instanceof Outcome.Answered answered && bindings.stillListed(answered.response(), listedAs)) {
                LOG.log(System.Logger.Level.WARNING, "the registrar lists our contact although it was removed");
            }
            if (!undoing) {
                listener.unregistered(BindingEnd.ASKED, outcome);
            }
        }
        waiting.accept(outcome);
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }
}
