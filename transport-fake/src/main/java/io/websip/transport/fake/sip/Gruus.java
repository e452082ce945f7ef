package io.websip.transport.fake.sip;

import io.websip.sip.NameAddress;
import io.websip.sip.SipUri;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The GRUUs that a registrar has given out (RFC 5627 section 5.1). Confined to the server's loop. */
final class Gruus {
    /** So many temporary ones are remembered. */
    static final int MEMORY = 10_000;

    /** Whom a GRUU names: one device of a user. */
    record Instance(String user, String id) {
        boolean isOf(NameAddress contact) {
            return contact.parameters().get("+sip.instance").filter(this::isIt).isPresent();
        }

        /** The value of +sip.instance has angle brackets, that of gr has none. */
        private boolean isIt(String instance) {
            return instance.equalsIgnoreCase("<" + id + ">");
        }
    }

    private final ServerOptions options;
    private final Map<String, Instance> temporary = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instance> eldest) {
            return size() > MEMORY;
        }
    };
    private long given;

    Gruus(ServerOptions options) {
        this.options = options;
    }

    /** The contact's parameters pub-gruu and temp-gruu; empty if it names no instance. */
    String parameters(String user, NameAddress contact) {
        Optional<String> instance = contact.parameters().get("+sip.instance");
        if (instance.isEmpty()) {
            return "";
        }
        String id = instance.get().replaceAll("[<>]", "");
        String temporaryUser = "tgruu." + ++given;
        temporary.put(temporaryUser, new Instance(user, id));
        return ";pub-gruu=\"" + SipUri.of(false, user, options.domain, -1) + ";gr=" + id + "\";temp-gruu=\""
                + SipUri.of(false, temporaryUser, options.domain, -1) + ";gr\"";
    }

    /** Whom the URI names; null if it is no GRUU, or not known. */
    @Nullable
    Instance find(SipUri uri) {
        if (!uri.parameters().contains("gr")) {
            return null;
        }
        String gr = uri.parameters().get("gr").orElse("");
        String user = uri.user().orElse("");
        return gr.isEmpty() ? temporary.get(user) : new Instance(user, gr);
    }

    void forget() {
        temporary.clear();
    }
}
