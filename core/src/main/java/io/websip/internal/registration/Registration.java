package io.websip.internal.registration;

import io.websip.internal.connection.Backoff;
import io.websip.internal.transaction.Outcome;
import io.websip.loop.EventLoop;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one binding alive at one registrar (RFC 3261 section 10): registers, refreshes before the granted time is over,
 * tries again after failures with growing pauses, and unregisters. At most one REGISTER is under way (section 10.2).
 * Confined to the loop.
 */
public final class Registration {
    /** A registrar that raises Min-Expires with each answer is given up after so many (RFC 3261 section 10.2.8). */
    private static final int MAX_RAISES = 2;

    private static final Duration RETRY_BASE = Duration.ofSeconds(30);
    private static final Duration RETRY_MAX = Duration.ofSeconds(1_800);

    /** A shorter grant is refreshed no more often than this, so that a registrar cannot make us spin. */
    private static final long MIN_REFRESH_SECONDS = 5;

    /** Beyond this no refresh is planned any later: 30 days. */
    private static final long MAX_REFRESH_SECONDS = 2_592_000;

    private final EventLoop loop;
    private final RandomGenerator random;
    private final RegisterSender sender;
    private final RegistrationListener listener;
    private final Bindings bindings;
    private final Backoff backoff;
    private final long wantedExpires;

