package io.websip.simulation;

import io.websip.config.DigestAlgorithm;
import io.websip.internal.auth.DigestCalculator;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** G8: looks at the credentials that one agent sends: to whom they may go, and with which password. */
final class CredentialWatch {
    private static final List<String> HEADERS = List.of("Authorization", "Proxy-Authorization");

    private final Trace trace;
    private final Map<String, Account> accounts;
    private final DigestCalculator digests = new DigestCalculator();
    private final Set<String> nonceCounts = new HashSet<>();
    private final Map<String, String> calls = new HashMap<>(); // by the branch
    private final Set<String> challenged =
            new HashSet<>(); // the calls whose last request was answered with a challenge
    private final Map<String, List<String>> inAdvance = new HashMap<>(); // what went where, by the branch
    private final Set<String> refused = new HashSet<>();

    /** Who the agent is in a realm. */
    record Account(String username, String password) {}

    /** @param accounts all that the program has configured, by their realms */
    CredentialWatch(Trace trace, Map<String, Account> accounts) {
        this.trace = trace;
        this.accounts = accounts;
    }

    void sent(SipRequest request, String text) {
        accounts.values().stream()
                .filter(account -> text.contains(account.password()))
                .forEach(account -> trace.violated("G8 a password goes out: " + text));
        calls.put(request.topBranch().orElse(""), request.callId());
        boolean answers = challenged.remove(request.callId());
        for (String header : HEADERS) {
            for (String value : request.headers().all(header)) {
                try {
                    credentials(request, AuthHeader.parse(value), value, !answers);
                } catch (SipParseException e) {
                    trace.violated("credentials that do not parse: " + value);
                }
            }
        }
    }

    private void credentials(SipRequest request, AuthHeader credentials, String value, boolean unasked) {
        String realm = credentials.get("realm").orElse("");
        String nonce = credentials.get("nonce").orElse("");
        Account account = accounts.get(realm);
        if (!credentials.isDigest()) {
            trace.violated("G8 no digest: " + value);
        } else if (account == null) {
            trace.violated("G8 credentials for a realm that nobody has named: " + value);
        } else if (!response(request, credentials, account)
                .equals(credentials.get("response").orElse(""))) {
            trace.violated("G8 no digest of the password of " + account.username() + " for " + realm + ": " + value);
        }
        // a hostile nonce may come again after a restart, which remembers none
        String cnonce =
                nonce.startsWith("nonce") ? "" : credentials.get("cnonce").orElse("");
        String count = credentials.get("nc").orElse("");
        if (!count.isEmpty() && !nonceCounts.add(String.join("\n", realm, nonce, cnonce, count))) {
            trace.violated("the nonce count " + count + " of " + nonce + " is used twice");
        }
        if (unasked) {
            String use = String.join(" ", request.method().toString(), request.requestUriText(), realm, nonce);
            inAdvance
                    .computeIfAbsent(request.topBranch().orElse(""), branch -> new ArrayList<>())
                    .add(use);
            if (refused.contains(use)) {
                trace.violated("credentials that were refused go in advance again: " + use);
            }
        }
    }

    private String response(SipRequest request, AuthHeader credentials, Account account) {
        DigestAlgorithm algorithm =
                DigestAlgorithm.of(credentials.get("algorithm").orElse("MD5")).orElseThrow();
        String realm = credentials.get("realm").orElse("");
        return digests.response(
                algorithm,
                digests.ha1(algorithm, account.username(), realm, account.password()),
                request.method().toString(),
                credentials.get("uri").orElse(""),
                credentials.get("nonce").orElse(""),
                credentials.get("qop").orElse(null),
                credentials.get("cnonce").orElse(""),
                credentials.get("nc").orElse(""),
                request.body());
    }

    /** The final answer to a request. */
    void ended(SipResponse response) {
        String branch = response.topBranch().orElse("");
        List<String> carried = inAdvance.remove(branch);
        String call = calls.remove(branch); // what the response says of it may be a lie
        if (call != null && (response.status() == 401 || response.status() == 407)) {
            challenged.add(call);
        } else if (response.status() == 403 && carried != null) {
            refused.addAll(carried);
        }
    }
}
