package io.websip.internal.agent;

import io.websip.internal.connection.Link;
import io.websip.internal.connection.Outage;
import io.websip.internal.transaction.Outcome;
import io.websip.loop.EventLoop;
import org.jspecify.annotations.Nullable;

/** Says why an agent could not send a request, or heard no answer to it. Confined to the loop. */
final class Reasons {
    private final EventLoop loop;
    private final Link link;
    private @Nullable Outcome notRegistered;
    private boolean stopping;

    Reasons(EventLoop loop, Link link) {
        this.loop = loop;
        this.link = link;
    }

    /** A REGISTER failed, or, with null, the agent is registered. */
    void registration(@Nullable Outcome failure) {
        notRegistered = failure;
    }

    /** The agent stops. */
    void stopping() {
        stopping = true;
    }

    /** The outcome with what is known of its reason, where it does not say that itself. */
    Outcome explained(Outcome outcome) {
        if (!outcome.detail().isEmpty()) {
            return outcome;
        }
        if (outcome instanceof Outcome.ConnectionLost) {
            Outage outage = link.outage();
            return outage == null
                    ? new Outcome.ConnectionLost(noConnection(), null)
                    : new Outcome.ConnectionLost(outage.detail(loop.nanoTime()), outage.cause());
        }
        return outcome instanceof Outcome.Expired ? expired() : outcome;
    }

    private String noConnection() {
        if (stopping) {
            return "the agent was stopped";
        }
        return link.isOpen() ? "" : "there is no connection yet";
    }

    private Outcome expired() {
        Outage outage = link.outage();
        if (outage != null) {
            return new Outcome.Expired(outage.detail(loop.nanoTime()), outage.cause());
        }
        if (!link.isOpen()) {
            return new Outcome.Expired(noConnection(), null);
        }
        Outcome failure = notRegistered;
        if (failure == null) {
            return new Outcome.Expired();
        }
        String detail = failure.detail().isEmpty() ? "" : ": " + failure.detail();
        return new Outcome.Expired("the agent is not registered: " + failure.summary() + detail, failure.cause());
    }
}