    private RegistrationState state = RegistrationState.UNREGISTERED;
    private long expires;
    private boolean leaving; // since the last unregister; the end of the binding is then our own wish
    private int raises;
    private int generation; // answers to requests of an older one are not heard
    private EventLoop.@Nullable Timer timer;
    private final List<Consumer<Outcome>> waitingToRegister = new ArrayList<>();
    private final List<Consumer<Outcome>> waitingToUnregister = new ArrayList<>();

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
            RegistrationSettings settings,
            SipUri contact) {
        this.loop = loop;
        this.random = random;
        this.sender = sender;
        this.listener = listener;
        this.bindings = new Bindings(contact, settings.instance());
        this.backoff = new Backoff(RETRY_BASE, RETRY_MAX, random);
        this.wantedExpires = settings.expires().toSeconds();
        this.expires = wantedExpires;
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
        switch (state) {
            case UNREGISTERED -> {
                waitingToRegister.add(result);
                begin(RegistrationState.REGISTERING, wantedExpires);
            }
            case REGISTERED -> {
                waitingToRegister.add(result);
                begin(RegistrationState.REFRESHING, expires);
            }
            case REGISTERING, REFRESHING -> waitingToRegister.add(result);
            case UNREGISTERING -> waitingToUnregister.add(unlessLost(result, () -> register(result)));
        }
    }

    /**
     * Removes our binding; a REGISTER under way is waited for first. Without a binding the result is a lost connection's.
     *
     * @param result how it ended; called once
     */
    public void unregister(Consumer<Outcome> result) {
        switch (state) {
            case UNREGISTERED -> {
                cancelTimer();
                result.accept(new Outcome.ConnectionLost());
            }
            case REGISTERED -> {
                waitingToUnregister.add(result);
                leaving = true;
                begin(RegistrationState.UNREGISTERING, 0);
            }
            case REGISTERING, REFRESHING -> waitingToRegister.add(unlessLost(result, () -> unregister(result)));
            case UNREGISTERING -> waitingToUnregister.add(result);
        }
    }

    /** What waits for a REGISTER to end goes on behind it, but not behind the loss of the connection. */
    private static Consumer<Outcome> unlessLost(Consumer<Outcome> result, Runnable next) {
        return outcome -> {
            if (outcome instanceof Outcome.ConnectionLost) {
                result.accept(outcome);
            } else {
                next.run();
            }
        };
    }

    /** The connection is gone, and with it the binding's way to us. */
    public void connectionLost() {
        cancelTimer();
        generation++;
        boolean had = isRegistered() || state == RegistrationState.UNREGISTERING;
        state = RegistrationState.UNREGISTERED;
        backoff.reset();
        if (had) {
            listener.unregistered(leaving, null);
        }
        Outcome lost = new Outcome.ConnectionLost();
        finish(waitingToRegister, lost);
        finish(waitingToUnregister, lost);
    }

    private void begin(RegistrationState next, long seconds) {
        cancelTimer();
        state = next;
        raises = 0;
        send(seconds);
    }

    private void send(long seconds) {
        int mine = ++generation;
        sender.register(seconds, outcome -> {
            if (mine == generation) {
                ended(outcome, seconds);
            }
        });
    }

    private void ended(Outcome outcome, long requested) {
        switch (state) {
            case REGISTERING, REFRESHING -> registerEnded(outcome, requested);
            case UNREGISTERING -> {
                boolean unheard = outcome instanceof Outcome.ConnectionLost; // the registrar knows nothing of our wish
                state = unheard ? RegistrationState.REGISTERED : RegistrationState.UNREGISTERED;
                if (!unheard) {
                    listener.unregistered(true, outcome);
                }
                finish(waitingToUnregister, outcome);
            }
            case UNREGISTERED, REGISTERED -> throw new IllegalStateException("no REGISTER is under way in " + state);
        }
    }

    private void registerEnded(Outcome outcome, long requested) {
        if (outcome instanceof Outcome.Answered answered) {
            SipResponse response = answered.response();
            if (response.isSuccess()) {
                OptionalLong granted = bindings.granted(response, requested);
                if (granted.isPresent() && granted.getAsLong() > 0) {
                    succeeded(outcome, response, granted.getAsLong(), requested);
                    return;
                }
            } else if (response.status() == 423 && raised(response, requested)) {
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

    private void succeeded(Outcome outcome, SipResponse response, long granted, long requested) {
        boolean first = state == RegistrationState.REGISTERING;
        state = RegistrationState.REGISTERED;
        leaving = false;
        expires = requested;
        backoff.reset();
        timer = loop.schedule(refreshDelay(granted), () -> begin(RegistrationState.REFRESHING, expires));
        listener.registered(response, Duration.ofSeconds(granted), first);
        finish(waitingToRegister, outcome);
    }

    /** Between a half and nine tenths of the time granted, spread so that many agents do not refresh at once. */
    private Duration refreshDelay(long granted) {
        long seconds = Math.min(MAX_REFRESH_SECONDS, granted);
        double part = 0.5 + 0.4 * random.nextDouble();
        long millis = Math.max(MIN_REFRESH_SECONDS * 1_000, (long) (seconds * 1_000 * part));
        return Duration.ofMillis(millis);
    }

    private void failed(Outcome outcome) {
        boolean had = state == RegistrationState.REFRESHING;
        if (had && outcome instanceof Outcome.ConnectionLost) {
            // The binding stands: its end is told by connectionLost(), behind the end of the connection itself.
            state = RegistrationState.REGISTERED;
            retryLater(outcome, () -> begin(RegistrationState.REFRESHING, expires));
            listener.registrationFailed(outcome);
        } else {
            state = RegistrationState.UNREGISTERED;
            if (mayHelp(outcome)) {
                retryLater(outcome, () -> begin(RegistrationState.REGISTERING, wantedExpires));
            }
            listener.registrationFailed(outcome);
            if (had) {
                listener.unregistered(false, outcome);
            }
        }
        finish(waitingToRegister, outcome);
    }

    private void retryLater(Outcome outcome, Runnable retry) {
        try {
            timer = loop.schedule(retryDelay(outcome), retry);
        } catch (RejectedExecutionException e) {
            timer = null; // the transport was closed, and the loop with it
        }
    }

    /** Trying again is in vain where the registrar has said what it thinks of our credentials or address. */
    private static boolean mayHelp(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return switch (answered.response().status()) {
                case 400, 401, 402, 403, 404, 405, 407, 416, 420, 501, 505, 603, 604, 606 -> false;
                default -> true;
            };
        }
        return !(outcome instanceof Outcome.Faulted);
    }

    /** Never at once (RFC 3261 section 10.2.7); a larger Retry-After wins. */
    private Duration retryDelay(Outcome outcome) {
        Duration pause = backoff.next();
        if (outcome instanceof Outcome.Answered answered) {
            OptionalLong after = answered.response().headers().seconds("Retry-After");
            if (after.isPresent()) {
                Duration demanded = Duration.ofSeconds(Math.min(after.getAsLong(), MAX_REFRESH_SECONDS));
                return demanded.compareTo(pause) > 0 ? demanded : pause;
            }
        }
        return pause;
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private static void finish(List<Consumer<Outcome>> waiting, Outcome outcome) {
        List<Consumer<Outcome>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(result -> result.accept(outcome));
    }
}
