package io.websip.internal.auth;

import io.websip.auth.Credentials;
import io.websip.auth.DigestAlgorithm;
import io.websip.internal.log.GuardedLogger;
import io.websip.sip.AuthHeader;
import io.websip.sip.QuotedString;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of one user agent with digests, and gives later requests credentials in advance (RFC 3261 section
 * 22, RFC 7616, RFC 8760). Never Basic. Confined to the loop.
 */
public final class Authenticator {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.auth");
    private static final int MAX_SESSIONS = 16;
    private static final int MAX_COUNTS = 64;
    private static final int CNONCE_BYTES = 16;

    private final List<Credentials> credentials;
    private final List<DigestAlgorithm> preferred;
    private final RandomGenerator random;
    private @Nullable DigestCalculator calculator; // from the first challenge on
    private List<NonceSession> sessions = Collections.emptyList(); // oldest first
    private Map<String, NonceCount> counts = Map.of(); // by realm and nonce, oldest first

    /**
     * An authenticator that has seen no challenge yet.
     *
     * @param preferred the only algorithms to answer, best first; empty for any, in the order of the server
     */
    public Authenticator(List<Credentials> credentials, List<DigestAlgorithm> preferred, RandomGenerator random) {
        this.credentials = List.copyOf(credentials);
        this.preferred = List.copyOf(preferred);
        this.random = random;
    }

    private DigestCalculator calculator() {
        DigestCalculator made = calculator;
        if (made == null) {
            made = new DigestCalculator();
            calculator = made;
        }
        return made;
    }

    /** The request with credentials for who has asked for them with this method before; the request itself if none has. */
    public SipRequest authorize(SipRequest request, AuthAttempt attempt) {
        attempt.carried().clear();
        for (int i = sessions.size() - 1; i >= 0; i--) {
            NonceSession session = sessions.get(i);
            if (session.count().isUsedUp()) {
                sessions.remove(i);
            } else if (session.method().equals(request.method())) {
                attempt.carried()
                        .add(new AuthAttempt.Carried(session, session.count().next(), false));
            }
        }
        if (attempt.carried().isEmpty()) {
            return request;
        }
        SipMessageBuilder<SipRequest> builder = request.toBuilder();
        write(builder, request, attempt);
        return builder.build();
    }

    /**
     * The request again with credentials for the challenges of a 401 or 407; the caller changes its branch and CSeq.
     *
     * @return empty if the challenges cannot be answered: no credentials for the realm, nothing that we support, or the
     *     ones we have were rejected
     */
    public Optional<SipMessageBuilder<SipRequest>> answer(
            SipRequest request, SipResponse response, AuthAttempt attempt) {
        List<NonceSession> answers = new ArrayList<>();
        for (AuthKind kind : AuthKind.values()) {
            for (List<Challenge> realm : byRealm(kind, response)) {
                NonceSession session = session(realm, request.method());
                if (session != null && !attempt.mayAnswer(session.challenge())) {
                    forget(session);
                    return Optional.empty(); // rejected: the same again would be rejected too
                }
                if (session != null) {
                    answers.add(session);
                }
            }
        }
        if (answers.isEmpty() || !attempt.nextRound()) {
            return Optional.empty();
        }
        for (NonceSession session : answers) {
            remember(session);
            AuthAttempt.Carried before = attempt.carried(
                    session.challenge().kind(), session.challenge().realm());
            attempt.carried().remove(before);
            attempt.carried()
                    .add(new AuthAttempt.Carried(session, session.count().next(), true));
        }
        recount(attempt, answers);
        SipMessageBuilder<SipRequest> builder = request.toBuilder();
        write(builder, request, attempt);
        return Optional.of(builder);
    }

    /** Credentials of other realms go along again, under a count of their own. */
    private static void recount(AuthAttempt attempt, List<NonceSession> fresh) {
        attempt.carried()
                .replaceAll(c -> fresh.contains(c.session())
                        ? c
                        : new AuthAttempt.Carried(
                                c.session(), c.session().count().next(), c.fresh()));
    }

    /** The challenges that can be answered, realm by realm in the order of the response, from the topmost down. */
    private List<List<Challenge>> byRealm(AuthKind kind, SipResponse response) {
        Map<String, List<Challenge>> realms = new LinkedHashMap<>();
        for (String value : response.headers().all(kind.challengeHeader())) {
            try {
                Challenge.of(kind, AuthHeader.parse(value))
                        .filter(c -> preferred.isEmpty() || preferred.contains(c.algorithm()))
                        .ifPresent(c -> realms.computeIfAbsent(c.realm(), r -> new ArrayList<>())
                                .add(c));
            } catch (SipParseException e) {
                LOG.log(System.Logger.Level.DEBUG, "a malformed challenge is skipped: {0}", e.getMessage());
            }
        }
        return List.copyOf(realms.values());
    }

