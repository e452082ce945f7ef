package io.websip.internal.messaging;

import io.websip.sip.NameAddress;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirected message may still go (RFC 3261 section 8.1.3.4): the contacts of its 3xx responses in the order of
 * their q, each URI once, and no more than a given number and length. Confined to the loop.
 */
final class RedirectTargets {
    private static final double DEFAULT_Q = 1; // as that of Contact is commonly taken

    /** So many contacts of one response are looked at, or as many as may be tried: whoever redirects may name thousands. */
    private static final int MAX_CONTACTS = 64;

    /** What the targets of one message may take together: whoever redirects can make each as long as a message. */
    static final int MAX_BYTES = 16 * 1024;

    private final boolean secureOnly;
    private final boolean secureToo;
    private final List<SipUri> seen = new ArrayList<>();
    private final List<SipUri> left = new ArrayList<>();
    private int mayStillTry;
    private int bytes;

    /**
     * Begins with the first target, which is not tried again.
     *
     * @param max how many others are tried at most
     * @param secureToo whether {@code sips} targets may be tried, which demand TLS (RFC 7118 section 9.2)
     */
    RedirectTargets(SipUri first, int max, boolean secureToo) {
        this.secureToo = secureToo;
        this.secureOnly = first.secure(); // what was to go over TLS is not sent without
        this.seen.add(first);
        this.mayStillTry = max;
    }

    /** Adds the contacts of a 3xx, to be tried after those that earlier ones named. */
    void add(SipResponse redirect) {
        List<NameAddress> contacts = new ArrayList<>(redirect.contacts());
        contacts.sort(Comparator.comparingDouble((NameAddress c) -> -c.q().orElse(DEFAULT_Q)));
        int looked = Math.max(MAX_CONTACTS, mayStillTry);
        for (NameAddress contact : contacts.subList(0, Math.min(contacts.size(), looked))) {
            if (left.size() < mayStillTry && contact.uri() instanceof SipUri uri && isUsable(uri)) {
                SipUri target =
                        uri.withoutHeaders().escaped(); // headers could forge some of ours (RFC 3261 section 19.1.5)
                String text = target.toString();
                if (bytes + text.length() <= MAX_BYTES
                        && target.isWellFormed()
                        && seen.stream().noneMatch(target::matches)) {
                    bytes += text.length();
                    SipUri kept = SipUri.of(text); // it alone, and not the response that it came in
                    seen.add(kept);
                    left.add(kept);
                }
            }
        }
    }

    private boolean isUsable(SipUri uri) {
        String method = uri.parameters().get("method").orElse("MESSAGE");
        return method.equals("MESSAGE") && (uri.secure() ? secureToo : !secureOnly);
    }

    /** The next target; null if there is none. */
    @Nullable
    SipUri next() {
        if (left.isEmpty() || mayStillTry == 0) {
            return null;
        }
        mayStillTry--;
        return left.remove(0);
    }
}
