package io.websip.internal.request;

import io.websip.config.MessageOptions;
import io.websip.config.Server;
import io.websip.config.UserAgentConfig;
import io.websip.internal.auth.AuthScope;
import io.websip.internal.transaction.Tokens;
import io.websip.sip.NameAddress;
import io.websip.sip.SipDate;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes the agent's requests (RFC 3261 section 8.1.1). Confined to the loop. */
public final class RequestFactory implements AuthScope.OwnServer {
    /** Option tags of this agent's REGISTER (RFC 3327 section 5.1, RFC 5627 section 4.1; RFC 5626 section 4.2). */
    private static final String REGISTER_SUPPORTED = "path, gruu";

    private static final String REGISTER_SUPPORTED_WITH_OUTBOUND = "path, gruu, outbound";

    private static final String MAX_FORWARDS = "70";

    /** The methods that an agent takes (RFC 3261 section 20.5). */
    public static final String ALLOW = "MESSAGE, OPTIONS";

    /** RFC 3323 section 4.1.1.3. */
    private static final String ANONYMOUS = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";

    private final UserAgentConfig config;
    private final String instance;
    private final ClockOffset clock;
    private final Tokens tokens;
    private final String sentBy;
    private final String from;
    private final SipUri contact;
    private String viaTransport;
    private final RouteSet registerRoutes;
    private RouteSet routes;
    private int version;

    /**
     * Makes requests of one agent.
     *
     * @param instance the value of +sip.instance in our Contact (RFC 5626 section 4.1)
     * @param clock tells the Date
     */
    public RequestFactory(UserAgentConfig config, String instance, ClockOffset clock, Tokens tokens) {
        this.config = config;
        this.instance = instance;
        this.clock = clock;
        this.tokens = tokens;
        this.sentBy = tokens.invalidHost();
        this.viaTransport = viaTransport(config.servers().get(0));
        this.from =
                NameAddress.of(config.displayName().orElse(null), config.uri()).toString();
        SipUri proxy = config.outboundProxy().orElse(null);
        this.registerRoutes = proxy == null ? RouteSet.NONE : new RouteSet(List.of(NameAddress.of(proxy)));
        this.routes = registerRoutes;
        this.contact = SipUri.of("sip:" + tokens.user() + "@" + sentBy + ";transport=ws");
    }

    /** Before the first connection; a domain most likely has wss. */
    private static String viaTransport(Server server) {
        return server instanceof Server.Url url ? viaTransport(url.address()) : "WSS";
    }

    private static String host(Server server) {
        return server instanceof Server.Url url ? url.address().host() : ((Server.Domain) server).name();
    }

    private static String viaTransport(ServerAddress server) {
        return server.secure() ? "WSS" : "WS";
    }

    /** Requests go to that server from now on: it decides the transport in their Via (RFC 7118 section 5.2.1). */
    public void connectedTo(ServerAddress server) {
        String transport = viaTransport(server);
        if (!transport.equals(viaTransport)) {
            viaTransport = transport;
            version++;
        }
    }

    /**
     * The registrar's route of all requests but REGISTER from now on (RFC 3608 section 6.1), behind the outbound proxy if
     * there is one.
     *
     * @param values in order; empty for none
     */
    public void serviceRoute(List<NameAddress> values) {
        RouteSet next = registerRoutes.then(values);
        if (!next.equals(routes)) {
            routes = next;
            version++;
        }
    }

    /** Changes whenever a request made before would be made in another way now. */
    public int version() {
        return version;
    }

    /** A request to the target that was made earlier and never sent, as it would be made now: its Via and its route. */
    public SipRequest renewed(SipRequest request, SipUri target) {
        SipMessageBuilder<SipRequest> builder = request.toBuilder()
                .requestUri(routes.requestUri(target))
                .set("Via", via(viaTransport, isAnonymous(request)))
                .remove("Route");
        routes.addTo(builder, target);
        return builder.build();
    }

    /** The sent-by of our Via. */
    public String sentBy() {
        return sentBy;
    }

    /** Our Contact; its transport is ws, also over TLS (RFC 7118 section 5.2.2). */
    public SipUri contact() {
        return contact;
    }

    /** Where the sender is not to be known the name in Via is used once: responses come back over the connection. */
    private String via(String transport, boolean anonymous) {
        return "SIP/2.0/" + transport + " " + (anonymous ? tokens.invalidHost() : sentBy) + ";branch="
                + tokens.branch();
    }

    private boolean isAnonymous(SipRequest request) {
        return !request.topVia().hasSentBy(sentBy);
    }

    /** Where a message goes, for its credentials: also a redirect changes that, as does a proxy in the Request-URI. */
    AuthScope scope(SipRequest message) {
        return new AuthScope(
                isAnonymous(message) ? AuthScope.Kind.ANONYMOUS : AuthScope.Kind.RECEIVER,
                message.to().uri() + " " + message.requestUriText(),
                this);
    }

    @Override
    public boolean isNamed(String realm) {
        SipUri proxy = config.outboundProxy().orElse(null);
        return realm.equalsIgnoreCase(config.uri().host())
                || realm.equalsIgnoreCase(config.registrar().host())
                || proxy != null && realm.equalsIgnoreCase(proxy.host())
                || config.servers().stream().anyMatch(server -> isNamed(server, realm));
    }

    private static boolean isNamed(Server server, String realm) {
        return realm.equalsIgnoreCase(host(server));
    }

    /** The longest request that may go out. */
    int maxBytes() {
        return config.maxMessageBytes();
    }

