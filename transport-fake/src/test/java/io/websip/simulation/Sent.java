package io.websip.simulation;

import io.websip.sip.SipParseException;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A message of an agent's: what its options allow, and what has become of it. */
final class Sent {
    private static final List<String> BEFORE_THE_WIRE = List.of("newMessage", "sending");

    final String body;
    final int attempts; // over which it may be sent without being asked again by a challenge
    private final String target;
    private final Trace trace;
    private final List<String> events = new ArrayList<>();
    private final Set<Integer> connections = new HashSet<>();
    private int transmissions;
    private int challenges;
    private int deliveries;
    private boolean spoken; // a script or a hostile peer has answered in the server's place
    private boolean asksForReply;
    private @Nullable Sent reply;
    private @Nullable CompletableFuture<SipResponse> future;
    private int completions;

    /**
     * One that goes to an address.
     *
     * @param attempts 1 without options
     */
    Sent(String body, int attempts, String target, Trace trace) {
        this.body = body;
        this.attempts = attempts;
        this.target = target;
        this.trace = trace;
    }

    void future(CompletableFuture<SipResponse> future) {
        this.future = future;
        future.whenComplete((response, failure) -> completions++);
    }

    /** G1, G2: an event of the message's own, which has one order. */
    void event(String what) {
        boolean outcome = what.equals("succeeded") || what.equals("failed");
        List<String> expected = outcome ? BEFORE_THE_WIRE : BEFORE_THE_WIRE.subList(0, BEFORE_THE_WIRE.indexOf(what));
        if (!events.equals(expected)) {
            trace.violated("G2 " + body + " " + what + " after " + events);
        }
        events.add(what);
    }

    /** G2, G4, G6: it goes out, for the first time or again. */
    void transmitted(int connection) {
        transmissions++;
        connections.add(connection);
        if (!events.equals(BEFORE_THE_WIRE)) {
            trace.violated("G2, G4 " + body + " goes out after " + events);
        }
        if (transmissions - challenges > attempts) {
            trace.violated("G6 " + body + " goes out " + transmissions + " times, after " + challenges
                    + " challenges, though " + attempts + " are allowed");
        }
        if (attempts == 1 && connections.size() > 1) {
            trace.violated("G6 " + body + " goes out over the connections " + connections);
        }
    }

    /** It was answered so that it must be sent again: 401, 407, 420. */
    void challenged() {
        challenges++;
    }

    void spokenFor() {
        spoken = true;
    }

    /** Its program knows what has become of it, or it has been sent again. */
    boolean hasEnded() {
        return future != null && future.isDone();
    }

    /** It has come to somebody: once for each time that it was sent, and each false challenge, after which it is sent again. */
    void delivered() {
        deliveries++;
        if (deliveries > attempts + (spoken ? challenges : 0)) {
            trace.violated("G7 " + body + " arrives " + deliveries + " times");
        }
    }

    /** Whoever gets it answers it, to the address in From; both arrive. */
    Sent andBack() {
        asksForReply = true;
        return this;
    }

    boolean asksForReply() {
        return asksForReply;
    }

    void reply(Sent message) {
        reply = message;
    }

    /** It has come to the user of this address: that for whom it was, unless a server could redirect it. */
    void arrivesAt(String address) {
        if (attempts == 1 && !given(address).equals(given(target))) {
            trace.violated(body + " for " + target + " arrives at " + address);
        }
    }

    private static Optional<String> given(String address) {
        try {
            return SipUri.given(address).user();
        } catch (SipParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing was in its way. */
    void assertSucceeded() {
        if (asksForReply && reply == null) {
            trace.violated(body + " has no reply");
        } else if (reply != null) {
            reply.assertSucceeded();
        }
        CompletableFuture<SipResponse> f = future;
        if (f == null || !f.isDone() || f.isCompletedExceptionally() || f.join().status() != 200) {
            trace.violated(body + " fails though all is well: " + f);
        }
    }

    /** G1: it has its outcome, once, by its event and by its future; what a server has relayed has arrived. */
    void assertEnded() {
        if (future != null) {
            future.whenComplete((response, failure) -> trace.shown("the failure of " + body, failure));
        }
        String outcome = events.isEmpty() ? "none" : events.get(events.size() - 1);
        CompletableFuture<SipResponse> f = future;
        if (f == null || completions != 1 || !f.isDone()) {
            trace.violated("G1 " + body + " has no outcome after " + events);
        } else if (!outcome.equals(f.isCompletedExceptionally() ? "failed" : "succeeded")) {
            trace.violated("G1 " + body + ": the future says otherwise than " + events);
        } else if (!f.isCompletedExceptionally() && !spoken && f.join().status() == 200 && deliveries == 0) {
            trace.violated("G7 " + body + " was answered 200 and has not arrived");
        }
    }
}
