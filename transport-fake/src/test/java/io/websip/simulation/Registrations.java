package io.websip.simulation;

import io.websip.Binding;
import io.websip.sip.NameAddress;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import io.websip.transport.fake.sip.FakeSipServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent that says it is registered is: a server holds its binding, or something has broken it of which the agent cannot
 * know yet, and for no longer than it takes to find out.
 */
final class Registrations {
    /** Keep-alive, the time for its answer, and what either takes on a slow link by a slow clock. */
    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(52);

    /** What one link may be slow by, there and back, and a round second. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    /** How long a server may think about a REGISTER. */
    private static final Duration PONDERED = Duration.ofSeconds(60);

    /** Of an agent, where that of the servers is 1. */
    static final double SLOWEST_CLOCK = 0.95;

    private final World world;
    private final Map<String, Long> removed = new HashMap<>(); // until when something may remove bindings, by user
    private final Set<Integer> unwell = new HashSet<>(); // connections that faults have been set for
    private final Map<Actor, Long> unbound = new HashMap<>(); // since when an agent says what is not so

    Registrations(World world) {
        this.world = world;
    }

    /** The registrar loses the bindings of a user, or is told to remove some, without a word to who has them. */
    void mayBeRemoved(String user) {
        removed.put(user, world.loop.nanoTime() + PONDERED.toNanos());
    }

    /** The connection has a fault, or has one to come. */
    void isUnwell(int connection) {
        unwell.add(connection);
    }

    /** The connections of all agents of a user, or of all where there is none, have a fault. */
    void areUnwell(@Nullable String user) {
        for (Actor actor : world.actors) {
            if (user == null || user.equals(actor.user)) {
                unwell.add(actor.watch.connection()); // on which a grant may be under way
                Watch.Registered granted = actor.watch.registered();
                if (granted != null) {
                    unwell.add(granted.connection()); // it may be an older one
                }
            }
        }
    }

    void check(Actor actor) {
        Binding binding = actor.agent.binding().orElse(null);
        if (binding != null && RewritingRegistrar.isOfOthers(binding)) {
            world.trace.violated(actor.name + " takes for its own what is bound to others: " + binding);
        }
        if (binding == null || actor.isStopping() || isBound(actor)) {
            unbound.remove(actor);
            return;
        }
        long now = world.loop.nanoTime();
        long since = unbound.computeIfAbsent(actor, a -> now);
        Watch.Registered granted = actor.watch.registered();
        if (granted == null) {
            world.trace.violated(actor.name + " says it is registered, and no registrar has said so");
            return;
        }
        boolean wasRemoved =
                removed.containsKey(actor.user) && removed.get(actor.user) - granted.at() > -SLACK.toNanos()
                        || isDisplaced(actor);
        boolean lost = unwell.contains(granted.connection());
        double passed = (now - granted.at()) / 1e9;
        if (passed > granted.seconds() / SLOWEST_CLOCK + SLACK.toSeconds()) {
            world.trace.violated(actor.name + " says it is registered after its time");
        } else if (!wasRemoved
                && !lost
                && granted.honest()
                && passed < granted.seconds() * SLOWEST_CLOCK - SLACK.toSeconds()) {
            world.trace.violated(
                    actor.name + " says it is registered, no server holds its binding, and nothing has broken it");
        } else if (!wasRemoved && lost && granted.honest() && now - since > UNTIL_NOTICED.toNanos()) {
            world.trace.violated(actor.name + " says it is registered and does not notice that its connection is dead");
        }
    }

    /**
     * A server has thought long about a REGISTER that the same agent sent before it was started anew, and has put its binding in
     * the place of the new one.
     */
    private boolean isDisplaced(Actor actor) {
        String instance = actor.watch.contact().map(Registrations::instance).orElse("");
        return world.servers.stream()
                .flatMap(server -> server.bindings(actor.user).stream())
                .anyMatch(contact -> !instance.isEmpty() && instance(contact).equals(instance));
    }

    private static String instance(NameAddress contact) {
        return contact.parameters().get("+sip.instance").orElse("");
    }

    /** Whether the last grant is as long as the binding, so that the agent refreshes it in time. */
    boolean isHonest(Actor actor) {
        Watch.Registered granted = actor.watch.registered();
        return granted != null && granted.honest();
    }

    private boolean isBound(Actor actor) {
        return world.servers.stream().anyMatch(server -> isBoundAt(server, actor));
    }

    /** Whether the server to which it is connected holds its binding, so that messages come to it. */
    boolean isBoundWhereItIs(Actor actor) {
        return actor.agent.binding().isPresent()
                && world.servers.stream()
                        .filter(server -> actor.isAt(server.endpoint().address()))
                        .anyMatch(server -> isBoundAt(server, actor));
    }

    /**
     * Whether each binding that a server holds leads to an agent: one that was left over a connection that died at one end may
     * stand there until its time is over, and takes messages that nobody answers.
     */
    boolean leadToAgents() {
        return world.servers.stream()
                .allMatch(server -> world.people.users().stream()
                        .allMatch(user -> server.bindings(user).size()
                                == world.actors.stream()
                                        .filter(actor -> actor.user.equals(user)
                                                && actor.isAt(server.endpoint().address()))
                                        .filter(this::isBoundWhereItIs)
                                        .count()));
    }

    /** Whether what the server itself sends to the user comes to this agent. */
    boolean isTheOnlyOneAt(FakeSipServer server, Actor actor) {
        return isBoundAt(server, actor)
                && world.actors.stream()
                                .filter(other -> other.user.equals(actor.user))
                                .count()
                        == 1;
    }

    /** Registrars list a Contact in their own way, but bind it as it was sent. */
    private static boolean isBoundAt(FakeSipServer server, Actor actor) {
        NameAddress ours = actor.watch.contact().orElse(null);
        return ours != null && server.bindings(actor.user).stream().anyMatch(bound -> isSame(bound.uri(), ours.uri()));
    }

    /** Equal by RFC 3261 section 19.1.4, which is costly to ask after each event. */
    private static boolean isSame(Uri bound, Uri ours) {
        return bound.equals(ours)
                || bound instanceof SipUri uri
                        && ours instanceof SipUri own
                        && uri.user().equals(own.user())
                        && uri.matches(own);
    }
}
