package io.websip.internal.agent;

import io.websip.config.UserAgentConfig;
import io.websip.internal.log.GuardedLogger;
import io.websip.internal.messaging.IncomingRequest;
import io.websip.internal.registration.BindingEnd;
import io.websip.internal.registration.Grant;
import io.websip.internal.transaction.Outcome;
import io.websip.loop.EventLoop;
import io.websip.sip.Discard;
import io.websip.sip.SipResponse;
import io.websip.text.TimeText;
import io.websip.text.Visible;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens to an agent to the log, each line with its address, and tells the observer behind. INFO is what
 * somebody who runs the agent wants to know, WARNING what needs him. Confined to the loop.
 */
final class AgentLog implements AgentObserver {
    private static final System.Logger CONNECTION = GuardedLogger.of("io.websip.connection");
    private static final System.Logger REGISTRATION = GuardedLogger.of("io.websip.registration");
    private static final System.Logger AGENT = GuardedLogger.of("io.websip.agent");

    /** Between two warnings of one kind. */
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final String aor;
    private final EventLoop loop;
    private final AgentObserver observer;
    private boolean connected;
    private @Nullable OutageLog outage; // null while there is none
    private boolean stopping;
    private @Nullable String unregisteredFor; // why the last REGISTER failed; null if it did not
    private final Quiet refused = new Quiet();
    private final Quiet discarded = new Quiet();

    AgentLog(UserAgentConfig config, EventLoop loop, AgentObserver observer) {
        this.aor = config.uri().toString();
        this.loop = loop;
        this.observer = observer;
    }

    /** @param sentBy what the agent calls itself in Via and Contact, and so in the log of the layers below */
    void started(String sentBy) {
        AGENT.log(System.Logger.Level.DEBUG, "{0} starts, on the wire as {1}", aor, sentBy);
    }

    void stopping() {
        stopping = true;
        AGENT.log(System.Logger.Level.DEBUG, "{0} stops", aor);
    }

    void stopped() {
        AGENT.log(System.Logger.Level.DEBUG, "{0} has stopped", aor);
    }

    @Override
    public void connected(ServerAddress server) {
        connected = true;
        outage = null;
        CONNECTION.log(System.Logger.Level.INFO, "{0} is connected to {1}", aor, server);
        observer.connected(server);
    }

    @Override
    public void disconnected(ServerAddress server, Closure why, @Nullable Duration retryIn) {
        if (connected || stopping) {
            System.Logger.Level level = connected ? System.Logger.Level.INFO : System.Logger.Level.DEBUG;
            OutageLog.log(level, aor, server, why, retryIn);
        } else {
            if (outage == null) {
                outage = new OutageLog();
            }
            outage.failed(aor, server, why, retryIn);
        }
        connected = false;
        if (retryIn == null && !stopping) {
            CONNECTION.log(
                    System.Logger.Level.WARNING,
                    "{0} has given up: its reconnect policy allows no further attempt",
                    aor);
        }
        observer.disconnected(server, why, retryIn);
    }

    @Override
    public void registered(Grant grant, boolean first) {
        unregisteredFor = null;
        REGISTRATION.log(
                first ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
                "{0} is registered for {1}",
                aor,
                TimeText.of(grant.expires()));
        observer.registered(grant, first);
    }

    @Override
    public void registrationExpiring(Duration left) {
        REGISTRATION.log(
                System.Logger.Level.DEBUG, "{0} is to be registered anew, {1} are left", aor, TimeText.of(left));
        observer.registrationExpiring(left);
    }

    @Override
    public void unregistered(BindingEnd end, @Nullable Outcome why) {
        boolean asked = end == BindingEnd.ASKED;
        REGISTRATION.log(
                asked ? System.Logger.Level.DEBUG : System.Logger.Level.INFO,
                "{0} is not registered any more: {1}",
                aor,
                reason(end, why));
        observer.unregistered(end, why);
    }

    private static String reason(BindingEnd end, @Nullable Outcome why) {
        return switch (end) {
            case ASKED -> "as asked";
            case CONNECTION_LOST -> "the connection is lost";
            case LAPSED -> "its time is over" + (why == null ? "" : " (" + why.summary() + ")");
            case REFUSED -> why == null ? "refused" : why.summary();
        };
    }

    /** Once for each change of reason; that a connection was lost has a line of its own. */
    @Override
    public void registrationFailed(Outcome why, @Nullable Duration retryIn) {
        String reason = why.summary() + (why.detail().isEmpty() ? "" : ": " + Visible.line(why.detail()));
        boolean news = !(why instanceof Outcome.ConnectionLost) && !reason.equals(unregisteredFor);
        unregisteredFor = reason;
        boolean person = why instanceof Outcome.Answered answered && needsAPerson(answered.response());
        REGISTRATION.log(
                !news ? System.Logger.Level.DEBUG : person ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                "{0} could not register: {1}{2}",
                aor,
                reason,
                retryIn == null ? "" : "; tried again in " + TimeText.of(retryIn));
        observer.registrationFailed(why, retryIn);
    }

    /** The registrar knows neither the address nor the password: to wait does not help. */
    private static boolean needsAPerson(SipResponse response) {
        return switch (response.status()) {
            case 401, 403, 404, 407 -> true;
            default -> false;
        };
    }

    @Override
    public void registerSent() {
        observer.registerSent();
    }

    @Override
    public void registerFailed() {
        observer.registerFailed();
    }

    @Override
    public boolean incoming(IncomingRequest request) {
        boolean taken = observer.incoming(request);
        if (!taken) {
            refused();
        }
        return taken;
    }

    private void refused() {
        int count = refused.one();
        if (count > 0) {
            AGENT.log(
                    System.Logger.Level.WARNING,
                    "{0} had no room for {1} messages: its listeners are too slow (maxIncomingQueue, maxIncomingBytes)",
                    aor,
                    count);
        }
    }

    /** What is well-formed and merely late or repeated is no news. */
    @Override
    public void discarded(Discard kind, String why) {
        if (kind == Discard.STRAY_RESPONSE || kind == Discard.STRAY_ACK) {
            CONNECTION.log(System.Logger.Level.DEBUG, "{0} was sent {1}, which is left out", aor, why);
        } else {
            int count = discarded.one();
            if (count > 0) {
                CONNECTION.log(
                        System.Logger.Level.WARNING,
                        "{0} was sent {1} messages or parts of messages that are left out, the last: {2}"
                                + " (UserAgentMetrics.discarded)",
                        aor,
                        count,
                        why);
            }
        }
        observer.discarded(kind, why);
    }

    /** Counts what would fill the log, in a flood. */
    private final class Quiet {
        private boolean warned;
        private long warnedAt;
        private int count; // since then

        /** One more; how many there were since the last warning if the next is due, else 0. */
        int one() {
            count++;
            long now = loop.nanoTime();
            if (warned && now - warnedAt < QUIET_NANOS) {
                return 0;
            }
            int since = count;
            warned = true;
            warnedAt = now;
            count = 0;
            return since;
        }
    }
}
