package io.websip.internal.messaging;

import io.websip.internal.registration.Grant;
import io.websip.sip.SipUri;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By which Request-URIs we are meant: our address, our contact and the GRUUs that the registrar has given to it (RFC 3261
 * section 8.2.2.1, RFC 5627). Confined to the loop.
 */
public final class OwnAddresses {
    /** A registrar gives a temporary GRUU with each refresh, and all stay good; the oldest are forgotten. */
    private static final int MAX_TEMPORARY = 32;

    private final SipUri aor;
    private final SipUri contact;
    private List<SipUri> temporaryGruus = List.of(); // the newest first
    private @Nullable SipUri publicGruu;
    private Optional<String> listedUser = Optional.empty(); // of our contact as the registrar lists it

    public OwnAddresses(SipUri aor, SipUri contact) {
        this.aor = aor;
        this.contact = contact;
    }

    /**
     * Whether the Request-URI means us: by the user part of our address or contact, or of our contact as the registrar lists
     * it. One without a user means whoever has this connection. One with {@code gr} names one instance of its address, and
     * must be a GRUU of ours.
     */
    boolean has(SipUri uri) {
        Optional<String> user = uri.user();
        if (user.isEmpty() || user.equals(contact.user())) {
            return true;
        }
        return uri.parameters().contains("gr") ? isGruu(uri) : user.equals(aor.user()) || user.equals(listedUser);
    }

    private boolean isGruu(SipUri uri) {
        return publicGruu != null && publicGruu.matches(uri)
                || temporaryGruus.stream().anyMatch(uri::matches);
    }

    /** The registrar has bound our contact, or refreshed its binding. */
    public void granted(Grant grant) {
        publicGruu = grant.publicGruu().orElse(null);
        listedUser = grant.contact().uri() instanceof SipUri listed ? listed.user() : Optional.empty();
        grant.temporaryGruu().ifPresent(gruu -> {
            temporaryGruus = Stream.concat(Stream.of(gruu), temporaryGruus.stream())
                    .limit(MAX_TEMPORARY)
                    .toList();
        });
    }

    /** The binding is over, and its GRUUs with it (RFC 5627 section 4.3). */
    public void unbound() {
        publicGruu = null;
        listedUser = Optional.empty();
        temporaryGruus = List.of();
    }
}
