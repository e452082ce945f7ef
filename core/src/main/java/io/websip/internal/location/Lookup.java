package io.websip.internal.location;

import io.websip.dns.DnsAnswer;
import io.websip.dns.DnsException;
import io.websip.dns.NaptrRecord;
import io.websip.dns.SrvRecord;
import io.websip.internal.log.GuardedLogger;
import io.websip.loop.EventLoop;
import io.websip.text.TimeText;
import io.websip.text.Visible;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lookup of a domain (RFC 3263 section 4, RFC 7118 section 5.3). Confined to the loop.
 *
 * <pre>
 *   NAPTR of the domain --SIPS+D2W, SIP+D2W--> SRV of the replacement, or its addresses
 *      | none of these, or they lead to nothing
 *      v
 *   SRV _sips._wss, then _sips._ws --+-- some --> addresses of the targets --> located
 *      | none                        |
 *      v                             |
 *   SRV _sip._ws --------------------+
 *      | none
 *      v
 *   addresses of the domain itself --> located, at port 443, then 80
 * </pre>
 *
 * <p>A query that fails is passed over, but after it neither ws nor a guess is taken: the domain may have said more. Names
 * of SRV records for WebSocket are in no RFC; {@code _sips._ws} is what RFC 3263 section 4.2 amounts to, since the
 * transport is {@code ws} with TLS too, and {@code _sips._wss} is what is found more often.
 */
public final class Lookup {
    /** Who is told, by one call. */
    public interface Outcome {
        /** The servers, for the time that is said. */
        void located(LocatedServers servers);

        /** There is none, or nobody knows. */
        void notLocated(DnsException why);
    }

    private static final System.Logger LOG = GuardedLogger.of("io.websip.connection");

    /** More records of one answer are not looked at. */
    private static final int MAX_RECORDS = 64;

    /** More of a domain's servers are not tried. */
    private static final int MAX_SERVERS = 32;

    private final Locator locator;
    private final String domain;
    private final Outcome outcome;
    private final Deque<Question> questions = new ArrayDeque<>();
    private Duration ttl = Duration.ofDays(1);
    private String asking = "";
    private @Nullable CompletableFuture<?> asked;
    private EventLoop.@Nullable Timer patience;
    private @Nullable AddressLookups addresses;
    private @Nullable Throwable failure; // the first, of what was passed over
    private String failed = ""; // what, and why
    private boolean denied; // a record says that there is no such service
    private boolean guessing; // no record names a server
    private boolean over;

    Lookup(Locator locator, String domain, Outcome outcome) {
        this.locator = locator;
        this.domain = domain;
        this.outcome = outcome;
    }

    void start() {
        if (over) {
            return;
        }
        patience = locator.loop().schedule(locator.timeout(), this::giveUp);
        ask("NAPTR " + domain, () -> locator.resolver().naptr(domain), this::naptr);
    }

    /** Gives it up: nobody is told. */
    public void cancel() {
        over = true;
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
        if (addresses != null) {
            addresses.cancel();
        }
        if (asked != null) {
            asked.cancel(false);
            asked = null;
        }
    }

    private void giveUp() {
        patience = null;
        end(new DnsException(
                "the servers of " + domain + " were not found within " + TimeText.of(locator.timeout())
                        + ": DNS has not answered for " + asking,
                failure));
    }

    private void naptr(List<NaptrRecord> records) {
        questions.addAll(NaptrChoice.of(records, locator.secureOnly()));
        questions.add(Question.srv("_sips._wss." + domain, true));
        questions.add(Question.srv("_sips._ws." + domain, true));
        if (!locator.secureOnly()) {
            questions.add(Question.srv("_sip._ws." + domain, false));
        }
        questions.add(Question.guess(domain));
        next();
    }

    private void next() {
        Question question = questions.poll();
        if (failure != null && (question == null || !question.secure())) {
            end(new DnsException("the servers of " + domain + " were not found: " + failed, failure));
        } else if (question == null) {
            end(new DnsException("DNS knows no server of " + domain + ": no NAPTR, SRV or address"));
        } else if (denied && question.kind() == Question.Kind.GUESS) {
            end(new DnsException(domain + " has no servers for SIP over WebSocket, as its SRV record says (RFC 2782)"));
        } else {
            switch (question.kind()) {
                case SRV ->
                    ask(
                            "SRV " + question.name(),
                            () -> locator.resolver().srv(question.name()),
                            records -> srv(records, question.secure()));
                case HOST -> resolve(List.of(SrvTarget.of(question.name(), question.secure(), 0)));
                case GUESS -> {
                    guessing = true;
                    resolve(guesses());
                }
            }
        }
    }

    private List<SrvTarget> guesses() {
        SrvTarget secure = SrvTarget.of(domain, true, 0);
        return locator.secureOnly() ? List.of(secure) : List.of(secure, SrvTarget.of(domain, false, 1));
    }

    private void srv(List<SrvRecord> records, boolean secure) {
        List<SrvRecord> ordered = SrvOrder.of(records, locator.random());
        if (ordered.isEmpty()) {
            denied |= !records.isEmpty();
            next();
        } else {
            resolve(ordered.stream()
                    .map(record -> new SrvTarget(record.target(), record.port(), secure, record.priority()))
                    .toList());
        }
    }

    private void resolve(List<SrvTarget> targets) {
        asking = "the addresses of " + targets.get(0).host();
        addresses = new AddressLookups(locator, domain, targets, this::resolved);
        addresses.start();
    }

    private void resolved(AddressLookups lookups) {
        addresses = null;
        List<LocatedServers.Server> servers = lookups.servers();
        if (servers.isEmpty()) {
            if (lookups.failure() != null) {
                passOver(lookups.failure());
            }
            next();
            return;
        }
        holds(lookups.ttl());
        LocatedServers located =
                new LocatedServers(servers.subList(0, Math.min(servers.size(), MAX_SERVERS)), ttl, guessing);
        cancel();
        LOG.log(System.Logger.Level.DEBUG, "servers of {0} for {1}: {2}", domain, TimeText.of(ttl), located.servers());
        outcome.located(located);
    }

    private void end(DnsException why) {
        cancel();
        outcome.notLocated(why);
    }

    private void holds(Duration time) {
        ttl = time.compareTo(ttl) < 0 ? time : ttl;
    }

    private void passOver(@Nullable Throwable thrown) {
        Throwable why = thrown == null ? new DnsException("no reason") : thrown;
        LOG.log(System.Logger.Level.DEBUG, "DNS lookup of {0} failed: {1}", asking, Visible.line(why));
        if (failure == null) {
            failure = why;
            failed = why instanceof DnsException ? String.valueOf(why.getMessage()) : asking + ": " + Visible.line(why);
        }
    }

    /** A failure is passed over as if there were no records. */
    private <T> void ask(String what, Supplier<CompletableFuture<DnsAnswer<T>>> question, Consumer<List<T>> then) {
        asking = what;
        CompletableFuture<DnsAnswer<T>> future = Answers.guarded(question);
        asked = future;
        Answers.whenDone(future, locator.loop(), this, (answer, thrown) -> {
            if (over) {
                return;
            }
            if (answer == null) {
                passOver(thrown);
                then.accept(List.of());
            } else {
                if (!answer.records().isEmpty()) {
                    holds(answer.ttl());
                }
                then.accept(answer.records().stream().limit(MAX_RECORDS).toList());
            }
        });
    }
}
