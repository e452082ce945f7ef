package io.websip.transport.fake;

import io.websip.auth.DigestAlgorithm;
import io.websip.internal.auth.AuthKind;
import io.websip.loop.EventLoop;
import io.websip.sip.NameAddress;
import io.websip.sip.SipMessage;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A SIP server for tests: registrar, digest challenger and relay between agents, or whatever a script makes of it.
 *
 * <pre>{@code
 * FakeSipServer server = FakeSipServer.on(network, "ws://sip.example.com").user("alice", "secret").start();
 * server.enqueue(SipMethod.MESSAGE, Answer.status(486));
 * SipRequest request = server.takeRequest(SipMethod.MESSAGE);
 * }</pre>
 *
 * <p>Each request is recorded, then goes to the first answer that was enqueued for it, else to the dispatcher, else to
 * the server's own logic: REGISTER and MESSAGE are challenged where users are known, MESSAGE is relayed to the newest
 * binding of its user (480 without one, 404 for an unknown user), OPTIONS gets 200 and everything else 405.
 *
 * <p>Strict by default: a request that breaks a rule of the RFCs fails the test with the rule's name.
 *
 * <p>Its methods are for the test's thread, between the runs of the virtual loop. The same server can stand behind real
 * sockets, where it is confined to the loop that it is given and only its constructor is called from elsewhere.
 */