    /** The topmost challenge that our credentials fit (RFC 8760 section 2.4), or the best by our own order. */
    private @Nullable NonceSession session(List<Challenge> sameRealm, SipMethod method) {
        List<Challenge> ordered = new ArrayList<>(sameRealm);
        if (!preferred.isEmpty()) {
            ordered.sort((a, b) -> Integer.compare(preferred.indexOf(a.algorithm()), preferred.indexOf(b.algorithm())));
        }
        for (Challenge challenge : ordered) {
            Credentials fitting = credentialsFor(challenge);
            if (fitting != null) {
                return new NonceSession(method, challenge, fitting, ha1(challenge, fitting), count(challenge));
            }
        }
        return null;
    }

    private @Nullable Credentials credentialsFor(Challenge challenge) {
        Credentials unbound = null;
        for (Credentials c : credentials) {
            if (c.fits(challenge.realm(), challenge.algorithm())) {
                if (c.realm().isPresent()) {
                    return c;
                }
                unbound = unbound == null ? c : unbound;
            }
        }
        return unbound;
    }

    private String ha1(Challenge challenge, Credentials c) {
        return c.ha1()
                .orElseGet(() -> calculator()
                        .ha1(
                                challenge.algorithm(),
                                c.username(),
                                challenge.realm(),
                                c.password().orElseThrow()));
    }

    /** The one count of this nonce, whoever has asked with it. */
    private NonceCount count(Challenge challenge) {
        String key = challenge.realm() + '\n' + challenge.nonce();
        NonceCount count = counts.get(key);
        if (count == null) {
            byte[] octets = new byte[CNONCE_BYTES];
            random.nextBytes(octets);
            count = new NonceCount(HexFormat.of().formatHex(octets));
            if (counts.isEmpty()) {
                counts = new LinkedHashMap<>();
            }
            counts.put(key, count);
            if (counts.size() > MAX_COUNTS) {
                counts.remove(counts.keySet().iterator().next());
            }
        }
        return count;
    }

    private void remember(NonceSession session) {
        forget(session);
        if (sessions.isEmpty()) {
            sessions = new ArrayList<>(2);
        }
        sessions.add(session);
        if (sessions.size() > MAX_SESSIONS) {
            sessions.remove(0);
        }
    }

    private void forget(NonceSession session) {
        Challenge challenge = session.challenge();
        sessions.removeIf(old -> old.isFor(challenge.kind(), challenge.realm(), session.method()));
    }

    // ----------------------------------------------------------------------------------------------- credentials

    private void write(SipMessageBuilder<SipRequest> builder, SipRequest request, AuthAttempt attempt) {
        for (AuthKind kind : AuthKind.values()) {
            boolean first = true;
            for (AuthAttempt.Carried carried : attempt.carried()) {
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
        String response = calculator()
                .response(
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
            quoted(out, "username", calculator().userhash(challenge.algorithm(), name, challenge.realm()));
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

    // --------------------------------------------------------------------------------------- what the server says

    /**
     * Learns from a final response to a request that carried credentials: the nonce to use next, and whether the server
     * knows our secret too (RFC 7616 section 3.5).
     *
     * @return false if the server tried to prove that it knows our secret and failed
     */
    public boolean accepted(SipRequest request, SipResponse response, AuthAttempt attempt) {
        boolean proven = true;
        for (AuthAttempt.Carried carried : List.copyOf(attempt.carried())) {
            Challenge challenge = carried.session().challenge();
            AuthHeader info = info(challenge.kind(), response);
            if (info != null) {
                proven &= proves(info, carried, request, response);
                info.get("nextnonce")
                        .filter(next -> !next.isEmpty() && Challenge.isFit(next))
                        .ifPresent(next -> {
                            NonceSession session = carried.session();
                            Challenge following = challenge.withNonce(
                                    next, info.quoted("nextnonce").orElse(next));
                            remember(new NonceSession(
                                    session.method(),
                                    following,
                                    session.credentials(),
                                    session.ha1(),
                                    count(following)));
                        });
            }
        }
        return proven;
    }

    private static @Nullable AuthHeader info(AuthKind kind, SipResponse response) {
        String value = response.headers().first(kind.infoHeader()).orElse(null);
        if (value == null) {
            return null;
        }
        try {
            return AuthHeader.parseInfo(value);
        } catch (SipParseException e) {
            return null;
        }
    }

    private boolean proves(AuthHeader info, AuthAttempt.Carried carried, SipRequest request, SipResponse response) {
        String claimed = info.get("rspauth").orElse(null);
        if (claimed == null) {
            return true;
        }
        NonceSession session = carried.session();
        Challenge challenge = session.challenge();
        String qop = info.list("qop").stream().findFirst().orElse(challenge.qop());
        String expected = calculator()
                .response(
                        challenge.algorithm(),
                        session.ha1(),
                        "",
                        request.requestUriText(),
                        challenge.nonce(),
                        qop,
                        session.count().cnonce(),
                        carried.count(),
                        response.body());
        return expected.equalsIgnoreCase(claimed);
    }
}
