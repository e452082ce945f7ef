package io.websip.transport.fake.sip;

import io.websip.config.DigestAlgorithm;
import io.websip.internal.auth.AuthKind;
import io.websip.internal.auth.DigestCalculator;
import io.websip.sip.AuthHeader;
import io.websip.sip.QuotedString;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The digest side of a server: asks for credentials and checks them (RFC 7616, RFC 8760). Confined to the server's loop. */
final class Challenger {
    /**
     * What came of a request's credentials.
     *
     * @param challenge what the request is answered with; null if its credentials are good
     * @param proof of the credentials; null if they are not good
     */
    record Verdict(
            @Nullable SipResponse challenge, @Nullable Proof proof) {}

    private static final String DEFAULT_ALGORITHM = "MD5";

    private final ServerOptions options;
    private final DigestCalculator calculator = new DigestCalculator();
    private final Nonces nonces;
    private final Recorded<String> refusals = new Recorded<>(FakeSipServer.MAX_RECORDED);

    Challenger(ServerOptions options) {
        this.options = options;
        this.nonces = new Nonces(options.nonceLife.toNanos(), options.name);
    }

    /**
     * Looks for good credentials of this realm.
     *
     * @param user whose password counts
     */
    Verdict check(SipRequest request, String user, AuthKind kind, String realm, long now) {
        boolean stale = false;
        for (String value : request.headers().all(kind.credentialsHeader())) {
            AuthHeader credentials = parse(value).orElse(null);
            if (credentials == null
                    || !credentials.isDigest()
                    || !credentials.get("realm").filter(realm::equals).isPresent()) {
                continue;
            }
            String nonce = credentials.get("nonce").orElse("");
            Proof proof = proof(credentials, request, user, kind, realm);
            String fault = proof == null ? wrong(credentials, request, user, realm) : null;
            if (fault == null && !nonces.isGood(nonce, kind, realm, now)) {
                stale = true;
                fault = "the nonce " + nonce + " is too old, or not of this realm (RFC 7616 section 3.3, stale)";
            }
            if (fault == null && !counted(credentials, nonce)) {
                fault = "the nonce count " + credentials.get("nc").orElse("") + " of " + nonce
                        + " is malformed or was used before (RFC 7616 section 3.4)";
            }
            if (fault == null) {
                return new Verdict(null, proof);
            }
            refusals.add(request.startLine() + ": " + fault);
        }
        return new Verdict(challenge(request, kind, realm, stale, now), null);
    }

    private static Optional<AuthHeader> parse(String value) {
        try {
            return Optional.of(AuthHeader.parse(value));
        } catch (SipParseException e) {
            return Optional.empty();
        }
    }

    /** Why credentials were refused, oldest first. */
    List<String> refusals() {
        return refusals.all();
    }

    private boolean counted(AuthHeader credentials, String nonce) {
        if (credentials.get("qop").isEmpty()) {
            return true;
        }
        String count = credentials.get("nc").orElse("");
        return count.matches("[0-9a-fA-F]{8}") && nonces.count(nonce, Long.parseLong(count, 16));
    }