    /** @throws RequestTooLongException if the request is longer than {@link #maxBytes} */
    public void checkLength(SipRequest request) {
        if (request.length() > maxBytes()) {
            throw new RequestTooLongException(request.length(), maxBytes());
        }
    }

    /** The option tags that a request demands of its receivers (RFC 3261 sections 20.29 and 20.32). */
    public static List<String> required(SipRequest request) {
        List<String> tags = new ArrayList<>(request.headers().list("Require"));
        tags.addAll(request.headers().list("Proxy-Require"));
        return tags;
    }

    /**
     * A request that has had a final response or its connection's end, to be sent once more: in a new transaction, with
     * the same Call-ID, To and From (RFC 3261 section 8.1.3.5).
     *
     * @param target its Request-URI, which a redirect may have changed
     * @param withoutTags option tags that are demanded no longer, in lower case
     */
    public SipRequest again(SipRequest request, SipUri target, long cseq, List<String> withoutTags) {
        SipMessageBuilder<SipRequest> builder =
                renewed(request, target).toBuilder().set("CSeq", cseq + " " + request.method());
        if (!withoutTags.isEmpty()) {
            keepOthers(builder, "Require", request, withoutTags);
            keepOthers(builder, "Proxy-Require", request, withoutTags);
        }
        return builder.build();
    }

    private static void keepOthers(
            SipMessageBuilder<SipRequest> builder, String name, SipRequest request, List<String> withoutTags) {
        List<String> kept = request.headers().list(name).stream()
                .filter(tag -> !withoutTags.contains(tag.toLowerCase(Locale.ROOT)))
                .toList();
        if (kept.isEmpty()) {
            builder.remove(name);
        } else {
            builder.set(name, String.join(", ", kept));
        }
    }

    private String from(MessageOptions options) {
        if (options.isAnonymous()) {
            return ANONYMOUS;
        }
        String name = options.displayName().orElse(null);
        return name == null ? from : NameAddress.of(name, config.uri()).toString();
    }

    /**
     * A MESSAGE. Thread-safe as long as no two threads use the same tokens.
     *
     * @param content adds what the program gave: extra headers, the content type and the body
     */
    public SipRequest message(
            SipUri target, long cseq, MessageOptions options, Consumer<SipMessageBuilder<SipRequest>> content) {
        SipMessageBuilder<SipRequest> builder = start(
                        SipMethod.MESSAGE, via(viaTransport, options.isAnonymous()), routes.requestUri(target))
                .add("To", "<" + target + ">")
                .add("From", from(options) + ";tag=" + tokens.tag())
                .add("Call-ID", tokens.callId())
                .add("CSeq", cseq + " MESSAGE");
        routes.addTo(builder, target);
        builder.add("Allow", ALLOW);
        if (!options.isAnonymous()) {
            product(builder);
        }
        Duration life = options.expires().orElse(null);
        if (life != null) { // RFC 3428 section 4: an Expires comes with a Date
            builder.add("Expires", Long.toString(life.toSeconds())).add("Date", SipDate.format(clock.now()));
        }
        content.accept(builder);
        return builder.build();
    }

    /**
     * A REGISTER.
     *
     * @param server whereto it goes, which decides the transport in its Via
     * @param outbound whether to register by RFC 5626, with a reg-id
     * @param expires seconds, in the Contact and in the Expires header
     */
    public SipRequest register(
            ServerAddress server,
            RegisterKind form,
            boolean outbound,
            String callId,
            String fromTag,
            long cseq,
            long expires) {
        SipUri registrar = config.registrar();
        SipMessageBuilder<SipRequest> builder = start(
                        SipMethod.REGISTER, via(viaTransport(server), false), registerRoutes.requestUri(registrar))
                .add("To", "<" + config.uri() + ">")
                .add("From", from + ";tag=" + fromTag)
                .add("Call-ID", callId)
                .add("CSeq", cseq + " REGISTER");
        registerRoutes.addTo(builder, registrar);
        switch (form) {
            case OWN_CONTACT ->
                builder.add("Contact", ownContact(outbound) + ";expires=" + expires)
                        .add("Expires", Long.toString(expires));
            case ALL_CONTACTS -> builder.add("Contact", "*").add("Expires", "0");
            case FETCH -> {}
        }
        builder.add("Supported", outbound ? REGISTER_SUPPORTED_WITH_OUTBOUND : REGISTER_SUPPORTED);
        builder.add("Allow", ALLOW);
        product(builder);
        return builder.build();
    }

    /** A reg-id goes with outbound only (RFC 5626 section 4.2), the instance with GRUUs too (RFC 5627 section 4.1). */
    private String ownContact(boolean outbound) {
        String sipInstance = ";+sip.instance=\"" + instance + "\"";
        String regId = outbound ? ";reg-id=" + config.registration().regId() : "";
        return "<" + contact + ">" + sipInstance + regId;
    }

    private SipMessageBuilder<SipRequest> start(SipMethod method, String via, Uri requestUri) {
        return SipRequest.builder(method, requestUri).add("Via", via).add("Max-Forwards", MAX_FORWARDS);
    }

    private void product(SipMessageBuilder<SipRequest> builder) {
        if (!config.userAgent().isEmpty()) {
            builder.add("User-Agent", config.userAgent());
        }
    }

    /**
     * The request with what a repetition after a challenge changes: branch and CSeq (RFC 3261 section 8.1.3.5). It goes out
     * on the connection of the first one, so that the transport in its Via stays.
     */
    SipRequest repeated(SipMessageBuilder<SipRequest> builder, SipRequest first, long cseq) {
        return builder.set("Via", via(first.topVia().transport(), isAnonymous(first)))
                .set("CSeq", cseq + " " + first.method())
                .build();
    }
}
