package io.websip.transport.fake.sip;

import io.websip.loop.EventLoop;
import io.websip.sip.NameAddress;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.transport.fake.ServerConnection;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bindings of a server, by user (RFC 3261 section 10.3). Confined to the server's loop. */
final class Registrar {
    /** A user has so many bindings at most; the oldest make room. */
    static final int MAX_BINDINGS = 100;

    private static final long SECOND = 1_000_000_000;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    /** One contact of a user, the connection by which it is reached, and the REGISTER that it is of. */
    record Bound(NameAddress contact, SipUri uri, ServerConnection connection, long until, String callId, long number) {
        boolean isReplacedBy(NameAddress newContact, SipUri newUri) {
            return uri.matches(newUri)
                    || flow(contact).isPresent() && flow(contact).equals(flow(newContact));
        }

        /** Whether the request has been overtaken on its way, over another connection. */
        boolean isNewerThan(SipRequest register) {
            return callId.equals(register.callId()) && number > register.cseq().number();
        }

        /** Instance and reg-id, which name a flow whatever the URI (RFC 5626 section 6). */
        private static Optional<String> flow(NameAddress contact) {
            return contact.parameters()
                    .get("+sip.instance")
                    .map(id -> id + " " + contact.parameters().get("reg-id").orElse(""));
        }
    }

    private final EventLoop loop;
    private final ServerOptions options;
    private final Gruus gruus;
    private final Map<String, List<Bound>> bindings = new HashMap<>();
    private final Map<ServerConnection, Set<String>> usersOf = new HashMap<>(); // that have had bindings over it

    Registrar(EventLoop loop, ServerOptions options) {
        this.loop = loop;
        this.options = options;
        this.gruus = new Gruus(options);
    }

    /** Addresses of loose routers, checked. */
    static List<String> routes(String name, String... values) {
        for (String value : values) {
            try {
                if (!(NameAddress.parse(value).uri() instanceof SipUri uri && uri.isLooseRouter())) {
                    throw new IllegalArgumentException(name + " '" + value + "' must be a SIP address with lr");
                }
            } catch (SipParseException e) {
                throw new IllegalArgumentException(name + " '" + value + "': " + e.getMessage(), e);
            }
        }
        return List.of(values);
    }

    /** The answer to an authenticated REGISTER; all of its contacts are taken, or none. */
    SipResponse register(SipRequest request, ServerConnection connection) {
        String user = request.to().uri() instanceof SipUri aor ? aor.user().orElse("") : "";
        List<NameAddress> contacts = request.contacts();
        OptionalLong header = request.headers().seconds("Expires");
        boolean all = request.headers().list("Contact").contains("*");
        if (all && (!contacts.isEmpty() || header.orElse(-1) != 0)) {
            return reply(request, 400).build();
        }
        if (!options.path.isEmpty() && !supports(request, "path")) {
            return reply(request, 420).add("Unsupported", "path").build();
        }
        boolean flow =
                contacts.stream().anyMatch(contact -> contact.parameters().contains("reg-id"));
        if (flow && options.outbound == ServerOptions.Outbound.LACKING) {
            return reply(request, 439).build();
        }
        long now = loop.nanoTime();
        List<Bound> bound = all ? new ArrayList<>() : live(user, now);
        for (NameAddress contact : contacts) {
            long wanted = contact.expires().orElse(header.orElse(options.maxExpires));
            if (wanted > 0 && wanted < options.minExpires) {
                return reply(request, 423)
                        .add("Min-Expires", Long.toString(options.minExpires))
                        .build();
            }
            if (contact.uri() instanceof SipUri uri) {
                if (bound.stream().anyMatch(old -> old.isReplacedBy(contact, uri) && old.isNewerThan(request))) {
                    return reply(request, 500).build(); // RFC 3261 section 10.3
                }
                bound.removeIf(old -> old.isReplacedBy(contact, uri));
                if (wanted > 0) {
                    long until = now + Math.min(wanted, options.maxExpires) * SECOND;
                    bound.add(new Bound(
                            contact,
                            uri,
                            connection,
                            until,
                            request.callId(),
                            request.cseq().number()));
                }
            }
        }
        bound.subList(0, Math.max(0, bound.size() - MAX_BINDINGS)).clear();
        put(user, bound);
        return accepted(request, user, bound, flow).build();
    }

