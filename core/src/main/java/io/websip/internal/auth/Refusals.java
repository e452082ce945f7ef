package io.websip.internal.auth;

import io.websip.config.DigestAlgorithm;
import java.util.List;

/** Why a challenge is not answered, in words that say what would change it. They hold no secret. */
final class Refusals {
    private static final int SHOWN = 80;

    private Refusals() {}

    private static String named(String realm) {
        return "'" + io.websip.text.Visible.line(realm, SHOWN) + "'";
    }

    private static String bound(String realm) {
        return "credentials(Credentials.password(user, password).realm(\"" + io.websip.text.Visible.line(realm, SHOWN)
                + "\")";
    }

    static String noPassword(String realm) {
        return "no password is configured, and the realm " + named(realm) + " asks for one: password(...) or "
                + bound(realm) + ")";
    }

    static String noneFits(Challenge challenge) {
        return "no configured credentials fit the realm " + named(challenge.realm()) + " and "
                + challenge.algorithm().token() + ": " + bound(challenge.realm()) + ")";
    }

    /** @param known the realms that are answered; empty where only the names of the server are */
    static String foreignRealm(String realm, List<String> known) {
        String ours = known.isEmpty()
                ? "neither the agent's own domain nor the host of its server"
                : "not that of the registrar ("
                        + String.join(", ", known.stream().map(Refusals::named).toList()) + ")";
        return "the challenge is of the realm " + named(realm) + ", which is " + ours
                + "; the receiver of a message can send one too, so that a password without a realm does not answer it."
                + " To answer it: " + bound(realm) + ")";
    }

    static String weaker(Challenge challenge, Challenge registrar) {
        return "the challenge of the realm " + named(challenge.realm()) + " asks for " + challenge.form()
                + ", which is weaker than what the registrar uses, " + registrar.form() + ". To answer it: "
                + bound(challenge.realm()) + ".allowWeaker())";
    }

    static String anonymous(Challenge challenge) {
        return "the message is anonymous, and credentials name its sender: they are for our own proxy only (407 in its"
                + " realm), and this is a challenge of "
                + (challenge.kind() == AuthKind.SERVER ? "the receiver" : "a proxy")
                + " in the realm " + named(challenge.realm());
    }

    static String rejected(String realm) {
        return "the credentials for the realm " + named(realm)
                + " were rejected: the server does not take this username with this password";
    }

    static String tooManyRounds() {
        return "given up after " + AuthAttempt.MAX_ROUNDS + " answers: the server finds each nonce stale";
    }

    static String tooLong(Challenge challenge) {
        return "realm, nonce and opaque of the challenge are " + challenge.echoLength() + " bytes long, at most "
                + Challenge.MAX_ECHO_BYTES + " are repeated";
    }

    static String notAllowed(Challenge challenge, List<DigestAlgorithm> allowed) {
        return "the realm " + named(challenge.realm()) + " asks for "
                + challenge.algorithm().token() + ", and digestAlgorithms allows only " + allowed;
    }

    static String nothingKnown() {
        return "the response has no challenge that is known: Digest with MD5, SHA-256 or SHA-512-256, and with qop auth,"
                + " auth-int or none (RFC 7616)";
    }

    /** Of a 403 to credentials that answered a challenge. */
    static String forbidden(String realm) {
        return "refused with credentials for the realm " + named(realm)
                + ": it may not take this password, or not allow this to the user";
    }
}
