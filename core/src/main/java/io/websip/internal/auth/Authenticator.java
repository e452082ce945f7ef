package io.websip.internal.auth;

import io.websip.config.Credentials;
import io.websip.config.DigestAlgorithm;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of one user agent with digests, and gives later requests credentials in advance (RFC 3261 section
 * 22, RFC 7616, RFC 8760). Never Basic. Confined to the loop.
 *
 * <p>A session is kept only once the request that it was made for has ended well, so that what fails leaves nothing behind.
 */
public final class Authenticator {
    /** A server has one realm, or two with the proxy before it; more in one response serve nobody. */
    private static final int MAX_ANSWERS = 3;

    /** Realms whose ways are remembered: only those are that we answer. */
    private static final int MAX_WAYS = 16;

    private final Policy policy;
    private final List<DigestAlgorithm> preferred;
    private final RandomGenerator random;
    private @Nullable DigestCalculator calculator; // from the first challenge on
    private @Nullable Sessions sessions; // from the first that is kept on
    private List<RealmWays> ways = List.of(); // oldest first
    private boolean relaysUnasked; // a message without credentials has got through

    /**
     * An authenticator that has seen no challenge yet.
     *
     * @param preferred the only algorithms to answer, best first; empty for any, in the order of the server
     */
    public Authenticator(List<Credentials> credentials, List<DigestAlgorithm> preferred, RandomGenerator random) {
        this.policy = new Policy(credentials);
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

    private Sessions sessions() {
        Sessions made = sessions;
        if (made == null) {
            made = new Sessions();
            sessions = made;
        }
        return made;
    }

    private RealmWays ways(NonceSession session, AuthScope scope) {
        Challenge challenge = session.challenge();
        for (RealmWays known : ways) {
            if (known.isFor(scope.isRegistrar(), challenge.kind(), challenge.realm())) {
                return known;
            }
        }
        RealmWays made = new RealmWays(scope.isRegistrar(), challenge.kind(), challenge.realm());
        if (ways.isEmpty()) {
            ways = new ArrayList<>(2);
        }
        ways.add(made);
        if (ways.size() > MAX_WAYS) {
            ways.remove(0);
        }
        return made;
    }

    /** Messages go over another connection from now on: what they have brought was for the one before. */
    public void newConnection() {
        if (sessions != null) {
            sessions.forgetMessages();
        }
        if (!ways.isEmpty()) {
            ways.removeIf(known -> !known.isOfRegistrar());
        }
    }

    // ------------------------------------------------------------------------------------------------- on the way out

    /** The request with credentials that nobody has asked for yet; the request itself if there are none. */
    public SipRequest authorize(SipRequest request, AuthAttempt attempt) {
        attempt.withdraw();
        if (sessions == null) {
            return request;
        }
        for (NonceSession session : sessions.inAdvance(attempt.scope())) {
            if (session.count().isUsedUp()) {
                sessions.forget(session);
            } else {
                attempt.carried().add(AuthAttempt.Carried.inAdvance(session));
            }
        }
        if (attempt.carried().isEmpty()) {
            return request;
        }
        SipMessageBuilder<SipRequest> builder = request.toBuilder();
        new CredentialsWriter(calculator()).write(builder, request, attempt.carried());
        return builder.build();
    }

    /** The request again with credentials for the challenges of a 401 or 407; the caller changes its branch and CSeq. */
    public AuthAnswer answer(SipRequest request, SipResponse response, AuthAttempt attempt) {
        Offers offers = Offers.of(response, preferred);
        String refusal = offers.refusal();
        List<AuthAttempt.Carried> answers = new ArrayList<>(2);
        for (List<Challenge> sameRealm : offers.realms()) {
            Challenge first = sameRealm.get(0);
            AuthAttempt.Carried before = attempt.carried(first.kind(), first.realm());
            if (before != null && !before.fresh()) {
                challengedAgain(before.session(), sameRealm, attempt.scope());
            }
            Policy.Choice choice = choose(sameRealm, attempt.scope());
            Challenge challenge = choice.challenge();
            Credentials fitting = choice.credentials();
            if (challenge == null || fitting == null) {
                refusal = choice.refusal();
            } else if (!attempt.mayAnswer(challenge)) {
                return AuthAnswer.refused(Refusals.rejected(challenge.realm())); // the same again would be rejected too
            } else if (answers.size() < MAX_ANSWERS) {
                NonceSession session = session(challenge, fitting, attempt, answers);
                answers.add(AuthAttempt.Carried.answer(session, before == null));
            }
        }
        if (answers.isEmpty()) {
            return AuthAnswer.refused(refusal);
        }
        if (!attempt.nextRound()) {
            return AuthAnswer.refused(Refusals.tooManyRounds());
        }
        carry(attempt, answers);
        SipMessageBuilder<SipRequest> builder = request.toBuilder();
        new CredentialsWriter(calculator()).write(builder, request, attempt.carried());
        return new AuthAnswer(builder, "");
    }

    private Policy.Choice choose(List<Challenge> sameRealm, AuthScope scope) {
        Challenge first = sameRealm.get(0);
        if (relaysUnasked && scope.isAnonymous()) {
            return Policy.Choice.refused(
                    Refusals.anonymous(first)); // our proxy challenges no messages: it is the receiver
        }
        return policy.choose(sameRealm, scope);
    }

    /** Credentials of other realms go along again, under a count of their own. */
    private void carry(AuthAttempt attempt, List<AuthAttempt.Carried> answers) {
        List<AuthAttempt.Carried> all = attempt.carried();
        for (AuthAttempt.Carried answer : answers) {
            Challenge challenge = answer.session().challenge();
            all.removeIf(old -> old.isFor(challenge.kind(), challenge.realm()));
            if (attempt.scope().isRegistrar()) {
                policy.learn(challenge);
            }
        }
        all.replaceAll(AuthAttempt.Carried::again);
        all.addAll(answers);
    }

    private NonceSession session(
            Challenge challenge, Credentials fitting, AuthAttempt attempt, List<AuthAttempt.Carried> answers) {
        String ha1 = fitting.ha1()
                .orElseGet(() -> calculator()
                        .ha1(
                                challenge.algorithm(),
                                fitting.username(),
                                challenge.realm(),
                                fitting.password().orElseThrow()));
        NonceSession session = new NonceSession(challenge, fitting, ha1, new NonceCount(random));
        if (ways(session, attempt.scope()).refusesAdvance()) {
            return session;
        }
        NonceCount known = count(challenge, attempt, answers);
        return known == null ? session : session.withChallenge(challenge, known);
    }

    /**
     * The one count of this nonce, whoever has asked with it (RFC 7616 section 3.4). A nonce that is given again to credentials
     * with it begins anew: the server has not taken their count.
     */
    private @Nullable NonceCount count(Challenge challenge, AuthAttempt attempt, List<AuthAttempt.Carried> answers) {
        AuthAttempt.Carried before = attempt.carried(challenge.kind(), challenge.realm());
        if (before != null && before.session().hasNonce(challenge)) {
            return null;
        }
        for (List<AuthAttempt.Carried> sent : List.of(attempt.carried(), answers)) {
            for (AuthAttempt.Carried carried : sent) {
                if (carried.session().hasNonce(challenge)) {
                    return carried.session().count();
                }
            }
        }
        return sessions == null ? null : sessions.count(challenge);
    }

    // --------------------------------------------------------------------------------------------------- afterwards

    private void challengedAgain(NonceSession inAdvance, List<Challenge> offered, AuthScope scope) {
        if (offered.stream().anyMatch(inAdvance::hasNonce)) {
            refused(inAdvance, ways(inAdvance, scope));
        }
        sessions().challengedAgain(inAdvance, scope.destination());
    }

    /**
     * Learns from a final response that is no challenge: which credentials serve later requests, with which nonce, and whether
     * the server knows our secret too (RFC 7616 section 3.5).
     *
     * @return false if the server tried to prove that it knows our secret and failed
     */
    public boolean ended(SipRequest request, SipResponse response, AuthAttempt attempt) {
        List<AuthAttempt.Carried> all = attempt.carried();
        if (response.status() >= 400) {
            refused(response.status(), attempt);
            return true;
        }
        if (response.isSuccess()
                && !attempt.scope().isRegistrar()
                && all.stream().noneMatch(c -> isOfProxy(c))) {
            relaysUnasked = true;
            if (sessions != null) {
                sessions.forgetProxies();
            }
        }
        if (all.isEmpty()) {
            return true;
        }
        List<ServerProof> proofs = new ArrayList<>(all.size());
        for (AuthAttempt.Carried carried : all) {
            proofs.add(new ServerProof(calculator(), carried, request, response));
        }
        boolean proven = ServerProof.areTrue(proofs);
        for (ServerProof proof : proofs) {
            accepted(proof, proven, attempt.scope());
        }
        return proven;
    }

    private static boolean isOfProxy(AuthAttempt.Carried carried) {
        return carried.session().challenge().kind() == AuthKind.PROXY;
    }

    private void accepted(ServerProof proof, boolean proven, AuthScope scope) {
        if (scope.isAnonymous()) {
            return;
        }
        AuthAttempt.Carried carried = proof.carried();
        NonceSession session = carried.session();
        if (!carried.fresh()) {
            ways(session, scope).taken();
            sessions().taken(session);
        }
        boolean forAll = carried.fresh() ? isForAll(carried, scope) : sessions().isOfProxy(session);
        // Whoever receives a message can name a nonce in his response, too: for others it counts only with proof.
        Challenge next = proven && (proof.isGiven() || !proof.isClaimed() && !forAll) ? proof.next() : null;
        if (next != null) {
            keep(session.withChallenge(next, new NonceCount(random)), forAll, scope);
        } else if (carried.fresh()) {
            keep(session, forAll, scope);
        }
    }

    /** Whether the session serves messages to others, too. */
    private boolean isForAll(AuthAttempt.Carried carried, AuthScope scope) {
        if (scope.isRegistrar() || !isOfProxy(carried)) {
            return false;
        }
        RealmWays known = ways(carried.session(), scope);
        if (carried.unasked()) {
            known.challenged(scope.destination());
        }
        return carried.unasked() && known.challengesAll() && !relaysUnasked;
    }

    private void keep(NonceSession session, boolean forAll, AuthScope scope) {
        Challenge challenge = session.challenge();
        if (ways(session, scope).refusesAdvance()) {
            return;
        }
        if (scope.isRegistrar()) {
            sessions().keepOfRegistrar(session);
        } else if (forAll) {
            sessions().keepOfProxy(session);
        } else if (challenge.kind() == AuthKind.PROXY || policy.isOwn(challenge.realm(), scope)) {
            sessions().keepOfDestination(scope.destination(), session);
        }
    }

    /** What nobody has asked for, and was refused, does not go along again (RFC 3261 section 22.3). */
    private void refused(int status, AuthAttempt attempt) {
        AuthScope scope = attempt.scope();
        for (AuthAttempt.Carried carried : attempt.carried()) {
            if (carried.fresh()) {
                if (saysNothingOfCredentials(status) && !scope.isAnonymous()) {
                    keep(carried.session(), isForAll(carried, scope), scope);
                }
                continue;
            }
            RealmWays known = ways(carried.session(), scope);
            if (!saysNothingOfCredentials(status)) {
                refused(carried.session(), known);
                sessions().forget(carried.session());
            } else if (!known.takesAdvance() && !scope.isRegistrar()) {
                sessions().keepSilent(scope.destination());
                sessions().forget(carried.session());
            }
        }
    }

    private void refused(NonceSession session, RealmWays known) {
        known.refused();
        if (known.refusesAdvance()) {
            sessions().forgetRealm(known.isOfRegistrar(), session.challenge());
        }
    }

    /** Whether a server that says so has looked further than at the credentials, to the receiver or the request. */
    private static boolean saysNothingOfCredentials(int status) {
        return switch (status) {
            case 404, 408, 410, 413, 415, 420, 423, 430, 439, 480, 484, 486, 488, 503, 504, 513, 600, 604, 606 -> true;
            default -> false;
        };
    }

    /** Whether a request may be sent once more without the credentials that it carried in advance, since it was refused with them. */
    public boolean mayGoWithout(SipResponse response, AuthAttempt attempt) {
        int status = response.status();
        return attempt.scope().isRegistrar()
                && attempt.isInAdvance()
                && (status / 100 == 4
                        || status / 100 == 6) // after a 5xx the binding stands, and the next REGISTER goes without
                && !saysNothingOfCredentials(status);
    }

    /** What there is to say of a final response that is no challenge; empty for nothing. */
    public static String detail(SipResponse response, AuthAttempt attempt) {
        String realm = attempt.answeredRealm();
        return response.status() == 403 && realm != null ? Refusals.forbidden(realm) : "";
    }
}
