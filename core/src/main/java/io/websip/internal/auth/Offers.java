package io.websip.internal.auth;

import io.websip.config.DigestAlgorithm;
import io.websip.internal.log.GuardedLogger;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipParseException;
import io.websip.sip.SipResponse;
import io.websip.text.Visible;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The challenges of a 401 or 407 that are fit to be answered, kind by kind, realm by realm in the order of the response. Immutable.
 *
 * @param realms those of one realm from the topmost down, as RFC 8760 section 2.4 has it, or by our own order
 * @param refusal why none is fit, where none is; empty where the response has no challenge
 */
record Offers(List<List<Challenge>> realms, String refusal) {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.auth");

    /** What is looked at of each kind: many more than a server has realms and algorithms. */
    private static final int MAX_CHALLENGES = 32;

    /** @param preferred the only algorithms to answer, best first; empty for any */
    static Offers of(SipResponse response, List<DigestAlgorithm> preferred) {
        List<List<Challenge>> realms = new ArrayList<>(2);
        String refusal = ""; // where nothing is asked for, there is nothing to say
        for (AuthKind kind : AuthKind.values()) {
            Map<String, List<Challenge>> ofKind = new LinkedHashMap<>();
            if (response.headers().contains(kind.challengeHeader())) {
                refusal = Refusals.nothingKnown();
            }
            for (Challenge challenge : read(response, kind)) {
                if (!preferred.isEmpty() && !preferred.contains(challenge.algorithm())) {
                    refusal = Refusals.notAllowed(challenge, preferred);
                } else if (challenge.echoLength() > Challenge.MAX_ECHO_BYTES) {
                    refusal = Refusals.tooLong(challenge);
                } else {
                    ofKind.computeIfAbsent(challenge.realm(), realm -> new ArrayList<>(1))
                            .add(challenge);
                }
            }
            realms.addAll(ofKind.values());
        }
        if (!preferred.isEmpty()) {
            realms.forEach(same -> same.sort(
                    (a, b) -> Integer.compare(preferred.indexOf(a.algorithm()), preferred.indexOf(b.algorithm()))));
        }
        return new Offers(realms, refusal);
    }

    private static List<Challenge> read(SipResponse response, AuthKind kind) {
        List<Challenge> read = new ArrayList<>(2);
        List<String> values = response.headers().all(kind.challengeHeader());
        for (String value : values.subList(0, Math.min(values.size(), MAX_CHALLENGES))) {
            try {
                for (AuthHeader header : AuthHeader.parseChallenges(value)) {
                    Challenge.of(kind, header)
                            .filter(c -> read.size() < MAX_CHALLENGES)
                            .ifPresent(read::add);
                }
            } catch (SipParseException e) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "a malformed challenge is skipped: {0}",
                        Visible.line(String.valueOf(e.getMessage())));
            }
        }
        return read;
    }
}
