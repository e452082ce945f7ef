package io.websip.internal.agent;

import io.websip.internal.connection.Outage;
import io.websip.internal.log.GuardedLogger;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes failed attempts to connect to the log: of each server the first one of an outage, and each whose reason is another
 * than that of the one before, as a WARNING, and all others at DEBUG. Confined to the loop.
 */
final class OutageLog {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.connection");

    /** DNS may name other servers all the time. */
    private static final int MAX_SERVERS = 64;

    private final Map<ServerAddress, String> told = new HashMap<>();

    /** @param retryIn the pause before the next attempt; null if there will be none */
    void failed(String aor, ServerAddress server, Closure why, @Nullable Duration retryIn) {
        if (told.size() >= MAX_SERVERS) {
            told.clear();
        }
        String kind = kind(why);
        boolean news = !kind.equals(told.put(server, kind));
        log(news ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG, aor, server, why, retryIn);
    }

    static void log(
            System.Logger.Level level, String aor, ServerAddress server, Closure why, @Nullable Duration retryIn) {
        LOG.log(
                level,
                "{0} has no connection: {1}{2}",
                aor,
                Outage.reason(server, why),
                retryIn == null ? "" : "; " + Outage.again(retryIn));
    }

    /** What does not change from one attempt to the next: without numbers, which may be times, and without a server's words. */
    private static String kind(Closure why) {
        if (why instanceof Closure.Refused refused) {
            return "refused " + refused.httpStatus();
        }
        if (why instanceof Closure.Closed closed) {
            return "closed " + closed.code();
        }
        StringBuilder kind = new StringBuilder();
        why.toString().chars().filter(c -> c < '0' || c > '9').forEach(c -> kind.append((char) c));
        return kind.toString();
    }
}
