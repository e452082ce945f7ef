package io.websip.internal.auth;

import io.websip.config.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of a digest (RFC 7616 section 3.4), over UTF-8, in lower-case hexadecimal digits. Keeps its hash instances,
 * so it is confined to one thread at a time.
 */
public final class DigestCalculator {
    private static final HexFormat HEX = HexFormat.of();

    private final @Nullable MessageDigest[] digests = new @Nullable MessageDigest[DigestAlgorithm.values().length];

    /** The hash of username, realm and password, without the nonces of a session algorithm. */
    public String ha1(DigestAlgorithm algorithm, String username, String realm, String password) {
        return hash(algorithm, username + ":" + realm + ":" + password);
    }

    /** The hash of a username for userhash (RFC 7616 section 3.4.4). */
    public String userhash(DigestAlgorithm algorithm, String username, String realm) {
        return hash(algorithm, username + ":" + realm);
    }

    /**
     * The response to a challenge, or with an empty method the rspauth of the server's answer (RFC 7616 section 3.5).
     *
     * @param ha1 as {@link #ha1} gives it
     * @param qop auth or auth-int; null for the form of RFC 2069, which needs neither cnonce nor nc
     * @param body hashed for auth-int only
     */
    public String response(
            DigestAlgorithm algorithm,
            String ha1,
            String method,
            String uri,
            String nonce,
            @Nullable String qop,
            String cnonce,
            String nc,
            byte[] body) {
        String key = algorithm.isSession() ? hash(algorithm, ha1 + ":" + nonce + ":" + cnonce) : ha1;
        String a2 = method + ":" + uri;
        if ("auth-int".equals(qop)) {
            a2 += ":" + hash(algorithm, body);
        }
        String ha2 = hash(algorithm, a2);
        return qop == null
                ? hash(algorithm, key + ":" + nonce + ":" + ha2)
                : hash(algorithm, key + ":" + nonce + ":" + nc + ":" + cnonce + ":" + qop + ":" + ha2);
    }

    private String hash(DigestAlgorithm algorithm, String text) {
        return hash(algorithm, text.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(DigestAlgorithm algorithm, byte[] octets) {
        MessageDigest digest = digests[algorithm.ordinal()];
        if (digest == null) {
            digest = algorithm.newMessageDigest();
            digests[algorithm.ordinal()] = digest;
        }
        return HEX.formatHex(digest.digest(octets));
    }
}
