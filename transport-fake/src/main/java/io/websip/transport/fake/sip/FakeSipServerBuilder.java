package io.websip.transport.fake.sip;

import io.websip.config.DigestAlgorithm;
import io.websip.loop.EventLoop;
import io.websip.sip.QuotedString;
import io.websip.sip.SipHeaders;
import io.websip.sip.SipUri;
import io.websip.transport.ServerAddress;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prepares a {@link FakeSipServer}. Not thread-safe. */
public final class FakeSipServerBuilder {
    private final EventLoop loop;
    private final @Nullable FakeNetwork network;
    private final ServerAddress address;
    private final ServerOptions options = new ServerOptions();

    FakeSipServerBuilder(EventLoop loop, @Nullable FakeNetwork network, ServerAddress address) {
        this.loop = loop;
        this.network = network;
        this.address = address;
    }

    /**
     * The domain, which is also the realm of its challenges; example.com by default. Users are told apart by the user part
     * of their addresses alone.
     *
     * @throws IllegalArgumentException if it is no host name or address
     */
    public FakeSipServerBuilder domain(String domain) {
        options.domain = SipUri.of(false, null, domain, -1).host();
        return this;
    }

    /** A user who may register and send with this password. */
    public FakeSipServerBuilder user(String name, String password) {
        return user(name, name, password);
    }

    /**
     * A user whose name in digests is not the user part of his address.
     *
     * @param authorizationUser the username of his credentials
     */
    public FakeSipServerBuilder user(String name, String authorizationUser, String password) {
        options.users.put(name, new ServerOptions.Account(authorizationUser, password));
        return this;
    }

    /** Nobody is asked for a password; everybody may register. */
    public FakeSipServerBuilder noAuth() {
        options.authenticate = false;
        return this;
    }

    /**
     * The algorithms of the challenges, topmost first; MD5 by default.
     *
     * @throws IllegalArgumentException if there is none
     */
    public FakeSipServerBuilder algorithms(DigestAlgorithm... topmostFirst) {
        if (topmostFirst.length == 0) {
            throw new IllegalArgumentException("algorithms needs at least one; noAuth() asks for no password");
        }
        options.algorithms = List.of(topmostFirst);
        return this;
    }

    /** The qop of the challenges: auth by default, a comma list, or empty for the form of RFC 2069. */
    public FakeSipServerBuilder qop(String qop) {
        options.qop = qop;
        return this;
    }

    /** What the challenges call {@code opaque}, nothing by default: credentials without it are refused. */
    public FakeSipServerBuilder opaque(String value) {
        return challengeParameter("opaque", QuotedString.quote(value));
    }

    /**
     * One more parameter in each challenge, such as {@code userhash=true} or {@code charset=UTF-8} (RFC 7616 sections
     * 3.4.4 and 4); credentials in either form are understood.
     *
     * @param value as it is to stand there, with its quotes if it needs them
     * @throws IllegalArgumentException if the name is not a token, or the value holds CR, LF or NUL
     */
    public FakeSipServerBuilder challengeParameter(String name, String value) {
        SipHeaders.check(name, value);
        options.challengeParameters.put(name, value);
        return this;
    }

    /** How long a nonce is good, 300 s by default. */
    public FakeSipServerBuilder nonceLife(Duration life) {
        options.nonceLife = life;
        return this;
    }

    /** Whether stale=true is said of a nonce that was too old; true by default. Not all servers do. */
    public FakeSipServerBuilder sayStale(boolean yes) {
        options.sayStale = yes;
        return this;
    }

    /** Each 2xx to a request with credentials names the nonce of the next (RFC 7616 section 3.5); the old one stays good. */
    public FakeSipServerBuilder nextNonces() {
        options.nextNonces = true;
        return this;
    }

    /** Each 2xx to a request with credentials proves that the server knows the password too (RFC 7616 section 3.5). */
    public FakeSipServerBuilder rspauth() {
        options.rspauth = true;
        return this;
    }

    /**
     * The status with which a MESSAGE is challenged: 407, as by default, or 401.
     *
     * @throws IllegalArgumentException if it is another
     */
    public FakeSipServerBuilder challengeMessagesWith(int status) {
        if (status != 401 && status != 407) {
            throw new IllegalArgumentException("a challenge is 401 or 407, not " + status);
        }
        options.messageChallenge = status;
        return this;
    }

    /**
     * A REGISTER is challenged, a MESSAGE is not: the server trusts the connections of its users. A challenge to a MESSAGE then
     * comes from its receiver, as by {@link io.websip.IncomingMessage#reject(int, String, String...)}.
     */
    public FakeSipServerBuilder challengesNoMessages() {
        options.messageChallenge = 0;
        return this;
    }

