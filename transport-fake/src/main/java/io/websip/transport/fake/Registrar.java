package io.websip.transport.fake;

import io.websip.sip.NameAddress;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The bindings of a server, by user (RFC 3261 section 10.3). Confined to the server's loop. */
final class Registrar {
    /** One contact of a user, and the connection by which it is reached. */
    record Bound(NameAddress contact, SipUri uri, ServerConnection connection, long until) {}

    private final FakeSipServer.Options options;
    private final Map<String, List<Bound>> bindings = new HashMap<>();

    Registrar(FakeSipServer.Options options) {
        this.options = options;
    }

    /** The answer to an authenticated REGISTER. */
    SipResponse register(SipRequest request, ServerConnection connection, long now, long second) {
        String user = request.to().uri() instanceof SipUri aor ? aor.user().orElse("") : "";
        List<Bound> bound = live(user, now);
        OptionalLong header = request.headers().seconds("Expires");
        if (request.headers().first("Contact").filter("*"::equals).isPresent()) {
            bound.clear();
        }
        for (NameAddress contact : request.contacts()) {
            long wanted = contact.expires().orElse(header.orElse(options.maxExpires));
            if (wanted > 0 && wanted < options.minExpires) {
                return reply(request, 423)
                        .add("Min-Expires", Long.toString(options.minExpires))
                        .build();
            }
            if (contact.uri() instanceof SipUri uri) {
                bound.removeIf(old -> old.uri.matches(uri) || sameInstance(old.contact, contact));
                if (wanted > 0) {
                    bound.add(new Bound(contact, uri, connection, now + Math.min(wanted, options.maxExpires) * second));
                }
            }
        }
        SipMessageBuilder<SipResponse> ok = reply(request, 200);
        for (Bound b : bound) {
            ok.add("Contact", "<" + b.uri + ">" + instance(b.contact) + ";expires=" + (b.until - now) / second);
        }
        return ok.build();
    }

    private static SipMessageBuilder<SipResponse> reply(SipRequest request, int status) {
        return SipResponse.to(request.headers(), status, null, "registrar");
    }

    private static boolean sameInstance(NameAddress a, NameAddress b) {
        return a.parameters().get("+sip.instance").isPresent()
                && a.parameters().get("+sip.instance").equals(b.parameters().get("+sip.instance"));
    }

    private static String instance(NameAddress contact) {
        return contact.parameters()
                .get("+sip.instance")
                .map(id -> ";+sip.instance=\"" + id + "\";reg-id="
                        + contact.parameters().get("reg-id").orElse("1"))
                .orElse("");
    }

    private List<Bound> live(String user, long now) {
        List<Bound> bound = bindings.computeIfAbsent(user, u -> new ArrayList<>());
        bound.removeIf(b -> b.until - now <= 0 || !b.connection.isOpen());
        return bound;
    }

    /** The newest live binding of a user; null if there is none. */
    @Nullable
    Bound find(String user, long now) {
        if (!bindings.containsKey(user)) {
            return null;
        }
        List<Bound> bound = live(user, now);
        return bound.isEmpty() ? null : bound.get(bound.size() - 1);
    }

    List<NameAddress> contacts(String user, long now) {
        return bindings.containsKey(user)
                ? live(user, now).stream().map(Bound::contact).toList()
                : List.of();
    }

    void closed(ServerConnection connection) {
        for (Iterator<List<Bound>> all = bindings.values().iterator(); all.hasNext(); ) {
            List<Bound> bound = all.next();
            bound.removeIf(b -> b.connection == connection);
            if (bound.isEmpty()) {
                all.remove();
            }
        }
    }

    void forget() {
        bindings.clear();
    }
}
