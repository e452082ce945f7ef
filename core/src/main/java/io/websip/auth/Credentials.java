package io.websip.auth;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A username and the secret that goes with it: a password, or HA1 in its place. Immutable; {@code toString} shows no
 * secret.
 *
 * <p>Bound to a realm they answer only challenges of that realm, and go before those that are not bound.
 */
public final class Credentials {
    private final String username;
    private final @Nullable String realm;
    private final @Nullable String password;
    private final @Nullable String ha1;
    private final @Nullable DigestAlgorithm ha1Algorithm;

    private Credentials(
            String username,
            @Nullable String realm,
            @Nullable String password,
            @Nullable String ha1,
            @Nullable DigestAlgorithm ha1Algorithm) {
        this.username = username;
        this.realm = realm;
        this.password = password;
        this.ha1 = ha1;
        this.ha1Algorithm = ha1Algorithm;
    }

    /**
     * A username with its password, for any realm.
     *
     * @throws IllegalArgumentException if the username is empty or holds a control character
     */
    public static Credentials password(String username, String password) {
        return new Credentials(
                checked("username", username), null, Objects.requireNonNull(password, "password"), null, null);
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
                checked("username", username),
                checked("realm", realm),
                null,
                hex.toLowerCase(java.util.Locale.ROOT),
                algorithm);
    }

    /**
     * The same, for challenges of this realm only.
     *
     * @throws IllegalArgumentException if the realm holds a control character, or they are bound to another one by HA1
     */
    public Credentials realm(String boundTo) {
        if (ha1 != null && !boundTo.equals(realm)) {
            throw new IllegalArgumentException(
                    "ha1 holds for the realm '" + realm + "' only, not for '" + boundTo + "'");
        }
        return new Credentials(username, checked("realm", boundTo), password, ha1, ha1Algorithm);
    }

    private static String checked(String what, String value) {
        if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " must not be empty or hold control characters such as CR, LF or NUL");
        }
        return value;
    }

    /** The username. */
    public String username() {
        return username;
    }

    /** The realm that they are bound to; empty for any. */
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

    /** Whether they can answer a challenge of this realm and algorithm. */
    public boolean fits(String challengeRealm, DigestAlgorithm algorithm) {
        return (realm == null || realm.equals(challengeRealm))
                && (ha1Algorithm == null || ha1Algorithm.sameHash(algorithm));
    }

    @Override
    public String toString() {
        return "Credentials[" + username + (realm == null ? "" : " in realm '" + realm + "'") + "]";
    }
}
