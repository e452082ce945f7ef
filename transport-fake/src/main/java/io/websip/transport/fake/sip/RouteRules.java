package io.websip.transport.fake.sip;

import io.websip.sip.SipMessage;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.ServerConnection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule that a MESSAGE goes by the Service-Route which its agent was given last (RFC 3608 section 6.1). An agent is
 * known by its connection. Confined to the server's loop.
 */
final class RouteRules {
    private static final long SECOND = 1_000_000_000;

    /**
     * What an agent was told.
     *
     * @param before what it was told before, by which a MESSAGE may go that has crossed the answer
     */
    private record Given(List<String> last, List<String> before, long since, long until) {
        boolean fits(List<String> routes, long now) {
            return isEnd(routes, last, before)
                    || now - since < SECOND && isEnd(routes, before, last)
                    || until - now <= 0 && isEnd(routes, List.of(), last); // the binding is over, and its route with it
        }

        /** Whether the routes end so; in front may stand an outbound proxy of the agent's own. */
        private static boolean isEnd(List<String> routes, List<String> end, List<String> other) {
            int from = routes.size() - end.size();
            return end.isEmpty()
                    ? Collections.disjoint(routes, other)
                    : from >= 0 && routes.subList(from, routes.size()).equals(end);
        }
    }

    private final Map<ServerConnection, Given> given = new HashMap<>();
    private final Map<ServerConnection, Set<String>> registering = new HashMap<>(); // branches of those with a Contact

    /** The rule that the request breaks; null if none. */
    @Nullable
    String broken(ServerConnection connection, SipRequest request, long now) {
        if (request.method().equals(SipMethod.REGISTER)) {
            if (request.headers().contains("Contact")) {
                registering
                        .computeIfAbsent(connection, c -> new HashSet<>())
                        .add(request.topVia().branch().orElse(""));
            }
            return null;
        }
        Given told = given.get(connection);
        if (told == null || !request.method().equals(SipMethod.MESSAGE)) {
            return null;
        }
        List<String> routes = request.headers().list("Route");
        return told.fits(routes, now)
                ? null
                : "RFC 3608 6.1: Route is the Service-Route that was given last: " + routes + " and not " + told.last;
    }

    /** A 2xx that the server sends may give a route. */
    void sent(ServerConnection connection, byte[] message, long now) {
        Set<String> branches = registering.get(connection);
        if (branches == null || branches.isEmpty()) {
            return;
        }
        try {
            if (SipMessage.parse(message) instanceof SipResponse response && !response.isProvisional()) {
                response.verify();
                if (branches.remove(response.topBranch().orElse("")) && response.isSuccess()) {
                    give(connection, response, now);
                }
            }
        } catch (SipParseException e) {
            return; // a script may send anything, and what is not SIP gives nothing
        }
    }

    private void give(ServerConnection connection, SipResponse response, long now) {
        List<String> routes = response.headers().list("Service-Route");
        Given told = given.get(connection);
        if (told == null && routes.isEmpty()) {
            return; // the agent may have a route of its own
        }
        long seconds = response.contacts().stream()
                .mapToLong(contact -> contact.expires().orElse(0))
                .max()
                .orElse(0);
        given.put(connection, new Given(routes, told == null ? List.of() : told.last, now, now + seconds * SECOND));
    }

    void closed(ServerConnection connection) {
        given.remove(connection);
        registering.remove(connection);
    }
}
