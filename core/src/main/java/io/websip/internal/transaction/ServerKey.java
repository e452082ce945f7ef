package io.websip.internal.transaction;

import io.websip.sip.SipRequest;
import io.websip.sip.Via;
import java.util.Optional;

/**
 * By what a request finds its server transaction (RFC 3261 section 17.2.3).
 *
 * <p>The key is one String: it holds nothing of the message, and a peer that makes keys with equal hashes cannot make
 * the table slow, since a HashMap orders Strings.
 */
final class ServerKey {
    private ServerKey() {}

    static String of(SipRequest request) {
        Via via = request.topVia();
        if (!via.hasTransactionBranch()) {
            return rfc2543(request, via);
        }
        // Neither sent-by nor a method can hold a space, so different parts never make the same text.
        return via.sentBy() + ' ' + request.method().name() + ' ' + via.branch().orElse("");
    }

    /** Without the cookie a branch means nothing: the rule of RFC 2543 holds. */
    private static String rfc2543(SipRequest request, Via via) {
        StringBuilder key = new StringBuilder(256); // begins with a space, which no sent-by does
        part(key, request.requestUriText());
        part(key, request.to().tag());
        part(key, request.from().tag());
        part(key, request.callId());
        part(key, request.cseq().toString());
        part(key, via.toString());
        return key.toString();
    }

    private static void part(StringBuilder key, Optional<String> text) {
        if (text.isPresent()) {
            part(key, text.get());
        } else {
            key.append(" -");
        }
    }

    /** The length in front, as a quoted value may hold whatever would stand between the parts. */
    private static void part(StringBuilder key, String text) {
        key.append(' ').append(text.length()).append(':').append(text);
    }
}
