package io.websip.config;

import io.websip.dns.DnsResolver;
import io.websip.sip.MediaType;
import io.websip.sip.QuotedString;
import io.websip.sip.SipHeaders;
import io.websip.sip.SipLimits;
import io.websip.sip.SipUri;
import io.websip.text.UriText;
import io.websip.text.Visible;
import io.websip.trace.WireTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects the values. Not thread-safe. Each method refuses a bad value at once, naming it and the rule. */
public final class UserAgentConfigBuilder {
    private static final int MAX_SERVERS = 32;

    @Nullable
    SipUri uri;

    final List<Server> servers = new ArrayList<>();
    boolean requireTls;

    @Nullable
    DnsResolver dnsResolver;

    @Nullable
    String displayName;

    @Nullable
    String password;

    @Nullable
    String authorizationUser;

    final List<Credentials> credentials = new ArrayList<>();
    List<DigestAlgorithm> digestAlgorithms = List.of();
    boolean register = true;
    Duration registerExpires = Duration.ofSeconds(600);

    @Nullable
    SipUri registrar;

    @Nullable
    UUID instanceId;

    RegistrationOptions registration = RegistrationOptions.DEFAULT;

    @Nullable
    SipUri outboundProxy;

    String userAgent = "websip";
    List<MediaType> accept = List.of(MediaType.of("text/plain"), MediaType.of("text/*"));
    boolean checkRequestUri = true;
    SendingPolicy sendingPolicy = SendingPolicy.oneAtATime();
    boolean pagerModeLimit;
    int maxPendingMessages = 10_000;
    int maxMessageBytes = 65_535;
    int maxIncomingQueue = 1_000;
    long maxIncomingBytes = 8 << 20;
    long maxPendingBytes = 32 << 20;
    Duration t1 = Duration.ofMillis(500);
    Duration t2 = Duration.ofSeconds(4);
    Duration t4 = Duration.ofSeconds(5);

    @Nullable
    Duration transactionTimeout;

    Duration dedupWindow = Duration.ofSeconds(32);
    Duration stopGrace = Duration.ofSeconds(2);
    Duration connectTimeout = Duration.ofSeconds(15);
    ReconnectPolicy reconnect = ReconnectPolicy.defaults();
    KeepAlive keepAlive = KeepAlive.webSocketPing();
    SipLimits limits = SipLimits.DEFAULT;

    @Nullable
    Executor callbackExecutor;

    @Nullable
    RandomGenerator random;

    @Nullable
    WireTrace wireTrace;

    UserAgentConfigBuilder() {}

    /**
     * The agent's address-of-record, such as {@code sip:alice@example.com}; {@code sip:} may be left out. What the grammar
     * forbids in the user, such as {@code #} or a letter beyond ASCII, is sent escaped (RFC 3261 section 19.1.2); the username in digests
     * is the user without escapes.
     *
     * @throws IllegalArgumentException if it is not a SIP URI with a user, has a password, parameters or headers, or is longer
     *     than 2,048 bytes
     */
    public UserAgentConfigBuilder uri(String addressOfRecord) {
        SipUri parsed = GivenValues.sipUri("uri", addressOfRecord);
        if (parsed.user().isEmpty()) {
            throw new IllegalArgumentException(
                    "uri '" + Visible.line(addressOfRecord) + "' must have a user, as sip:alice@...");
        }
        if (parsed.password().isPresent()) {
            throw new IllegalArgumentException("uri must not hold a password (RFC 3261 section 19.1.1)");
        }
        if (!parsed.parameters().isEmpty() || parsed.headers().isPresent()) {
            throw new IllegalArgumentException("uri '" + Visible.line(addressOfRecord)
                    + "' must have no parameters and no headers (RFC 3261 section 10.3)");
        }
        uri = parsed;
        return this;
    }

    /**
     * A server's {@code ws:} or {@code wss:} URL, or a domain, with weight 0. Called again, it adds another server.
     *
     * @throws IllegalArgumentException as {@link #server(String, int)}
     */
    public UserAgentConfigBuilder server(String urlOrDomain) {
        return server(urlOrDomain, 0);
    }

