package io.websip.transport.fake.sip;

import io.websip.internal.auth.AuthKind;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nonces that a server has given out and that are still good, each for one realm. Confined to the server's loop. They
 * are easy to guess, which is no loss in a test.
 */
final class Nonces {
    /** So many unanswered challenges are kept at most, the newest. */
    static final int MAX = 100_000;

    /** What is known of one nonce. */
    private static final class Nonce {
        final AuthKind kind;
        final String realm;
        final long since;
        long lastCount;

        Nonce(AuthKind kind, String realm, long since) {
            this.kind = kind;
            this.realm = realm;
            this.since = since;
        }
    }

    private final long life;
    private final String server;
    private final Map<String, Nonce> nonces = new LinkedHashMap<>(); // oldest first, which all live equally long
    private long issued;

    /**
     * None yet.
     *
     * @param life in nanoseconds
     * @param server told apart by its nonces
     */
    Nonces(long life, String server) {
        this.life = life;
        this.server = Integer.toHexString(server.hashCode());
    }

    String issue(AuthKind kind, String realm, long now) {
        forgetOld(now);
        String nonce = "nonce" + ++issued + "/" + server + "=="; // characters that demand quotes
        nonces.put(nonce, new Nonce(kind, realm, now));
        return nonce;
    }

    private void forgetOld(long now) {
        for (Iterator<Nonce> oldest = nonces.values().iterator(); oldest.hasNext(); ) {
            if (now - oldest.next().since < life && nonces.size() < MAX) {
                return;
            }
            oldest.remove();
        }
    }

    boolean isGood(String nonce, AuthKind kind, String realm, long now) {
        Nonce known = nonces.get(nonce);
        return known != null && known.kind == kind && known.realm.equals(realm) && now - known.since < life;
    }

    /** Uses up a count of a good nonce, each of which is higher than the one before; false if it is not. */
    boolean count(String nonce, long count) {
        @Nullable Nonce known = nonces.get(nonce);
        if (known == null || count <= known.lastCount) {
            return false;
        }
        known.lastCount = count;
        return true;
    }

    int size() {
        return nonces.size();
    }

    void forget() {
        nonces.clear();
    }
}
