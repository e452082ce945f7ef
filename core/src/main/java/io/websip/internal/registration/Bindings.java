package io.websip.internal.registration;

import io.websip.sip.NameAddress;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.util.OptionalLong;

/** Finds our own binding among all that a registrar lists (RFC 3261 section 10.2.4). Immutable. */
final class Bindings {
    /** What a malformed expiry counts as (RFC 3261 section 10.2.1.1). */
    private static final long DEFAULT_EXPIRES = 3_600;

    private final SipUri contact;
    private final String instance;

    /**
     * Looks for the given contact.
     *
     * @param instance the value of +sip.instance, such as {@code <urn:uuid:...>}
     */
    Bindings(SipUri contact, String instance) {
        this.contact = contact;
        this.instance = instance;
    }

    /**
     * The seconds granted to our own contact.
     *
     * @param requested what counts where the response says nothing at all
     * @return empty if our contact is not listed: then there is no binding
     */
    OptionalLong granted(SipResponse response, long requested) {
        for (NameAddress listed : response.contacts()) {
            if (isOurs(listed)) {
                return OptionalLong.of(expires(listed, response, requested));
            }
        }
        return OptionalLong.empty();
    }

    private boolean isOurs(NameAddress listed) {
        if (listed.uri() instanceof SipUri uri && uri.matches(contact)) {
            return true;
        }
        return listed.parameters()
                        .get("+sip.instance")
                        .filter(instance::equalsIgnoreCase)
                        .isPresent()
                && listed.parameters().get("reg-id").filter("1"::equals).isPresent();
    }

    private static long expires(NameAddress listed, SipResponse response, long requested) {
        if (listed.parameters().contains("expires")) {
            return listed.expires().orElse(DEFAULT_EXPIRES);
        }
        if (response.headers().contains("Expires")) {
            return response.headers().seconds("Expires").orElse(DEFAULT_EXPIRES);
        }
        return requested;
    }
}