    /**
     * A server and how much it is wanted: its URL, or a domain such as {@code example.com}, whose servers are those that
     * DNS names (RFC 3263, RFC 7118 section 5.3): NAPTR records of {@code SIPS+D2W} and {@code SIP+D2W}; without them SRV
     * records of {@code _sips._wss}, {@code _sips._ws} and {@code _sip._ws}; without them the domain itself, at port 443
     * by wss, then at port 80 by ws. The first of these that exists is taken; see {@link #requireTls}. Without TLS
     * nothing is tried if the transport's upgrade requests carry secrets ({@link
     * io.websip.transport.Transport#hasUpgradeSecrets}).
     *
     * <p>Host header, TLS server name and the name in the certificate are the domain, whatever target DNS names: what is
     * forged in DNS gets no further than that (RFC 3263 section 4.1).
     *
     * <p>The agent connects to one with the highest weight of those that have not failed. Of a lower weight it is only until
     * a better one answers again: that is tried, once the pause after its failure is over, by a connection beside the open
     * one, which it replaces once it has registered the agent, if the agent was registered; what is under way on the old one
     * may still end. A server that does not answer a
     * REGISTER, or fails it for another reason than our credentials, is left for another (RFC 3263 section 4.3).
     *
     * @param weight 0 or more
     * @throws IllegalArgumentException as {@link Server#of}, or if the server was given before or is one too many
     */
    public UserAgentConfigBuilder server(String urlOrDomain, int weight) {
        Server server = Server.of(urlOrDomain, weight);
        if (servers.stream().anyMatch(known -> known.isSameAs(server))) {
            throw new IllegalArgumentException("server '" + server + "' is given twice");
        }
        if (servers.size() == MAX_SERVERS) {
            throw new IllegalArgumentException("more than " + MAX_SERVERS + " servers are given");
        }
        servers.add(server);
        return this;
    }

    /**
     * Whether every connection must be wss: no ws URL is taken, and of the servers of a domain only those of wss. Off by
     * default, but always so for a sips address (RFC 7118 section 9.2).
     */
    public UserAgentConfigBuilder requireTls(boolean yes) {
        requireTls = yes;
        return this;
    }

    /** How the servers of domains are looked up, {@link DnsResolver#system()} by default. */
    public UserAgentConfigBuilder dnsResolver(DnsResolver resolver) {
        dnsResolver = Objects.requireNonNull(resolver, "dnsResolver");
        return this;
    }

    /**
     * The name shown beside the address; quoted as needed.
     *
     * @throws IllegalArgumentException if it holds a control character, or is longer than 2,048 bytes
     */
    public UserAgentConfigBuilder displayName(String name) {
        QuotedString.quote(name);
        GivenValues.checkLength("displayName", name);
        displayName = name;
        return this;
    }

    /**
     * The password of the agent's account at its own server; the username is that of {@link #authorizationUser}, else the user
     * of the URI.
     *
     * <p>It answers the challenges to a REGISTER. A challenge to a message can come from the receiver of the message, too, who
     * may guess the password from the answer (RFC 3261 section 22, RFC 7616 section 5). So it answers such a challenge only in a
     * realm in which the registrar has challenged a REGISTER, and not in a weaker form than the registrar's: no MD5 where that
     * used SHA-256, no challenge without {@code qop} where that had one. Where no REGISTER was challenged, it answers the
     * agent's own domain, and the host of a server, the registrar or the outbound proxy, as realm. For any other realm give
     * {@link #credentials} that are bound to it. {@link Credentials} has all rules.
     *
     * @throws IllegalArgumentException if it holds half of a surrogate pair, which UTF-8 cannot express
     */
    public UserAgentConfigBuilder password(String password) {
        Credentials.password("user", password);
        this.password = password;
        return this;
    }

    /**
     * The username in digests where it is not the user of the URI.
     *
     * @throws IllegalArgumentException if it is empty or longer than 2,048 bytes, or holds a control character or half of a
     *     surrogate pair
     */
    public UserAgentConfigBuilder authorizationUser(String username) {
        GivenValues.checkLength("authorizationUser", username);
        Credentials.password(username, "");
        this.authorizationUser = username;
        return this;
    }

