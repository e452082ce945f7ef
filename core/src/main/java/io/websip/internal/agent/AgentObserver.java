package io.websip.internal.agent;

import io.websip.internal.messaging.IncomingRequest;
import io.websip.internal.registration.BindingEnd;
import io.websip.internal.registration.Grant;
import io.websip.internal.registration.RegisterCounter;
import io.websip.internal.transaction.Outcome;
import io.websip.sip.Discard;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whom an {@link AgentEngine} tells. All calls on the loop. */
public interface AgentObserver extends RegisterCounter {
    /** The connection is open. */
    void connected(ServerAddress server);

    /**
     * The connection is over, or an attempt came to nothing.
     *
     * @param retryIn the pause before the next attempt, zero if it follows at once; null if there will be none
     */
    void disconnected(ServerAddress server, Closure why, @Nullable Duration retryIn);

    /**
     * The binding has begun, or been refreshed.
     *
     * @param first whether we were not registered before
     */
    void registered(Grant grant, boolean first);

    /**
     * The time to refresh the binding has come.
     *
     * @param left until the binding ends
     */
    void registrationExpiring(Duration left);

    /**
     * The binding is gone.
     *
     * @param why how the last request ended; null if there was none, or if the connection was lost
     */
    void unregistered(BindingEnd end, @Nullable Outcome why);

    /**
     * A REGISTER failed.
     *
     * @param retryIn when the next is sent by itself; null if none is on this connection
     */
    void registrationFailed(Outcome why, @Nullable Duration retryIn);

    /**
     * A MESSAGE has come.
     *
     * @return false if there is no room for one more
     */
    boolean incoming(IncomingRequest request);

    /**
     * Something that came was not used, or not used whole.
     *
     * @param why holds no octet of the peer
     */
    void discarded(Discard kind, String why);
}
