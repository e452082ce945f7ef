package io.websip.internal.registration;

import io.websip.sip.SipUri;
import java.time.Duration;
import java.util.UUID;

/**
 * What a {@link Registration} and its requests need of an agent's configuration. Immutable.
 *
 * @param registrar the Request-URI of REGISTER
 * @param automatic whether the agent registers by itself once it is connected
 * @param expires the life to ask for
 * @param instanceId names this device (RFC 5626 section 4.1)
 * @param regId names the flow, 1 to 2**31-1 (RFC 5626 section 4.2)
 * @param outbound whether RFC 5626 is offered
 * @param autoRefresh whether the binding is refreshed without the program
 * @param retryMin the longest first pause after a failure
 * @param retryMax the longest pause after many
 */
public record RegistrationSettings(
        SipUri registrar,
        boolean automatic,
        Duration expires,
        UUID instanceId,
        int regId,
        boolean outbound,
        boolean autoRefresh,
        Duration retryMin,
        Duration retryMax) {
    /** The value of our contact's +sip.instance. */
    public String instance() {
        return "<urn:uuid:" + instanceId + ">";
    }
}
