package io.websip.transport.fake;

import java.time.Duration;

/**
 * Something that a {@link VirtualEventLoop} has still to run. Immutable.
 *
 * @param due when, on the scale of {@link VirtualEventLoop#elapsed()}
 * @param in how long that is from now; zero if it is ready
 * @param loop the name of the view that it belongs to, such as {@code agent-1}
 * @param description what it is and which line of code asked for it
 */
public record PendingTask(Duration due, Duration in, String loop, String description) {
    @Override
    public String toString() {
        return "due at " + due + " (in " + in + ") on " + loop + ": " + description;
    }
}
