package io.websip.internal.registration;

import io.websip.sip.NameAddress;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

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
        List<NameAddress> all = response.contacts();
        return first(all, this::isOurContact)
                // A binding of an earlier run of this instance may be listed too, so the URI goes first.
                .or(() -> first(all, this::isOurInstance))
                .map(ours -> OptionalLong.of(expires(ours, response, requested)))
                .orElse(OptionalLong.empty());
    }

    private static Optional<NameAddress> first(List<NameAddress> all, Predicate<NameAddress> ours) {
        return all.stream().filter(ours).findFirst();
    }

    private boolean isOurContact(NameAddress listed) {
        return listed.uri() instanceof SipUri uri && uri.matches(contact);
    }

    private boolean isOurInstance(NameAddress listed) {
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
