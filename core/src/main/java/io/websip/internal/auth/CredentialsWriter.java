package io.websip.internal.auth;

import io.websip.sip.QuotedString;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Writes the credentials of a request (RFC 3261 section 22.4, RFC 7616 section 3.4). Confined to the loop. */
final class CredentialsWriter {
    private final DigestCalculator calculator;

    CredentialsWriter(DigestCalculator calculator) {
        this.calculator = calculator;
    }

    void write(SipMessageBuilder<SipRequest> builder, SipRequest request, List<AuthAttempt.Carried> all) {
        for (AuthKind kind : AuthKind.values()) {
            boolean first = true;
            for (AuthAttempt.Carried carried : all) {
                if (carried.session().challenge().kind() == kind) {
                    String value = value(carried, request);
                    if (first) {
                        builder.set(kind.credentialsHeader(), value);
                        first = false;
                    } else {
                        builder.add(kind.credentialsHeader(), value);
                    }
                }
            }
        }
    }

    private String value(AuthAttempt.Carried carried, SipRequest request) {
        NonceSession session = carried.session();
        Challenge challenge = session.challenge();
        String uri = request.requestUriText();
        boolean integrity = "auth-int".equals(challenge.qop());
        String response = calculator.response(
                challenge.algorithm(),
                session.ha1(),
                request.method().name(),
                uri,
                challenge.nonce(),
                challenge.qop(),
                session.count().cnonce(),
                carried.count(),
                integrity ? request.body() : new byte[0]);
        StringBuilder out = new StringBuilder(320).append("Digest ");
        username(out, session);
        echoed(out, "realm", challenge.echo().realm());
        echoed(out, "nonce", challenge.echo().nonce());
        quoted(out.append(", "), "uri", uri);
        quoted(out.append(", "), "response", response);
        if (challenge.algorithmToken() != null) {
            out.append(", algorithm=").append(challenge.algorithm().token());
        }
        if (challenge.echo().opaque() != null) {
            echoed(out, "opaque", challenge.echo().opaque());
        }
        if (challenge.qop() != null) {
            out.append(", qop=").append(challenge.qop());
            quoted(out.append(", "), "cnonce", session.count().cnonce());
            out.append(", nc=").append(carried.count());
        } else if (challenge.algorithm().isSession()) {
            quoted(out.append(", "), "cnonce", session.count().cnonce()); // the key is made of it
        }
        if (challenge.userhash()) {
            out.append(", userhash=true");
        }
        return out.toString();
    }

    /** RFC 7616 section 3.4: hashed where the server asks for it, in the extended form where it knows UTF-8. */
    private void username(StringBuilder out, NonceSession session) {
        Challenge challenge = session.challenge();
        String name = session.credentials().username();
        if (challenge.userhash()) {
            quoted(out, "username", calculator.userhash(challenge.algorithm(), name, challenge.realm()));
        } else if (challenge.utf8() && name.chars().anyMatch(c -> c > 126)) {
            out.append("username*=UTF-8''");
            for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
                boolean plain = octet >= '0' && octet <= '9'
                        || octet >= 'a' && octet <= 'z'
                        || octet >= 'A' && octet <= 'Z'
                        || octet == '-'
                        || octet == '.'
                        || octet == '_';
                if (plain) {
                    out.append((char) octet);
                } else {
                    out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
                }
            }
        } else {
            quoted(out, "username", name);
        }
    }

    /** What stood between quotes goes between quotes again; an escape is not undone and done again. */
    private static void echoed(StringBuilder out, String name, String value) {
        out.append(", ").append(name).append("=\"").append(value).append('"');
    }

    private static void quoted(StringBuilder out, String name, String value) {
        out.append(name).append('=').append(QuotedString.quote(value));
    }
}
