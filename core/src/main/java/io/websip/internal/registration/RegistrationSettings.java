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
 */
public record RegistrationSettings(SipUri registrar, boolean automatic, Duration expires, UUID instanceId) {
    /** The value of our contact's +sip.instance. */
    public String instance() {
        return "<urn:uuid:" + instanceId + ">";
    }
}
