package io.websip.internal.connection;

import io.websip.internal.transaction.TransactionUser;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whom a {@link Link} tells, of its connections and of the requests that come over them. All calls on the loop. */
public interface LinkListener extends TransactionUser {
    /** The WebSocket is open and requests can be sent. */
    void linkUp(ServerAddress server);

    /**
     * The WebSocket is over, or an attempt came to nothing. Every transaction on it has ended before, unless the server was
     * left.
     *
     * @param wasOpen whether it had been open
     * @param retryIn the pause before the next attempt, zero if it follows at once; null if there will be none
     */
    void linkDown(ServerAddress server, Closure why, boolean wasOpen, @Nullable Duration retryIn);

    /**
     * A better server answers: there is a connection to it beside the one that is in use, until {@link Link#move}, {@link
     * Link#stay}, or its end. Should the other one end before, it takes its place.
     */
    void betterUp();

    /**
     * The agent has gone over to a better server: the connection to it is open and takes the place of the other, on which
     * what is under way may still end.
     */
    void linkMoved(ServerAddress from, ServerAddress to);
}
