package io.websip.transport.fake.sip;

import io.websip.config.DigestAlgorithm;
import io.websip.internal.auth.AuthKind;
import io.websip.internal.auth.DigestCalculator;
import io.websip.sip.AuthHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Credentials beside the secret that they are checked against. Immutable; shows neither. */
final class Proof {
    private final DigestCalculator calculator;
    private final AuthKind kind;
    private final DigestAlgorithm algorithm;
    private final String ha1;
    private final AuthHeader credentials;
    private final String uri;

    Proof(
            DigestCalculator calculator,
            AuthKind kind,
            DigestAlgorithm algorithm,
            String ha1,
            AuthHeader credentials,
            String uri) {
        this.calculator = calculator;
        this.kind = kind;
        this.algorithm = algorithm;
        this.ha1 = ha1;
        this.credentials = credentials;
        this.uri = uri;
    }

    AuthKind kind() {
        return kind;
    }

    String realm() {
        return credentials.get("realm").orElse("");
    }

    private @Nullable String qop() {
        return credentials
                .get("qop")
                .map(value -> value.toLowerCase(Locale.ROOT))
                .orElse(null);
    }

    /** What the credentials' response must be; with an empty method, the rspauth of our answer. */
    String response(String method, byte[] body) {
        return calculator.response(
                algorithm,
                ha1,
                method,
                uri,
                credentials.get("nonce").orElse(""),
                qop(),
                credentials.get("cnonce").orElse(""),
                credentials.get("nc").orElse(""),
                body);
    }

    /** The value of an Authentication-Info (RFC 7616 section 3.5); empty if there is nothing to say. */
    String info(@Nullable String nextNonce, boolean rspauth, byte[] body) {
        List<String> parts = new ArrayList<>();
        if (nextNonce != null) {
            parts.add("nextnonce=\"" + nextNonce + "\"");
        }
        if (rspauth) {
            parts.add("rspauth=\"" + response("", body) + "\"");
            String qop = qop();
            if (qop != null) {
                parts.add("qop=" + qop);
                parts.add("cnonce=\"" + credentials.get("cnonce").orElse("") + "\"");
                parts.add("nc=" + credentials.get("nc").orElse(""));
            }
        }
        return String.join(", ", parts);
    }
}