    /**
     * Further credentials, such as for one realm only or with HA1 in place of a password. Those that are bound to a realm by
     * {@link Credentials#realm} answer it for whoever challenges a message in it, be that a proxy of another domain or the
     * receiver; those that are not are as {@link #password}.
     */
    public UserAgentConfigBuilder credentials(Credentials... more) {
        for (Credentials each : more) {
            GivenValues.checkLength("the username of credentials", each.username());
        }
        credentials.addAll(List.of(more));
        return this;
    }

    /**
     * Overrules RFC 8760 section 2.4, by which the topmost challenge that we support is answered: only these are
     * answered, the first of them that is offered for a realm. Leave MD5 out to forbid it.
     *
     * @throws IllegalArgumentException if none is given
     */
    public UserAgentConfigBuilder digestAlgorithms(DigestAlgorithm... bestFirst) {
        if (bestFirst.length == 0) {
            throw new IllegalArgumentException("digestAlgorithms needs at least one algorithm");
        }
        digestAlgorithms = List.of(bestFirst);
        return this;
    }

    /** Whether to register once connected; true by default. */
    public UserAgentConfigBuilder register(boolean yes) {
        register = yes;
        return this;
    }

    /**
     * The binding's life to ask for, 600 s by default; the registrar decides.
     *
     * @throws IllegalArgumentException if it is below 1 s or above 2**32-1 s
     */
    public UserAgentConfigBuilder registerExpires(Duration life) {
        if (life.toSeconds() < 1 || life.toSeconds() > 0xffff_ffffL) {
            throw new IllegalArgumentException("registerExpires must be 1 s to 2**32-1 s, not " + life);
        }
        registerExpires = life;
        return this;
    }

    /**
     * The registrar, if it is not the domain of the URI.
     *
     * @throws IllegalArgumentException if it is not a SIP URI without a user (RFC 3261 section 10.2), or is longer than 2,048
     *     bytes
     */
    public UserAgentConfigBuilder registrar(String domain) {
        SipUri parsed = GivenValues.sipUri("registrar", domain);
        if (parsed.user().isPresent() || parsed.headers().isPresent()) {
            throw new IllegalArgumentException("registrar '" + Visible.line(UriText.withoutPassword(domain))
                    + "' must have no user and no headers (RFC 3261 section 10.2)");
        }
        registrar = parsed;
        return this;
    }

    /** A UUID that stays the same over restarts (RFC 5626 section 4.1); a random one per agent by default. */
    public UserAgentConfigBuilder instanceId(UUID id) {
        instanceId = Objects.requireNonNull(id, "instanceId");
        return this;
    }

    /** How the binding is kept; {@link RegistrationOptions#DEFAULT} by default. */
    public UserAgentConfigBuilder registration(RegistrationOptions options) {
        registration = Objects.requireNonNull(options, "registration");
        return this;
    }

    /**
     * A proxy that every request is to visit first, such as {@code sip:proxy.example.com;lr}; none by default, since the
     * server at the other end of the WebSocket needs no Route to be found. Without {@code lr} it is taken for a strict
     * router of RFC 2543 (RFC 3261 sections 8.1.2 and 12.2.1.1).
     *
     * @throws IllegalArgumentException if it is not a SIP URI, has headers, or is longer than 2,048 bytes
     */
    public UserAgentConfigBuilder outboundProxy(String uri) {
        SipUri parsed = GivenValues.sipUri("outboundProxy", uri);
        if (parsed.headers().isPresent()) {
            throw new IllegalArgumentException(
                    "outboundProxy '" + Visible.line(UriText.withoutPassword(uri)) + "' must have no headers");
        }
        outboundProxy = parsed;
        return this;
    }

    /**
     * The User-Agent header, {@code websip} by default; the empty string sends none.
     *
     * @throws IllegalArgumentException if it holds a control character, or is longer than 2,048 bytes
     */
    public UserAgentConfigBuilder userAgent(String product) {
        SipHeaders.check("User-Agent", product);
        GivenValues.checkLength("userAgent", product);
        userAgent = product;
        return this;
    }

