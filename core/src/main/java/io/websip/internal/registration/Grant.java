package io.websip.internal.registration;

import io.websip.internal.log.GuardedLogger;
import io.websip.sip.NameAddress;
import io.websip.sip.SipParseException;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a registrar's 2xx says of our binding. Immutable.
 *
 * @param contact ours, as the registrar lists it
 * @param expires what it grants, more than zero
 * @param outbound whether outbound is in force (RFC 5626 section 4.2.1)
 * @param serviceRoute the route of all requests but REGISTER from now on, in order (RFC 3608 section 6.1); empty if one of its
 *     values is malformed, since a route with a gap would be another way
 * @param path the proxies between, as the registrar knows them (RFC 3327 section 5.1)
 * @param publicGruu the address of this very instance (RFC 5627 section 3.1.1)
 * @param temporaryGruu another one, which hides whose it is (RFC 5627 section 3.1.2)
 * @param flowTimer after how long without keep-alive the server gives the connection up (RFC 5626 section 4.4)
 */
public record Grant(
        SipResponse response,
        NameAddress contact,
        Duration expires,
        boolean outbound,
        List<NameAddress> serviceRoute,
        List<NameAddress> path,
        Optional<SipUri> publicGruu,
        Optional<SipUri> temporaryGruu,
        Optional<Duration> flowTimer) {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.registration");

    /**
     * Reads the response.
     *
     * @param ours our contact in it
     * @param seconds granted to it
     * @param outboundAsked whether the REGISTER was one of RFC 5626; a registrar cannot turn on what was not asked for
     */
    static Grant of(SipResponse response, NameAddress ours, long seconds, boolean outboundAsked) {
        return new Grant(
                response,
                ours,
                Duration.ofSeconds(seconds),
                outboundAsked && requires(response, "outbound"),
                routes(response),
                response.headers().addresses("Path"),
                gruu(ours, "pub-gruu"),
                gruu(ours, "temp-gruu"),
                flowTimer(response));
    }

    private static boolean requires(SipResponse response, String tag) {
        return response.headers().list("Require").stream()
                .anyMatch(required -> required.toLowerCase(Locale.ROOT).equals(tag));
    }

    private static List<NameAddress> routes(SipResponse response) {
        List<NameAddress> routes = response.headers().addresses("Service-Route").stream()
                .filter(route -> route.uri() instanceof SipUri && isSendable(route))
                .flatMap(route -> route.escaped().wellFormed().stream())
                .toList();
        int named = response.headers().addresses("Service-Route").size()
                + response.headers().unreadableAddresses("Service-Route");
        if (routes.size() < named) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} of {1} values of a Service-Route are malformed, so the whole of it is left out"
                            + " (RFC 3608 section 6.1)",
                    named - routes.size(),
                    named);
            return List.of();
        }
        return routes;
    }

    /** No header of ours can carry a control character, as a quoted string of a peer may. */
    private static boolean isSendable(NameAddress route) {
        return route.toString().chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
    }

    /** The value stands in quotes; a URI without gr is no GRUU (RFC 5627 section 3.1). */
    private static Optional<SipUri> gruu(NameAddress ours, String name) {
        try {
            Optional<String> text = ours.parameters().get(name);
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(SipUri.parse(text.get()))
                            .filter(uri -> uri.parameters().contains("gr"));
        } catch (SipParseException e) {
            return Optional.empty(); // a value that is not needed is ignored (RFC 3261 section 8.1.3)
        }
    }

    private static Optional<Duration> flowTimer(SipResponse response) {
        long seconds = response.headers().seconds("Flow-Timer").orElse(0);
        return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }
}
