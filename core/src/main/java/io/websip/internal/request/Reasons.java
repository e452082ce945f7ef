package io.websip.internal.request;

import io.websip.internal.connection.Link;
import io.websip.internal.connection.Outage;
import io.websip.internal.transaction.Outcome;
import org.jspecify.annotations.Nullable;

/** Says why an agent could not send a request. */
public final class Reasons {
    private Reasons() {}

    /**
     * The outcome with what is known of its reason, where it does not say that itself.
     *
     * @param notRegistered how the last REGISTER failed; null if the agent is registered, or has not tried
     * @param stopping whether the agent stops
     * @param now by the loop's clock
     */
    public static Outcome explained(
            Outcome outcome, Link link, @Nullable Outcome notRegistered, boolean stopping, long now) {
        boolean lost = outcome instanceof Outcome.ConnectionLost;
        if (!lost && !(outcome instanceof Outcome.Expired) || !outcome.detail().isEmpty()) {
            return outcome;
        }
        String detail = "";
        Exception cause = null;
        Outage outage = link.outage();
        if (outage != null) {
            detail = outage.detail(now);
            cause = outage.cause();
        } else if (stopping) {
            detail = "the agent was stopped";
        } else if (!link.isOpen()) {
            detail = "there is no connection yet";
        } else if (!lost && notRegistered != null) {
            detail = "the agent is not registered: " + notRegistered.summary()
                    + (notRegistered.detail().isEmpty() ? "" : ": " + notRegistered.detail());
            cause = notRegistered.cause();
        }
        return lost ? new Outcome.ConnectionLost(detail, cause) : new Outcome.Expired(detail, cause);
    }
}
