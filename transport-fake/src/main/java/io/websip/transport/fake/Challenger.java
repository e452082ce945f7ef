package io.websip.transport.fake;

import io.websip.auth.DigestAlgorithm;
import io.websip.internal.auth.AuthKind;
import io.websip.internal.auth.DigestCalculator;
import io.websip.sip.AuthHeader;
import io.websip.sip.QuotedString;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The digest side of a server: asks for credentials and checks them (RFC 7616, RFC 8760). Confined to the server's loop. */
final class Challenger {
    /** What is known of a nonce that was given out. */
    private static final class Nonce {
        final long since;
        long lastCount;

        Nonce(long since) {
            this.since = since;
        }
    }

    private final FakeSipServer.Options options;
    private final DigestCalculator calculator = new DigestCalculator();
    private final Map<String, Nonce> nonces = new HashMap<>();
    private long issued;

    Challenger(FakeSipServer.Options options) {
        this.options = options;
    }

    /**
     * The challenge that the request must answer first; null if its credentials are good.
     *
     * @param user whose password counts
     */
    @Nullable
    SipResponse check(SipRequest request, String user, AuthKind kind, String realm, long now) {
        boolean stale = false;
        for (String value : request.headers().all(kind.credentialsHeader())) {
            AuthHeader credentials = parse(value).orElse(null);
            if (credentials == null
                    || !credentials.isDigest()
                    || !credentials.get("realm").filter(realm::equals).isPresent()) {
                continue;
            }
            Nonce nonce = nonces.get(credentials.get("nonce").orElse(""));
            if (nonce == null || now - nonce.since >= options.nonceLife.toNanos()) {
                stale = right(credentials, request, user, realm);
            } else if (right(credentials, request, user, realm) && counted(credentials, nonce)) {
                return null;
            }
        }
        return challenge(request, kind, realm, stale, now);
    }

    private static Optional<AuthHeader> parse(String value) {
        try {
            return Optional.of(AuthHeader.parse(value));
        } catch (SipParseException e) {
            return Optional.empty();
        }
    }

    /** Each count may be used once (RFC 7616 section 3.4). */
    private static boolean counted(AuthHeader credentials, Nonce nonce) {
        if (credentials.get("qop").isEmpty()) {
            return true;
        }
        long count = Long.parseLong(credentials.get("nc").orElse("0"), 16);
        if (count <= nonce.lastCount) {
            return false;
        }
        nonce.lastCount = count;
        return true;
    }

    private boolean right(AuthHeader credentials, SipRequest request, String user, String realm) {
        String password = options.users.get(user);
        DigestAlgorithm algorithm =
                DigestAlgorithm.of(credentials.get("algorithm").orElse("MD5")).orElse(null);
        if (password == null || algorithm == null || !options.algorithms.contains(algorithm)) {
            return false;
        }
        boolean named =
                credentials.get("userhash").filter("true"::equalsIgnoreCase).isPresent()
                        ? credentials
                                .get("username")
                                .filter(calculator.userhash(algorithm, user, realm)::equals)
                                .isPresent()
                        : credentials.get("username").filter(user::equals).isPresent();
        if (!named
                || !credentials
                        .get("uri")
                        .filter(request.requestUriText()::equals)
                        .isPresent()) {
            return false;
        }
        String expected = calculator.response(
                algorithm,
                calculator.ha1(algorithm, user, realm, password),
                request.method().name(),
                request.requestUriText(),
                credentials.get("nonce").orElse(""),
                credentials.get("qop").map(qop -> qop.toLowerCase(Locale.ROOT)).orElse(null),
                credentials.get("cnonce").orElse(""),
                credentials.get("nc").orElse(""),
                request.body());
        return credentials.get("response").filter(expected::equals).isPresent();
    }

    private SipResponse challenge(SipRequest request, AuthKind kind, String realm, boolean stale, long now) {
        int status = kind == AuthKind.SERVER ? 401 : 407;
        SipMessageBuilder<SipResponse> builder = SipResponse.to(request.headers(), status, null, "challenge");
        String nonce = newNonce(now);
        for (DigestAlgorithm algorithm : options.algorithms) {
            builder.add(
                    kind.challengeHeader(),
                    "Digest realm=" + QuotedString.quote(realm) + ", nonce=\"" + nonce + "\", algorithm="
                            + algorithm.token()
                            + (options.qop.isEmpty() ? "" : ", qop=\"" + options.qop + "\"")
                            + (stale && options.sayStale ? ", stale=true" : ""));
        }
        return builder.build();
    }

    private String newNonce(long now) {
        String nonce = "nonce" + ++issued + "/==";
        nonces.put(nonce, new Nonce(now));
        return nonce;
    }

    /** All nonces that were given out are unknown from now on. */
    void forget() {
        nonces.clear();
    }
}