public final class FakeSipServer implements ServerHandler {
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);

    /** How the server behaves; written by the builder only. */
    static final class Options {
        String domain = "example.com";
        final Map<String, String> users = new LinkedHashMap<>();
        boolean authenticate = true;
        List<DigestAlgorithm> algorithms = List.of(DigestAlgorithm.MD5);
        String qop = "auth";
        Duration nonceLife = Duration.ofSeconds(300);
        boolean sayStale = true;
        int messageChallenge = 407;
        long minExpires = 1;
        long maxExpires = 3_600;
        boolean strict = true;
    }

    private record Scripted(@Nullable SipMethod method, Answer answer) {}

    private final EventLoop loop;
    private final Options options;
    private final boolean secure;
    private final SipRules rules = new SipRules();
    private final Registrar registrar;
    private final Challenger challenger;
    private final Relay relay;
    private final Deque<Scripted> script = new ArrayDeque<>();
    private final List<SipRequest> requests = new ArrayList<>();
    private final List<SipResponse> responses = new ArrayList<>();
    private final List<ServerConnection> connections = new ArrayList<>();
    private int taken;
    private int pings;
    private Function<SipRequest, @Nullable Answer> dispatcher = request -> null;
    private @Nullable FakeEndpoint endpoint;

    private FakeSipServer(EventLoop loop, Options options, boolean secure) {
        this.loop = loop;
        this.options = options;
        this.secure = secure;
        this.registrar = new Registrar(options);
        this.challenger = new Challenger(options);
        this.relay = new Relay(loop);
    }

    /** Prepares a server at an address of the network. */
    public static Builder on(FakeNetwork network, String url) {
        return new Builder(network.loop(), network, ServerAddress.parse(url));
    }

    /**
     * Prepares a server for real sockets: whoever has them calls its {@link ServerHandler} methods on the loop.
     *
     * @param secure whether the sockets are those of wss
     */
    public static Builder behind(EventLoop loop, boolean secure) {
        return new Builder(loop, null, ServerAddress.parse((secure ? "wss" : "ws") + "://localhost"));
    }

    // ------------------------------------------------------------------------------------------------- the script

    /** The next request that nothing enqueued before is for gets this answer. */
    public void enqueue(Answer answer) {
        script.add(new Scripted(null, answer));
    }

    /** The next request of this method that nothing enqueued before is for gets this answer. */
    public void enqueue(SipMethod method, Answer answer) {
        script.add(new Scripted(method, answer));
    }

    /** Asks this for each request for which nothing is enqueued; null leaves the request to the server's own logic. */
    public void dispatcher(Function<SipRequest, @Nullable Answer> answers) {
        dispatcher = answers;
    }

    /** The requests so far, oldest first. A snapshot. */
    public List<SipRequest> requests() {
        return List.copyOf(requests);
    }

    /** The requests of this method so far, oldest first. A snapshot. */
    public List<SipRequest> requests(SipMethod method) {
        return requests.stream().filter(r -> r.method().equals(method)).toList();
    }

    /** The responses of agents so far, oldest first. A snapshot. */
    public List<SipResponse> responses() {
        return List.copyOf(responses);
    }

    /**
     * The oldest request that was not taken yet; runs the loop until there is one.
     *
     * @throws AssertionError if none comes, as {@link VirtualEventLoop#runUntil}
     */
    public SipRequest takeRequest() {
        loop.runUntil(() -> requests.size() > taken);
        return requests.get(taken++);
    }

    /** As {@link #takeRequest()}, passing over those of other methods. */
    public SipRequest takeRequest(SipMethod method) {
        SipRequest next = takeRequest();
        while (!next.method().equals(method)) {
            next = takeRequest();
        }
        return next;
    }

    /** How many CRLF pings agents have sent. */
    public int pings() {
        return pings;
    }

    // ------------------------------------------------------------------------------------------------- its state

    /** The server's place on the network, for faults. */
    public FakeEndpoint endpoint() {
        if (endpoint == null) {
            throw new IllegalStateException("this server stands behind real sockets");
        }
        return endpoint;
    }

    /** The open connections, oldest first. A snapshot. */
    public List<ServerConnection> connections() {
        return List.copyOf(connections);
    }

    /** The live contacts of a user, oldest first. */
    public List<NameAddress> bindings(String user) {
        return registrar.contacts(user, loop.nanoTime());
    }

    /** Forgets all nonces: credentials made from them are stale. */
    public void expireNonces() {
        challenger.forget();
    }

    /** Stops and starts again: every connection is reset, bindings, nonces and requests under way are forgotten. */
    public void restart() {
        for (ServerConnection connection : connections()) {
            connection.abort();
        }
        registrar.forget();
        challenger.forget();
        relay.forget();
    }

    /**
     * Sends a text/plain MESSAGE to a registered user.
     *
     * @return completes with the final response
     * @throws IllegalStateException if the user has no binding
     */
    public CompletableFuture<SipResponse> message(String user, String body) {
        return message(
                user, builder -> builder.set("Content-Type", "text/plain").body(body.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Sends a MESSAGE to a registered user; the consumer sets or changes what it likes.
     *
     * @return completes with the final response
     * @throws IllegalStateException if the user has no binding
     */
    public CompletableFuture<SipResponse> message(String user, Consumer<SipMessageBuilder<SipRequest>> change) {
        SipUri target = SipUri.of(false, user, options.domain, -1);
        int number = ++messages;
        SipMessageBuilder<SipRequest> builder = SipRequest.builder(SipMethod.MESSAGE, target)
                .add("Max-Forwards", "70")
                .add("To", "<" + target + ">")
                .add("From", "<sip:tester@" + options.domain + ">;tag=tester" + number)
                .add("Call-ID", "tester-call-" + number)
                .add("CSeq", "1 MESSAGE");
        change.accept(builder);
        return relay.forward(builder.build(), bound(user));
    }

    private int messages;

    /**
     * Sends any bytes to a registered user as one WebSocket message.
     *
     * @throws IllegalStateException if the user has no binding
     */
    public void sendRaw(String user, byte[] message) {
        bound(user).connection().send(message);
    }

    private Registrar.Bound bound(String user) {
        Registrar.Bound bound = registrar.find(user, loop.nanoTime());
        if (bound == null) {
            throw new IllegalStateException("user '" + user + "' is not registered");
        }
        return bound;
    }

    // ------------------------------------------------------------------------------------------------- what comes

    @Override
    public void onOpen(ServerConnection connection) {
        connections.add(connection);
    }

    @Override
    public void onClosed(ServerConnection connection, Closure why) {
        connections.remove(connection);
        registrar.closed(connection);
    }

    @Override
    public void onMessage(ServerConnection connection, byte[] message) {
        if (Arrays.equals(message, PING)) {
            pings++;
            connection.send(PONG.clone());
            return;
        }
        if (Arrays.equals(message, PONG)) {
            return;
        }
        SipMessage parsed;
        try {
            parsed = SipMessage.parse(message);
            parsed.verify();
        } catch (SipParseException e) {
            e.headers()
                    .ifPresent(headers -> connection.send(SipResponse.to(headers, e.statusHint(), null, "bad")
                            .build()
                            .toBytes()));
            violation("an agent sent what is not SIP: " + e.getMessage());
            return;
        }
        if (parsed instanceof SipResponse response) {
            responses.add(response);
            relay.response(response);
        } else {
            request(connection, (SipRequest) parsed);
        }
    }

    private void violation(String text) {
        if (options.strict) {
            throw new AssertionError(text);
        }
    }

    private void request(ServerConnection connection, SipRequest request) {
        requests.add(request);
        Answer scripted = scripted(request);
        if (scripted != null) {
            play(connection, request, scripted, 0);
        } else if (!request.method().equals(SipMethod.ACK)) {
            serve(connection, request);
        }
        String broken = options.strict ? rules.broken(request, secure) : null;
        if (broken != null) {
            violation(broken);
        }
    }

    private @Nullable Answer scripted(SipRequest request) {
        for (Scripted s : script) {
            if (s.method == null || s.method.equals(request.method())) {
                script.remove(s);
                return s.answer;
            }
        }
        return dispatcher.apply(request);
    }

    private void play(ServerConnection connection, SipRequest request, Answer answer, int from) {
        for (int i = from; i < answer.steps().size(); i++) {
            Answer.Step step = answer.steps().get(i);
            if (!step.pause().isZero()) {
                int rest = i;
                loop.schedule(step.pause(), () -> {
                    act(connection, request, step);
                    play(connection, request, answer, rest + 1);
                });
                return;
            }
            act(connection, request, step);
        }
    }

    private static void act(ServerConnection connection, SipRequest request, Answer.Step step) {
        if (step.bytes() == null) {
            connection.abort();
        } else {
            connection.send(step.bytes().apply(request));
        }
    }

    private void serve(ServerConnection connection, SipRequest request) {
        SipMethod method = request.method();
        String target = request.requestUri() instanceof SipUri uri ? uri.user().orElse("") : "";
        if (method.equals(SipMethod.OPTIONS) && target.isEmpty()) {
            reply(connection, request, 200);
        } else if (method.equals(SipMethod.REGISTER)) {
            String user = request.to().uri() instanceof SipUri aor ? aor.user().orElse("") : "";
            if (authenticated(connection, request, user, AuthKind.SERVER)) {
                long second = Duration.ofSeconds(1).toNanos();
                connection.send(registrar
                        .register(request, connection, loop.nanoTime(), second)
                        .toBytes());
            }
        } else if (method.equals(SipMethod.MESSAGE) || method.equals(SipMethod.OPTIONS)) {
            String user =
                    request.from().uri() instanceof SipUri from ? from.user().orElse("") : "";
            AuthKind kind = options.messageChallenge == 407 ? AuthKind.PROXY : AuthKind.SERVER;
            if (authenticated(connection, request, user, kind)) {
                relay(connection, request, target);
            }
        } else {
            connection.send(SipResponse.to(request.headers(), 405, null, "fake")
                    .add("Allow", "REGISTER, MESSAGE, OPTIONS")
                    .build()
                    .toBytes());
        }
    }

    private boolean authenticated(ServerConnection connection, SipRequest request, String user, AuthKind kind) {
        if (!options.authenticate) {
            return true;
        }
        SipResponse challenge = challenger.check(request, user, kind, options.domain, loop.nanoTime());
        if (challenge != null) {
            connection.send(challenge.toBytes());
        }
        return challenge == null;
    }

    private void relay(ServerConnection connection, SipRequest request, String target) {
        Registrar.Bound to = registrar.find(target, loop.nanoTime());
        if (to == null) {
            reply(connection, request, options.users.containsKey(target) ? 480 : 404);
            return;
        }
        relay.forward(request, to).thenAccept(response -> connection.send(response.toBytes()));
    }

    private static void reply(ServerConnection connection, SipRequest request, int status) {
        connection.send(
                SipResponse.to(request.headers(), status, null, "fake").build().toBytes());
    }

    /** Prepares a server. Not thread-safe. */
    public static final class Builder {
        private final EventLoop loop;
        private final @Nullable FakeNetwork network;
        private final ServerAddress address;
        private final Options options = new Options();

        private Builder(EventLoop loop, @Nullable FakeNetwork network, ServerAddress address) {
            this.loop = loop;
            this.network = network;
            this.address = address;
        }

        /** The domain and realm, example.com by default. */
        public Builder domain(String domain) {
            options.domain = domain;
            return this;
        }

        /** A user who may register and send with this password. */
        public Builder user(String name, String password) {
            options.users.put(name, password);
            return this;
        }

        /** Nobody is asked for a password; everybody may register. */
        public Builder noAuth() {
            options.authenticate = false;
            return this;
        }

        /** The algorithms of the challenges, topmost first; MD5 by default. */
        public Builder algorithms(DigestAlgorithm... topmostFirst) {
            options.algorithms = List.of(topmostFirst);
            return this;
        }

        /** The qop of the challenges: auth by default, a comma list, or empty for the form of RFC 2069. */
        public Builder qop(String qop) {
            options.qop = qop;
            return this;
        }

        /** How long a nonce is good, 300 s by default. */
        public Builder nonceLife(Duration life) {
            options.nonceLife = life;
            return this;
        }

        /** Whether stale=true is said of a nonce that was too old; true by default. Not all servers do. */
        public Builder sayStale(boolean yes) {
            options.sayStale = yes;
            return this;
        }

        /** The status with which a MESSAGE is challenged: 407, as by default, or 401. */
        public Builder challengeMessagesWith(int status) {
            if (status != 401 && status != 407) {
                throw new IllegalArgumentException("a challenge is 401 or 407, not " + status);
            }
            options.messageChallenge = status;
            return this;
        }

        /** The bounds of a binding's life in seconds, 1 and 3,600 by default; a shorter one gets 423. */
        public Builder expires(long min, long max) {
            options.minExpires = min;
            options.maxExpires = max;
            return this;
        }

        /** Takes requests as they come, as a server does for foreign clients. */
        public Builder lenient() {
            options.strict = false;
            return this;
        }

        /** The server, listening if it is on a network. */
        public FakeSipServer start() {
            FakeSipServer server = new FakeSipServer(loop, options, address.secure());
            if (network != null) {
                server.endpoint = network.listen(address, server);
            }
            return server;
        }
    }
}
