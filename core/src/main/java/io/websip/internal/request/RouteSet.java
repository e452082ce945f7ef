package io.websip.internal.request;

import io.websip.sip.NameAddress;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import java.util.ArrayList;
import java.util.List;

/**
 * The route that a request outside of any dialog takes, known before it (RFC 3261 section 8.1.2). Immutable.
 *
 * @param routes in the order in which they are visited
 */
record RouteSet(List<NameAddress> routes) {
    static final RouteSet NONE = new RouteSet(List.of());

    RouteSet {
        routes = List.copyOf(routes);
    }

    /**
     * This, and behind it the other; where the other begins as this ends, that stands there once. Values of the other that
     * hold a control character, as quoted strings of a peer may, are left out: no header of ours can carry them. What a peer
     * left raw in a URI is escaped.
     */
    RouteSet then(List<NameAddress> named) {
        List<NameAddress> others = named.stream()
                .filter(route -> route.toString().chars().noneMatch(c -> Character.isISOControl(c) && c != '\t'))
                .map(NameAddress::escaped)
                .toList();
        List<NameAddress> all = new ArrayList<>(routes);
        boolean twice = !all.isEmpty() && !others.isEmpty() && same(all.get(all.size() - 1), others.get(0));
        all.addAll(twice ? others.subList(1, others.size()) : others);
        return new RouteSet(all);
    }

    private static boolean same(NameAddress one, NameAddress other) {
        return one.uri() instanceof SipUri a && other.uri() instanceof SipUri b && a.matches(b);
    }

    /** Whether the first of them is a router of RFC 2543, which wants its own address as Request-URI. */
    private boolean isStrict() {
        return !routes.isEmpty() && routes.get(0).uri() instanceof SipUri first && !first.isLooseRouter();
    }

    /** The Request-URI of a request to the target (RFC 3261 section 12.2.1.1). */
    Uri requestUri(SipUri target) {
        return isStrict() && routes.get(0).uri() instanceof SipUri first ? first.withoutHeaders() : target;
    }

    /** Adds the Route header; to a strict router the target goes as its last value. */
    void addTo(SipMessageBuilder<SipRequest> builder, Uri target) {
        List<NameAddress> values = isStrict() ? routes.subList(1, routes.size()) : routes;
        values.forEach(route -> builder.add("Route", route.toString()));
        if (isStrict()) {
            builder.add("Route", "<" + target + ">");
        }
    }
}
