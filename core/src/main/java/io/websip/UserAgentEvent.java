package io.websip;

import io.websip.config.ReconnectPolicy;
import io.websip.config.RegistrationOptions;
import io.websip.sip.SipResponse;
import io.websip.text.Visible;
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
     * @param server the server it was to; the domain at port 443 where its lookup in DNS failed
     * @param why how it ended; a refused handshake with its HTTP status, a failed lookup as {@link Closure.Failed} with a
     *     {@link io.websip.dns.DnsException}
     * @param retryIn the pause before the next attempt, zero if it follows at once, as with another server; empty if
     *     none follows, since the {@link ReconnectPolicy} has an end or the agent is being stopped
     */
    record Disconnected(ServerAddress server, Closure why, Optional<Duration> retryIn) implements UserAgentEvent {}

    /**
     * The registrar holds our binding. Fired when it begins, not at each refresh.
     *
     * @param response the 200
     * @param binding what it says of our contact
     */
    record Registered(SipResponse response, Binding binding) implements UserAgentEvent {
        /** How long the registrar keeps the binding if it is not refreshed. */
        public Duration expires() {
            return binding.expires();
        }
    }

    /**
     * The time to refresh the binding has come: between a half and nine tenths of what was granted are over. The agent
     * does it by itself, right now, unless {@link RegistrationOptions.Builder#autoRefresh} leaves it to the program.
     *
     * @param left until the registrar drops the binding
     */
    record RegistrationExpiring(Duration left) implements UserAgentEvent {}

    /**
     * The registrar holds our binding no longer. Where refreshes fail in a way that may pass, this comes when the granted
     * time is over and not before.
     *
     * @param response the answer to our own unregister, if it came before the granted time was over, or the last one that was
     *     no refresh
     * @param cause empty if we asked for it; {@link Cause#EXPIRED} if nobody refreshed it, {@link Cause#CONNECTION_ERROR}
     *     if the connection was lost, else why the refresh failed
     */
    record Unregistered(Optional<SipResponse> response, Optional<Cause> cause) implements UserAgentEvent {}

    /**
     * A REGISTER failed. If the binding stood before, it still does, unless {@link Unregistered} follows.
     *
     * @param cause why
     * @param response the final response, if it is one that made it fail; of a redirect its contacts say where to, which
     *     is not followed
     * @param retryIn when the agent tries again by itself, zero if at once at another server; empty if not before there is
     *     a new connection
     * @param detail what there is to say beside the cause, in words; empty for nothing
     */
    record RegistrationFailed(Cause cause, Optional<SipResponse> response, Optional<Duration> retryIn, String detail)
            implements UserAgentEvent {
        /** Makes the detail visible ({@link Visible#line(String)}). */
        public RegistrationFailed {
            detail = Visible.line(detail);
        }
    }
}