    /**
     * The content types taken from others, as media ranges, text/* by default; a message of another type is answered
     * 415 with this list (RFC 3428 section 7). {@code *}{@code /*} takes everything.
     *
     * @throws IllegalArgumentException if there is none, one is malformed, or all are longer than 2,048 bytes
     */
    public UserAgentConfigBuilder accept(String... mediaRanges) {
        if (mediaRanges.length == 0) {
            throw new IllegalArgumentException("accept needs at least one media range, such as text/plain");
        }
        List<MediaType> ranges = new ArrayList<>();
        for (String range : mediaRanges) {
            ranges.add(MediaType.of(range));
        }
        GivenValues.checkLength("accept", String.join(", ", mediaRanges));
        accept = ranges;
        return this;
    }

    /**
     * Whether a request whose Request-URI names neither our address nor our contact is answered 404 (RFC 3261 section
     * 8.2.2.1); true by default. Only the user parts are compared.
     */
    public UserAgentConfigBuilder checkRequestUri(boolean yes) {
        checkRequestUri = yes;
        return this;
    }

    /**
     * How many messages to one target may be under way at once: {@link SendingPolicy#oneAtATime()} by default, as RFC 3428
     * section 8 demands.
     */
    public UserAgentConfigBuilder sendingPolicy(SendingPolicy policy) {
        sendingPolicy = Objects.requireNonNull(policy, "sendingPolicy");
        return this;
    }

    /**
     * Refuses messages whose request is longer than 1,300 bytes, as RFC 3428 section 8 demands where a hop on the way may
     * be UDP; off by default, since a WebSocket is none and most deployments have none. Counted as the request is created,
     * without the credentials and the route that are for the first proxies.
     */
    public UserAgentConfigBuilder pagerModeLimit() {
        pagerModeLimit = true;
        return this;
    }

    /**
     * How many messages may be without outcome at once, 10,000 by default; beyond it {@code send} throws.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public UserAgentConfigBuilder maxPendingMessages(int count) {
        maxPendingMessages = atLeastOne("maxPendingMessages", count);
        return this;
    }

    /**
     * How many bytes the messages without outcome may take in memory, 32 MiB by default; beyond it {@code send} throws. A
     * message counts twice its body, content type and options, four times its target, and 2 KiB more. A single one is always
     * taken.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public UserAgentConfigBuilder maxPendingBytes(long bytes) {
        maxPendingBytes = atLeastOne("maxPendingBytes", bytes);
        return this;
    }

    /**
     * The longest request to send in bytes, 65,535 by default, which is what real servers take; a longer one is
     * refused before anything is sent.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public UserAgentConfigBuilder maxMessageBytes(int bytes) {
        maxMessageBytes = atLeastOne("maxMessageBytes", bytes);
        return this;
    }

    /**
     * How many received messages may wait for the listeners at once, 1,000 by default; the surplus is answered 503
     * with Retry-After.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public UserAgentConfigBuilder maxIncomingQueue(int count) {
        maxIncomingQueue = atLeastOne("maxIncomingQueue", count);
        return this;
    }

    /**
     * How many bytes received messages may take in memory while the agent holds them, 8 MiB by default; the surplus is
     * answered 503 with Retry-After. The agent holds a message until the listeners have returned and it is answered or has
     * lapsed, so a deferred one counts until then. A message counts its length and 2 KiB
     * more. A single one is always taken. The default lets one agent live in a heap of 64 MiB; who has many agents in one
     * JVM adds their limits up. Responses that wait for the listeners are bounded by the same number: beyond it, a response
     * comes without the header fields and the body that the server has added.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public UserAgentConfigBuilder maxIncomingBytes(long bytes) {
        maxIncomingBytes = atLeastOne("maxIncomingBytes", bytes);
        return this;
    }

    /**
     * The timers of RFC 3261 section 17, 500 ms, 4 s and 5 s by default. The transaction time-out is 64 times T1
     * unless it is set.
     *
     * @throws IllegalArgumentException if one is not positive, or T2 is below T1
     */
    public UserAgentConfigBuilder timers(Duration t1, Duration t2, Duration t4) {
        this.t1 = Durations.positive("t1", t1);
        this.t2 = Durations.positive("t2", t2);
        this.t4 = Durations.positive("t4", t4);
        if (t2.compareTo(t1) < 0) {
            throw new IllegalArgumentException("t2 " + t2 + " must not be below t1 " + t1);
        }
        return this;
    }

