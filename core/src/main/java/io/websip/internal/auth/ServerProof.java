package io.websip.internal.auth;

import io.websip.sip.AuthHeader;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a response says of the credentials in its request: whether the server knows our secret too, and which nonce comes
 * next (RFC 7616 section 3.5, RFC 7615). Confined to the loop.
 */
final class ServerProof {
    private final AuthAttempt.Carried carried;
    private final @Nullable AuthHeader info;
    private final boolean claimed;
    private final boolean given;

    ServerProof(DigestCalculator calculator, AuthAttempt.Carried carried, SipRequest request, SipResponse response) {
        this.carried = carried;
        this.info = info(carried.session().challenge().kind(), response);
        String proof = info == null ? null : info.get("rspauth").orElse(null);
        this.claimed = proof != null;
        this.given = proof != null && expected(calculator, request, response).equalsIgnoreCase(proof);
    }

    private static @Nullable AuthHeader info(AuthKind kind, SipResponse response) {
        String value = response.headers().first(kind.infoHeader()).orElse(null);
        if (value == null) {
            return null;
        }
        try {
            return AuthHeader.parseInfo(value);
        } catch (SipParseException e) {
            return null;
        }
    }

    private String expected(DigestCalculator calculator, SipRequest request, SipResponse response) {
        NonceSession session = carried.session();
        Challenge challenge = session.challenge();
        String qop = info == null
                ? challenge.qop()
                : info.list("qop").stream().findFirst().orElse(challenge.qop());
        return calculator.response(
                challenge.algorithm(),
                session.ha1(),
                "",
                request.requestUriText(),
                challenge.nonce(),
                qop,
                session.count().cnonce(),
                carried.count(),
                response.body());
    }

    AuthAttempt.Carried carried() {
        return carried;
    }

    /** Whether the server says that it has proven it. */
    boolean isClaimed() {
        return claimed;
    }

    /** Whether the server has proven it. */
    boolean isGiven() {
        return given;
    }

    /** Whether each proof that a response claims holds for one of the credentials of its kind. */
    static boolean areTrue(List<ServerProof> proofs) {
        return proofs.stream()
                .filter(proof -> proof.claimed)
                .allMatch(claim -> proofs.stream().anyMatch(proof -> proof.given && proof.kind() == claim.kind()));
    }

    private AuthKind kind() {
        return carried.session().challenge().kind();
    }

    /** The challenge with the nonce that is named for the next request; null if none is named that is fit. */
    @Nullable
    Challenge next() {
        AuthHeader named = info;
        if (named == null) {
            return null;
        }
        String nonce = named.get("nextnonce").orElse(null);
        if (nonce == null || nonce.isEmpty() || !Challenge.isFit(nonce)) {
            return null;
        }
        Challenge next = carried.session()
                .challenge()
                .withNonce(nonce, named.quoted("nextnonce").orElse(nonce));
        return next.echoLength() > Challenge.MAX_ECHO_BYTES ? null : next;
    }
}
