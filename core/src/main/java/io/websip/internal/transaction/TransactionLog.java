package io.websip.internal.transaction;

import io.websip.internal.jfr.Recorder;
import io.websip.internal.jfr.Span;
import io.websip.internal.log.GuardedLogger;
import io.websip.sip.SipRequest;
import io.websip.text.Visible;

/**
 * What the log and the flight recorder are told of one transaction: its beginning and its first end. Where neither listens
 * there is one log for all. Confined to the loop.
 */
final class TransactionLog {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.transaction");

    /** How many characters of an identifier are shown. */
    private static final int MAX_SHOWN = 200;

    /** Of transactions that nobody follows. */
    static final TransactionLog NONE = new TransactionLog("", Span.NONE);

    private final String name;
    private final Span span;
    private boolean over;

    private TransactionLog(String name, Span span) {
        this.name = name;
        this.span = span;
    }

    /**
     * A transaction begins.
     *
     * @param agent the sent-by by which the agent is known on the wire
     */
    static TransactionLog of(String agent, SipRequest request, boolean client) {
        Span span = Recorder.get().transaction(request, client);
        boolean logged = LOG.isLoggable(System.Logger.Level.DEBUG);
        if (!logged && span == Span.NONE) {
            return NONE;
        }
        String branch = Visible.line(request.topVia().branch().orElse("without branch"), MAX_SHOWN);
        TransactionLog trail = new TransactionLog(agent + ": " + request.method() + " " + branch, span);
        if (logged) {
            String way = client ? "sent" : "received";
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "{0} {1}, Call-ID {2}",
                    trail.name,
                    way,
                    Visible.line(request.callId(), MAX_SHOWN));
        }
        return trail;
    }

    /** The transaction has its final response, with that status; only the first end counts. */
    void answered(int status) {
        if (begins()) {
            span.ended(status, "answered");
            LOG.log(System.Logger.Level.DEBUG, "{0} answered with {1}", name, Integer.toString(status));
        }
    }

    /** The transaction is over without a final response; only the first end counts. */
    void ended(String how) {
        if (begins()) {
            span.ended(0, how);
            LOG.log(System.Logger.Level.DEBUG, "{0} {1}", name, how);
        }
    }

    private boolean begins() {
        if (over || this == NONE) {
            return false;
        }
        over = true;
        return true;
    }
}
