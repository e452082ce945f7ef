package io.websip;

import io.websip.sip.SipResponse;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.Optional;

/** What happens to a {@link UserAgent}'s connection and registration. Immutable. */
public sealed interface UserAgentEvent {
    /**
     * The WebSocket is open.
     *
     * @param server the server it is open to
     */
    record Connected(ServerAddress server) implements UserAgentEvent {}

    /**
     * The WebSocket is over, or an attempt to open it failed. Messages that were under way have failed before.
     *
     * @param server the server it was to
     * @param why how it ended; a refused handshake with its HTTP status
     * @param retryIn the pause before the next attempt, zero if it follows at once, as with another server; empty if
     *     none follows, since the {@link ReconnectPolicy} has an end or the agent is being stopped
     */
    record Disconnected(ServerAddress server, Closure why, Optional<Duration> retryIn) implements UserAgentEvent {}

    /**
     * The registrar holds our binding. Fired when it begins, not at each refresh.
     *
     * @param response the 200
     * @param expires how long the registrar keeps the binding if it is not refreshed
     */
    record Registered(SipResponse response, Duration expires) implements UserAgentEvent {}

    /**
     * The registrar holds our binding no longer.
     *
     * @param response the answer to our own unregister, or the one that ended the registration
     * @param cause empty if we asked for it
     */
    record Unregistered(Optional<SipResponse> response, Optional<Cause> cause) implements UserAgentEvent {}

    /**
     * A REGISTER failed. It is tried again by itself, with growing pauses, unless the answer says that this is in vain.
     *
     * @param cause why
     * @param response the final response, if it is one that made it fail
     */
    record RegistrationFailed(Cause cause, Optional<SipResponse> response) implements UserAgentEvent {}
}