    /** The first part of the credentials that is wrong, apart from the response itself; null if there is none. */
    private @Nullable String wrongPart(AuthHeader credentials, SipRequest request, String user, String realm) {
        if (!options.users.containsKey(user)) {
            return "there is no user '" + user + "'";
        }
        DigestAlgorithm algorithm = algorithm(credentials);
        if (algorithm == null || !options.algorithms.contains(algorithm)) {
            return "the algorithm was not offered";
        }
        if (!named(credentials, algorithm, user, realm)) {
            return "the username is not that of '" + user + "'";
        }
        if (!credentials.get("uri").filter(request.requestUriText()::equals).isPresent()) {
            return "uri is not the Request-URI (RFC 7616 section 3.4.6)";
        }
        String qop = credentials.get("qop").orElse("");
        List<String> offered =
                Arrays.asList(options.qop.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1));
        if (!offered.contains(qop.toLowerCase(Locale.ROOT))) {
            return "qop '" + qop + "' was not offered (RFC 7616 section 3.4)";
        }
        String opaque = options.challengeParameters.get("opaque");
        if (opaque != null
                && !credentials
                        .get("opaque")
                        .map(QuotedString::quote)
                        .filter(opaque::equals)
                        .isPresent()) {
            return "opaque is not what the challenge said (RFC 7616 section 3.4)";
        }
        return null;
    }

    private String wrong(AuthHeader credentials, SipRequest request, String user, String realm) {
        String part = wrongPart(credentials, request, user, realm);
        return part == null ? "the response is wrong: another password, or another message" : part;
    }

    private static @Nullable DigestAlgorithm algorithm(AuthHeader credentials) {
        return DigestAlgorithm.of(credentials.get("algorithm").orElse(DEFAULT_ALGORITHM))
                .orElse(null);
    }

    private @Nullable Proof proof(
            AuthHeader credentials, SipRequest request, String user, AuthKind kind, String realm) {
        ServerOptions.Account account = options.users.get(user);
        DigestAlgorithm algorithm = algorithm(credentials);
        if (account == null || algorithm == null || wrongPart(credentials, request, user, realm) != null) {
            return null;
        }
        String ha1 = calculator.ha1(algorithm, account.authorizationUser(), realm, account.password());
        Proof proof = new Proof(calculator, kind, algorithm, ha1, credentials, request.requestUriText());
        String expected = proof.response(request.method().name(), request.body());
        return credentials.get("response").filter(expected::equals).isPresent() ? proof : null;
    }

    /** RFC 7616 section 3.4: the plain name, its hash, or its extended form. */
    private boolean named(AuthHeader credentials, DigestAlgorithm algorithm, String user, String realm) {
        ServerOptions.Account account = options.users.get(user);
        if (account == null) {
            return false;
        }
        String name = account.authorizationUser();
        if (credentials.get("userhash").filter("true"::equalsIgnoreCase).isPresent()) {
            return credentials
                    .get("username")
                    .filter(calculator.userhash(algorithm, name, realm)::equals)
                    .isPresent();
        }
        return credentials
                .get("username")
                .or(() -> credentials.get("username*").map(Challenger::extended))
                .filter(name::equals)
                .isPresent();
    }

    /** The value of RFC 8187; empty if it is none in UTF-8. */
    private static String extended(String value) {
        try {
            return value.regionMatches(true, 0, "UTF-8''", 0, 7)
                    ? java.net.URLDecoder.decode(
                            value.substring(7).replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8)
                    : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private SipResponse challenge(SipRequest request, AuthKind kind, String realm, boolean stale, long now) {
        int status = kind == AuthKind.SERVER ? 401 : 407;
        SipMessageBuilder<SipResponse> builder = SipResponse.to(request.headers(), status, null, "challenge");
        String nonce = nonces.issue(kind, realm, now);
        for (DigestAlgorithm algorithm : options.algorithms) {
            StringBuilder value = new StringBuilder("Digest realm=" + QuotedString.quote(realm) + ", nonce=\"" + nonce
                    + "\", algorithm=" + algorithm.token());
            if (!options.qop.isEmpty()) {
                value.append(", qop=").append(QuotedString.quote(options.qop));
            }
            options.challengeParameters.forEach(
                    (name, v) -> value.append(", ").append(name).append('=').append(v));
            if (stale && options.sayStale) {
                value.append(", stale=true");
            }
            builder.add(kind.challengeHeader(), value.toString());
        }
        return builder.build();
    }

    /** The response to a request whose credentials were good, with what the options say of the next and of ourselves. */
    SipResponse informed(SipResponse response, List<Proof> proofs, long now) {
        if (!response.isSuccess() || !(options.nextNonces || options.rspauth)) {
            return response;
        }
        SipMessageBuilder<SipResponse> builder = response.toBuilder();
        for (Proof proof : proofs) {
            String next = options.nextNonces ? nonces.issue(proof.kind(), proof.realm(), now) : null;
            String info = proof.info(next, options.rspauth, response.body());
            if (!info.isEmpty()) {
                builder.set(proof.kind().infoHeader(), info);
            }
        }
        return builder.build();
    }

    /** All nonces that were given out are unknown from now on. */
    void forget() {
        nonces.forget();
    }
}
