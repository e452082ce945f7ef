package io.websip.config;

import io.websip.text.Visible;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A username and the secret that goes with it: a password, or HA1 in its place. Immutable; {@code toString} shows no
 * secret.
 *
 * <p>Bound to a realm they answer only challenges of that realm, and go before those that are not bound.
 *
 * <p>The receiver of a message can challenge it, in whatever realm he names (RFC 3261 section 22.2), and may guess the
 * password from the answer. So a message has its challenge answered only as follows:
 *
 * <ul>
 *   <li>Credentials without a realm answer the realms in which the registrar has challenged a REGISTER. Where it has not, as
 *       where the agent does not register, they answer the agent's own domain and the host of its server as realm.
 *   <li>Any other realm is answered by credentials that are bound to it.
 *   <li>In a realm of the registrar no challenge is answered that is weaker than the registrar's last one, by its algorithm or
 *       for want of {@code qop} (RFC 7616 section 3.4, RFC 8760), unless {@link #allowWeaker()}.
 *   <li>An anonymous message answers only 407, and only in a realm of our own server (RFC 3323).
 *   <li>Of one response at most three realms are answered; realm, nonce and opaque may have 2,048 bytes together.
 * </ul>
 *
 * <p>A challenge that is not answered makes the message fail with {@code Authentication Error}; its detail names the realm
 * and the call that allows the answer. What one receiver's challenge has brought goes along with no message to another one
 * (RFC 3261 section 22.3).
 */
public final class Credentials {
    private final String username;
    private final @Nullable String realm;
    private final @Nullable String password;
    private final @Nullable String ha1;
    private final @Nullable DigestAlgorithm ha1Algorithm;
    private final boolean allowsWeaker;

    private Credentials(
            String username,
            @Nullable String realm,
            @Nullable String password,
            @Nullable String ha1,
            @Nullable DigestAlgorithm ha1Algorithm,
            boolean allowsWeaker) {
        this.username = username;
        this.realm = realm;
        this.password = password;
        this.ha1 = ha1;
        this.ha1Algorithm = ha1Algorithm;
        this.allowsWeaker = allowsWeaker;
    }

    /**
     * A username with its password, for the realms of the agent's own server; see above.
     *
     * @throws IllegalArgumentException if the username is empty or holds a control character, or if one of them holds half of
     *     a surrogate pair, which UTF-8 cannot express
     */
    public static Credentials password(String username, String password) {
        if (!isEncodable(Objects.requireNonNull(password, "password"))) {
            throw new IllegalArgumentException(
                    "password must not hold half of a surrogate pair: UTF-8 cannot express it (RFC 3629 section 3)");
        }
        return new Credentials(username(username), null, password, null, null, false);
    }

    /**
     * A username with HA1, the hash of {@code username:realm:password}, for that realm and that hash only.
     *
     * @param hex 32 hexadecimal digits for MD5, 64 for the others
     * @throws IllegalArgumentException if the hash has another length or other characters, or a name is not fit
     */
    public static Credentials ha1(String username, String realm, DigestAlgorithm algorithm, String hex) {
        if (hex.length() != algorithm.hexLength()
                || !hex.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
            throw new IllegalArgumentException(
                    "ha1 for " + algorithm + " must be " + algorithm.hexLength() + " hexadecimal digits");
        }
        return new Credentials(
                username(username), checked("realm", realm), null, hex.toLowerCase(Locale.ROOT), algorithm, false);
    }

    /**
     * The same, for challenges of this realm only.
     *
     * @throws IllegalArgumentException if the realm holds a control character or half of a surrogate pair, or they are bound to
     *     another one by HA1
     */
    public Credentials realm(String boundTo) {
        if (ha1 != null && !boundTo.equals(realm)) {
            throw new IllegalArgumentException("ha1 holds for the realm '" + Visible.line(String.valueOf(realm))
                    + "' only, not for '" + Visible.line(boundTo) + "'");
        }
        return new Credentials(username, checked("realm", boundTo), password, ha1, ha1Algorithm, allowsWeaker);
    }

    /**
     * The same, which also answer challenges of messages that are weaker than what the registrar of that realm uses, such as
     * MD5 where it uses SHA-256, or a challenge without {@code qop} where it has one (RFC 7616 section 3.4). Whoever receives
     * a message can send such a challenge, and has it easier then to guess the password.
     */
    public Credentials allowWeaker() {
        return new Credentials(username, realm, password, ha1, ha1Algorithm, true);
    }

    private static String username(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("username must not be empty");
        }
        return checked("username", value);
    }

    private static String checked(String what, String value) {
        if (value.chars().anyMatch(Character::isISOControl) || !isEncodable(value)) {
            throw new IllegalArgumentException(
                    what + " '" + Visible.line(value)
                            + "' must not hold control characters or half of a surrogate pair (RFC 3261 section 25.1, quoted-string)");
        }
        return value;
    }

    private static boolean isEncodable(String value) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    /** The username. */
    public String username() {
        return username;
    }

    /** The realm that they are bound to; empty for those of the agent's own server. */
    public Optional<String> realm() {
        return Optional.ofNullable(realm);
    }

    /** The password; empty where there is HA1. */
    public Optional<String> password() {
        return Optional.ofNullable(password);
    }

    /** HA1 in lower case; empty where there is a password. */
    public Optional<String> ha1() {
        return Optional.ofNullable(ha1);
    }

    /** Whether they answer challenges that are weaker than the registrar's; see {@link #allowWeaker()}. */
    public boolean allowsWeaker() {
        return allowsWeaker;
    }

    /** Whether they can answer a challenge of this realm and algorithm. */
    public boolean fits(String challengeRealm, DigestAlgorithm algorithm) {
        return (realm == null || realm.equals(challengeRealm))
                && (ha1Algorithm == null || ha1Algorithm.sameHash(algorithm));
    }

    @Override
    public String toString() {
        return "Credentials[" + Visible.line(username)
                + (realm == null ? "" : " in realm '" + Visible.line(realm) + "'") + "]";
    }
}