    /**
     * How long a request waits for its final answer, 32 s by default (timer F).
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public UserAgentConfigBuilder transactionTimeout(Duration timeout) {
        transactionTimeout = Durations.positive("transactionTimeout", timeout);
        return this;
    }

    /**
     * How long an incoming MESSAGE is remembered, so that its repetition is answered but not delivered again; 32 s by
     * default. Zero turns it off.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public UserAgentConfigBuilder dedupWindow(Duration window) {
        dedupWindow = Durations.notNegative("dedupWindow", window);
        return this;
    }

    /**
     * How long {@code stop} waits for messages under way before they fail, 2 s by default.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public UserAgentConfigBuilder stopGrace(Duration grace) {
        stopGrace = Durations.notNegative("stopGrace", grace);
        return this;
    }

    /**
     * How long an attempt to connect may take, handshake included, 15 s by default. To look a domain up before it may take
     * as long again.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public UserAgentConfigBuilder connectTimeout(Duration timeout) {
        connectTimeout = Durations.positive("connectTimeout", timeout);
        return this;
    }

    /**
     * As {@link ReconnectPolicy#between} for {@link #reconnect(ReconnectPolicy)}.
     *
     * @throws IllegalArgumentException as there
     */
    public UserAgentConfigBuilder reconnect(Duration min, Duration max) {
        return reconnect(ReconnectPolicy.between(min, max));
    }

    /** How a lost connection is tried again, {@link ReconnectPolicy#defaults()} by default. */
    public UserAgentConfigBuilder reconnect(ReconnectPolicy policy) {
        reconnect = Objects.requireNonNull(policy, "reconnect");
        return this;
    }

    /** How a connection is kept alive, {@link KeepAlive#webSocketPing()} by default. */
    public UserAgentConfigBuilder keepAlive(KeepAlive choice) {
        keepAlive = Objects.requireNonNull(choice, "keepAlive");
        return this;
    }

    /** Limits on what is received; {@link SipLimits#DEFAULT} by default. */
    public UserAgentConfigBuilder limits(SipLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Where listeners and the dependants of futures run, one at a time and in order; by default on a pool of the
     * transport. {@code Runnable::run} runs them on the agent's loop: fast, but they must never block.
     *
     * <p>The executor may run a task on any thread, in any order, within the call or later; it must run each task that it
     * takes. While it throws, whatever it throws, listeners run on the caller's thread, as a rule the agent's loop: no
     * outcome is lost, and an ERROR in the log says so once. A task that it takes and never runs holds up all events
     * after it, {@code stop} too; a stop offers such a task once more, for an executor that was shut down before.
     */
    public UserAgentConfigBuilder callbackExecutor(Executor executor) {
        callbackExecutor = Objects.requireNonNull(executor, "callbackExecutor");
        return this;
    }

    /**
     * The source of tags, branches and Call-IDs, by default a {@link java.security.SecureRandom}. Anything
     * predictable belongs in tests only (RFC 3261 section 19.3). Used by the agents' loops; must be thread-safe if
     * several agents share it.
     */
    public UserAgentConfigBuilder random(RandomGenerator source) {
        random = Objects.requireNonNull(source, "random");
        return this;
    }

    /** What sees all messages as they go over the wire, without what they hold of secrets; nothing by default. */
    public UserAgentConfigBuilder wireTrace(WireTrace trace) {
        wireTrace = Objects.requireNonNull(trace, "wireTrace");
        return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException if {@code uri} or {@code server} is missing, a password is without effect, or
     *     a sips address or {@code requireTls} has a ws server
     */
    public UserAgentConfig build() {
        return new UserAgentConfig(this);
    }

    List<Credentials> allCredentials(SipUri own) {
        List<Credentials> all = new ArrayList<>(credentials);
        if (password != null) {
            String user =
                    authorizationUser != null ? authorizationUser : own.user().orElseThrow();
            all.add(Credentials.password(user, password));
        } else if (authorizationUser != null) {
            throw new IllegalArgumentException("authorizationUser is given without a password");
        }
        return List.copyOf(all);
    }

    private static long atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
        return value;
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
        return value;
    }
}