    private SipMessageBuilder<SipResponse> accepted(SipRequest request, String user, List<Bound> bound, boolean flow) {
        SipMessageBuilder<SipResponse> ok = reply(request, 200);
        boolean gruu = options.gruu && supports(request, "gruu");
        List<String> contacts = new ArrayList<>();
        for (Bound b : bound) {
            long seconds = (b.until - loop.nanoTime() + SECOND - 1) / SECOND; // what is still live must not read as 0
            contacts.add("<" + b.uri + ">" + instance(b.contact) + (gruu ? gruus.parameters(user, b.contact) : "")
                    + ";expires=" + seconds);
        }
        options.contactRewriter.rewrite(request, List.copyOf(contacts)).forEach(contact -> ok.add("Contact", contact));
        if (!bound.isEmpty()) {
            options.serviceRoute.forEach(route -> ok.add("Service-Route", route));
        }
        options.path.forEach(path -> ok.add("Path", path));
        if (flow && options.outbound == ServerOptions.Outbound.SUPPORTED && supports(request, "outbound")) {
            ok.add("Require", "outbound");
            if (options.flowTimer > 0) {
                ok.add("Flow-Timer", Long.toString(options.flowTimer));
            }
        }
        if (options.clockAhead != null) {
            ok.add("Date", DATE.format(loop.now().plus(options.clockAhead).atOffset(ZoneOffset.UTC)));
        }
        return ok;
    }

    private static boolean supports(SipRequest request, String tag) {
        return request.headers().list("Supported").stream().anyMatch(tag::equalsIgnoreCase);
    }

    private static SipMessageBuilder<SipResponse> reply(SipRequest request, int status) {
        return SipResponse.to(request.headers(), status, null, "registrar");
    }

    private static String instance(NameAddress contact) {
        return contact.parameters()
                .get("+sip.instance")
                .map(id -> ";+sip.instance=\"" + id + "\""
                        + contact.parameters()
                                .get("reg-id")
                                .map(regId -> ";reg-id=" + regId)
                                .orElse(""))
                .orElse("");
    }

    private List<Bound> live(String user, long now) {
        List<Bound> bound = new ArrayList<>(bindings.getOrDefault(user, List.of()));
        bound.removeIf(b -> b.until - now <= 0 || !b.connection.isOpen());
        return bound;
    }

    private void put(String user, List<Bound> bound) {
        if (bound.isEmpty()) {
            bindings.remove(user);
        } else {
            bindings.put(user, bound);
            bound.forEach(b ->
                    usersOf.computeIfAbsent(b.connection, c -> new HashSet<>()).add(user));
        }
    }

    /** The newest live binding of a user; null if there is none. */
    @Nullable
    Bound find(String user) {
        List<Bound> bound = live(user, loop.nanoTime());
        return bound.isEmpty() ? null : bound.get(bound.size() - 1);
    }

    /** The newest live binding that a Request-URI means, an address or a GRUU; null if there is none. */
    @Nullable
    Bound find(SipUri target) {
        Gruus.Instance instance = gruus.find(target);
        if (instance == null) {
            return find(target.user().orElse(""));
        }
        Bound newest = null;
        for (Bound b : live(instance.user(), loop.nanoTime())) {
            if (instance.isOf(b.contact)) {
                newest = b;
            }
        }
        return newest;
    }

    List<NameAddress> contacts(String user) {
        return live(user, loop.nanoTime()).stream().map(Bound::contact).toList();
    }

    void closed(ServerConnection connection) {
        Set<String> users = usersOf.remove(connection);
        if (users != null) {
            users.forEach(user -> {
                List<Bound> left = new ArrayList<>(bindings.getOrDefault(user, List.of()));
                left.removeIf(b -> b.connection == connection);
                put(user, left);
            });
        }
    }

    void forget(String user) {
        bindings.remove(user);
    }

    void forget() {
        bindings.clear();
        gruus.forget();
    }
}
