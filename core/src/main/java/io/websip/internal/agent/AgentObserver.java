package io.websip.internal.agent;

import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipResponse;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whom an {@link AgentEngine} tells. All calls on the loop. */
public interface AgentObserver {
    /** The connection is open. */
    void connected(ServerAddress server);

    /**
     * The connection is over, or an attempt came to nothing.
     *
     * @param retryIn the pause before the next attempt, zero if it follows at once; null if there will be none
     */
    void disconnected(ServerAddress server, Closure why, @Nullable Duration retryIn);

    /** The binding has begun. */
    void registered(SipResponse response, Duration expires);

    /**
     * The binding is gone.
     *
     * @param asked whether we unregistered
     * @param why how the request ended that ended it; null if the connection was lost
     */
    void unregistered(boolean asked, @Nullable Outcome why);

    /** A REGISTER failed. */
    void registrationFailed(Outcome why);

    /** A REGISTER goes out; what is sent again for a challenge is not told. */
    void registerSent();

    /** A REGISTER has its outcome, which is no 2xx. */
    void registerFailed();

    /**
     * A MESSAGE has come.
     *
     * @return false if there is no room for one more
     */
    boolean incoming(IncomingRequest request);
}
