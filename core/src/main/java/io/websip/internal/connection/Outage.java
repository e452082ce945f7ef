package io.websip.internal.connection;

import io.websip.internal.log.ThrownText;
import io.websip.text.TimeText;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an agent has no connection: how its last one ended, or its last attempt. Immutable.
 *
 * @param server the one that it was to
 * @param why how it ended
 * @param next when the next attempt begins, by the loop's clock; null if that is not known, or none follows
 */
public record Outage(
        ServerAddress server, Closure why, @Nullable Long next) {
    /** The reason, with the address of the server. */
    public String reason() {
        return reason(server, why);
    }

    /** The reason why a connection is over, with the address of the server. */
    public static String reason(ServerAddress server, Closure why) {
        String text = text(why);
        String name = server.toString();
        return text.contains(name) ? text : name + ": " + text;
    }

    private static String text(Closure why) {
        if (why instanceof Closure.Failed failed) {
            String message = ThrownText.message(failed.cause());
            return message.isEmpty() ? why.toString() : message;
        }
        return why.toString();
    }

    /** The reason, and when the next attempt comes. */
    public String detail(long now) {
        return next == null || next - now <= 0 ? reason() : reason() + "; " + again(Duration.ofNanos(next - now));
    }

    /** When the next attempt comes. */
    public static String again(Duration pause) {
        return pause.isZero() ? "another attempt follows at once" : "again in " + TimeText.of(pause);
    }

    /** The reason as an exception. */
    public Exception cause() {
        return why instanceof Closure.Failed failed ? failed.cause() : new IOException(reason());
    }
}
