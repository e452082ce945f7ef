package io.websip.internal.registration;

import io.websip.sip.NameAddress;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds our own binding among all that a registrar lists (RFC 3261 section 10.2.4). Immutable. */
final class Bindings {
    /** What a malformed expiry counts as (RFC 3261 section 10.2.1.1). */
    private static final long DEFAULT_EXPIRES = 3_600;

    private final SipUri contact;
    private final RegistrationSettings settings;

    /**
     * Looks for the given contact.
     *
     * @param settings tell the instance and reg-id of our flow
     */
    Bindings(SipUri contact, RegistrationSettings settings) {
        this.contact = contact;
        this.settings = settings;
    }

    /**
     * What the 2xx says of our own contact.
     *
     * @param requested the seconds that count where the response says nothing at all
     * @param outboundAsked whether the REGISTER was one of RFC 5626
     * @return empty if our contact is not listed, or with an expiry of zero: then there is no binding
     */
    Optional<Grant> grant(SipResponse response, long requested, boolean outboundAsked) {
        Optional<NameAddress> ours = ours(response);
        long seconds = ours.isEmpty() ? 0 : expires(ours.get(), response, requested);
        return seconds == 0
                ? Optional.empty()
                : ours.map(contact -> Grant.of(response, contact, seconds, outboundAsked));
    }

    /** Whether the 2xx to the removal of our contact lists it all the same. */
    boolean stillListed(SipResponse response) {
        return response.contacts().stream()
                .anyMatch(listed -> isOurContact(listed) && listed.expires().orElse(0) > 0);
    }

    private Optional<NameAddress> ours(SipResponse response) {
        List<NameAddress> all = response.contacts();
        // A binding of an earlier run of this instance may be listed too, so the URI goes first.
        return first(all, this::isOurContact).or(() -> first(all, this::isOurFlow));
    }

    private static Optional<NameAddress> first(List<NameAddress> all, Predicate<NameAddress> ours) {
        return all.stream().filter(ours).findFirst();
    }

    private boolean isOurContact(NameAddress listed) {
        return listed.uri() instanceof SipUri uri && uri.matches(contact);
    }

    /** A registrar that knows no flows may leave out the reg-id. */
    private boolean isOurFlow(NameAddress listed) {
        return listed.parameters()
                        .get("+sip.instance")
                        .filter(settings.instance()::equalsIgnoreCase)
                        .isPresent()
                && listed.parameters().get("reg-id").stream().allMatch(Integer.toString(settings.regId())::equals);
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