    /**
     * Two realms on the way of a MESSAGE: it is challenged with 407 in this one, and then with 401 in that of the domain.
     * The passwords are the same.
     */
    public FakeSipServerBuilder proxyRealm(String realm) {
        options.proxyRealm = realm;
        return this;
    }

    /**
     * The bounds of a binding's life in seconds, 1 and 3,600 by default; a shorter one gets 423.
     *
     * @throws IllegalArgumentException if the first is negative or above the second
     */
    public FakeSipServerBuilder expires(long min, long max) {
        if (min < 0 || min > max) {
            throw new IllegalArgumentException("expires must be 0 <= min <= max, not " + min + " and " + max);
        }
        options.minExpires = min;
        options.maxExpires = max;
        return this;
    }

    /**
     * Whether a CRLF ping is answered by a CRLF (RFC 5626 section 4.4.1), as by default; many a server does not. WebSocket
     * pings are answered in any case, but for {@link Fault#noPong()}.
     */
    public FakeSipServerBuilder crlfPong(boolean yes) {
        options.crlfPong = yes;
        return this;
    }

    /**
     * The Service-Route of each 2xx that lists a binding (RFC 3608), none by default; {@link FakeSipServer#serviceRoute}
     * changes it later.
     *
     * @param values in order, each such as {@code <sip:proxy.example.com;lr>}
     * @throws IllegalArgumentException if one is no SIP address with lr (RFC 3608 section 5)
     */
    public FakeSipServerBuilder serviceRoute(String... values) {
        options.serviceRoute = Registrar.routes("Service-Route", values);
        return this;
    }

    /**
     * A Path that proxies between have added to each REGISTER: the 2xx repeats it, and a client that does not support it is
     * answered 420 (RFC 3327 section 5.3). None by default.
     *
     * @param values in order, each such as {@code <sip:edge.example.com;lr>}
     * @throws IllegalArgumentException if one is no SIP address with lr (RFC 3327 section 5.2)
     */
    public FakeSipServerBuilder path(String... values) {
        options.path = Registrar.routes("Path", values);
        return this;
    }

    /**
     * What each 2xx to a REGISTER lists; what is bound by default. {@link FakeSipServer#rewriteContacts} changes it later.
     */
    public FakeSipServerBuilder rewriteContacts(ContactRewriter rewriter) {
        options.contactRewriter = Objects.requireNonNull(rewriter, "rewriter");
        return this;
    }

    /**
     * Puts RFC 5626 in force for clients that offer it: the 2xx says {@code Require: outbound}, and Flow-Timer if it is not
     * zero. By default the registrar knows nothing of it.
     *
     * @param flowTimerSeconds after how long without keep-alive a flow counts as failed; it is only said, not done
     * @throws IllegalArgumentException if it is negative
     */
    public FakeSipServerBuilder outbound(long flowTimerSeconds) {
        if (flowTimerSeconds < 0) {
            throw new IllegalArgumentException("flowTimerSeconds must not be negative, but is " + flowTimerSeconds);
        }
        options.outbound = ServerOptions.Outbound.SUPPORTED;
        options.flowTimer = flowTimerSeconds;
        return this;
    }

    /** The first hop lacks RFC 5626: a REGISTER with a reg-id is answered 439 (RFC 5626 section 11.6). */
    public FakeSipServerBuilder lacksOutbound() {
        options.outbound = ServerOptions.Outbound.LACKING;
        return this;
    }

    /**
     * Gives clients that support it a public GRUU for their instance id, and a temporary one with each REGISTER (RFC
     * 5627); requests to them are relayed.
     */
    public FakeSipServerBuilder gruu() {
        options.gruu = true;
        return this;
    }

    /** Each 2xx to a REGISTER says the Date, of a clock that is ahead of the loop's by this much; negative is behind. */
    public FakeSipServerBuilder date(Duration ahead) {
        options.clockAhead = ahead;
        return this;
    }

    /** Takes what comes, as a server does for foreign clients: no rule fails the test. */
    public FakeSipServerBuilder lenient() {
        options.strict = false;
        return this;
    }

    /**
     * Whether two pending MESSAGEs of one agent to one target break a rule (RFC 3428 section 8), as by default. Turn it
     * off for agents that are configured so.
     */
    public FakeSipServerBuilder oneAtATime(boolean yes) {
        options.oneAtATime = yes;
        return this;
    }

    /** After how long agents give a request up, 32 s by default: until then one without a final answer is pending. */
    public FakeSipServerBuilder transactionTimeout(Duration timeout) {
        options.transactionTimeout = timeout;
        return this;
    }

    /**
     * The server, listening if it is on a network.
     *
     * @throws IllegalStateException if another one listens there
     */
    public FakeSipServer start() {
        options.name = address.toString();
        FakeSipServer server = new FakeSipServer(loop, options, address.secure());
        if (network != null) {
            server.listen(network, address);
        }
        return server;
    }
}
