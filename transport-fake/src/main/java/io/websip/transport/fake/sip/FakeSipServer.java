package io.websip.transport.fake.sip;

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
import io.websip.transport.fake.FakeEndpoint;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.ServerConnection;
import io.websip.transport.fake.ServerHandler;
import io.websip.transport.fake.VirtualEventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
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
 * binding of its user (480 without one, 404 for an unknown user), OPTIONS gets 200 and everything else 405. A scripted
 * answer stands for all of this: credentials are not asked for where it comes first, unless it is
 * {@link Answer#byServer()}.
 *
 * <p>Strict by default: a request or a response of an agent that breaks a rule of the RFCs fails the test with the rule's
 * name, after it has been answered. {@link FakeSipServerBuilder#lenient()} turns this off.
 *
 * <p>Of requests, responses and refusals the last {@value #MAX_RECORDED} are kept.
 *
 * <p>Its methods are for the test's thread, between the runs of the virtual loop. The same server can stand behind real
 * sockets, where it is confined to the loop that it is given and only its constructor is called from elsewhere.
 */
public final class FakeSipServer implements ServerHandler {
    /** How many requests, responses and refusals are kept, each. */
    public static final int MAX_RECORDED = 10_000;

    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final EventLoop loop;
    private final ServerOptions options;
    private final @Nullable SipRules rules; // null if lenient
    private final ServerLogic logic;
    private final Script script;
    private final Recorded<SipRequest> requests = new Recorded<>(MAX_RECORDED);
    private final Recorded<SipResponse> responses = new Recorded<>(MAX_RECORDED);
    private final Set<ServerConnection> connections = new LinkedHashSet<>();
    private int pings;
    private int webSocketPings;
    private int ownRequests;
    private @Nullable FakeNetwork network;
    private @Nullable FakeEndpoint endpoint;

    FakeSipServer(EventLoop loop, ServerOptions options, boolean secure) {
        this.loop = loop;
        this.options = options;
        this.rules = options.strict ? new SipRules(secure, options, this::isAlone) : null;
        this.logic = new ServerLogic(loop, options, secure, this::send);
        this.script = new Script(loop, this::send, logic::serve);
    }

    void listen(FakeNetwork network, ServerAddress address) {
        this.network = network;
        endpoint = network.listen(address, this);
    }

    private boolean isAlone() {
        return network == null || endpoint == null || !network.hasOthersThan(endpoint);
    }

    /**
     * Prepares a server at an address of the network.
     *
     * @throws IllegalArgumentException if the URL is none for {@link ServerAddress#parse}
     */
    public static FakeSipServerBuilder on(FakeNetwork network, String url) {
        return new FakeSipServerBuilder(network.loop(), network, ServerAddress.parse(url));
    }

    /**
     * Prepares a server for real sockets: whoever has them calls its {@link ServerHandler} methods on the loop.
     *
     * @param secure whether the sockets are those of wss
     */
    public static FakeSipServerBuilder behind(EventLoop loop, boolean secure) {
        return new FakeSipServerBuilder(loop, null, ServerAddress.parse((secure ? "wss" : "ws") + "://localhost"));
    }

    // ------------------------------------------------------------------------------------------------- the script

    /** The next request that nothing enqueued before is for gets this answer. */
    public void enqueue(Answer answer) {
        script.enqueue(null, answer);
    }

    /** The next request of this method that nothing enqueued before is for gets this answer. */
    public void enqueue(SipMethod method, Answer answer) {
        script.enqueue(method, answer);
    }

    /** Asks this for each request for which nothing is enqueued; null leaves the request to the server's own logic. */
    public void dispatcher(Function<SipRequest, @Nullable Answer> answers) {
        script.dispatcher(answers);
    }

    /** The requests so far, oldest first. A snapshot. */
    public List<SipRequest> requests() {
        return requests.all();
    }

    /** The requests of this method so far, oldest first. A snapshot. */
    public List<SipRequest> requests(SipMethod method) {
        return requests().stream().filter(r -> r.method().equals(method)).toList();
    }

    /** The responses of agents so far, oldest first. A snapshot. */
    public List<SipResponse> responses() {
        return responses.all();
    }

    /** Why credentials were refused so far, oldest first: for a test that gets a challenge too many. A snapshot. */
    public List<String> refusals() {
        return logic.challenger().refusals();
    }

    /**
     * The oldest request that was not taken yet; runs the loop until there is one, for
     * {@link VirtualEventLoop#DEFAULT_LIMIT} of virtual time at most.
     *
     * @throws AssertionError if none comes, as {@link VirtualEventLoop#runUntil}
     */
    public SipRequest takeRequest() {
        return take("request", request -> true);
    }

    /**
     * As {@link #takeRequest()}, passing over those of other methods, which count as taken. The limit is one for the whole
     * call, however many are passed over. A request that is challenged comes twice: without credentials, and with them.
     *
     * @throws AssertionError if none comes, with a list of what has come instead
     */
    public SipRequest takeRequest(SipMethod method) {
        return take(method.toString(), request -> request.method().equals(method));
    }

    private SipRequest take(String what, Predicate<SipRequest> kind) {
        List<SipRequest> passedOver = new ArrayList<>();
        AssertionError why = null;
        try {
            loop.runUntil(() -> requests.passTo(kind, passedOver::add));
        } catch (AssertionError e) {
            why = e;
        }
        boolean came = requests.passTo(kind, passedOver::add);
        if (came && why == null) {
            return requests.take();
        }
        throw why != null && came ? why : new AssertionError(missing(what, passedOver, why), why);
    }

    private static String missing(String what, List<SipRequest> passedOver, @Nullable AssertionError why) {
        Map<String, Integer> counts = new TreeMap<>();
        passedOver.forEach(request -> counts.merge(request.method().toString(), 1, Integer::sum));
        List<String> instead = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .toList();
        return "no " + what + " has come, "
                + (instead.isEmpty()
                        ? "nor anything else"
                        : "but " + String.join(", ", instead) + ", the last of them "
                                + passedOver.get(passedOver.size() - 1))
                + (why == null ? "" : ": " + why.getMessage());
    }

    /** How many CRLF pings agents have sent. */
    public int pings() {
        return pings;
    }

    /** How many WebSocket pings agents have sent. */
    public int webSocketPings() {
        return webSocketPings;
    }

    // ------------------------------------------------------------------------------------------------- its state

    /**
     * The server's place on the network, for faults.
     *
     * @throws IllegalStateException if it stands behind real sockets
     */
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

    /** The live contacts of a user, oldest first. A snapshot. */
    public List<NameAddress> bindings(String user) {
        return logic.registrar().contacts(user);
    }

    /** Forgets the bindings of a user, as a registrar that has lost them: the user's agents are not told. */
    public void forget(String user) {
        logic.registrar().forget(user);
    }

    /**
     * The Service-Route of each 2xx from now on, as {@link FakeSipServerBuilder#serviceRoute}; none for none.
     *
     * @throws IllegalArgumentException as there
     */
    public void serviceRoute(String... values) {
        options.serviceRoute = Registrar.routes("Service-Route", values);
    }

    /** What each 2xx to a REGISTER lists from now on, as {@link FakeSipServerBuilder#rewriteContacts}. */
    public void rewriteContacts(ContactRewriter rewriter) {
        options.contactRewriter = Objects.requireNonNull(rewriter, "rewriter");
    }

    /** Forgets all nonces: credentials made from them are stale. */
    public void expireNonces() {
        logic.challenger().forget();
    }

    /**
     * Stops and starts again: every connection is reset, bindings, nonces and requests under way are forgotten. What is
     * enqueued and what was recorded stays.
     */
    public void restart() {
        for (ServerConnection connection : connections()) {
            connection.abort();
            gone(connection); // a half-open connection would not tell
        }
        logic.registrar().forget();
        logic.challenger().forget();
    }

    // ------------------------------------------------------------------------------------------------- its requests

    /**
     * Sends a text/plain MESSAGE to a registered user.
     *
     * @return completes with the final response; waiting for it runs the virtual loop
     * @throws IllegalStateException if the user has no binding
     */
    public CompletableFuture<SipResponse> message(String user, String body) {
        return message(
                user, builder -> builder.set("Content-Type", "text/plain").body(body.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Sends a MESSAGE to a registered user; the consumer sets or changes what it likes.
     *
     * @return completes with the final response; waiting for it runs the virtual loop
     * @throws IllegalStateException if the user has no binding
     */
    public CompletableFuture<SipResponse> message(String user, Consumer<SipMessageBuilder<SipRequest>> change) {
        return request(SipMethod.MESSAGE, user, change);
    }

    /**
     * Sends a request of any method to a registered user, from {@code sip:tester} at the domain; the consumer sets or
     * changes what it likes. Via, Max-Forwards less one and the Request-URI are written afterwards.
     *
     * @return completes with the final response, 408 if none comes within 32 s, or 480 if the user's connection ends;
     *     waiting for it runs the virtual loop
     * @throws IllegalStateException if the user has no binding
     */
    public CompletableFuture<SipResponse> request(
            SipMethod method, String user, Consumer<SipMessageBuilder<SipRequest>> change) {
        Registrar.Bound to = bound(user);
        SipUri target = SipUri.of(false, user, options.domain, -1);
        int number = ++ownRequests;
        SipMessageBuilder<SipRequest> builder = SipRequest.builder(method, target)
                .add("Max-Forwards", "70")
                .add("To", "<" + target + ">")
                .add("From", "<sip:tester@" + options.domain + ">;tag=tester" + number)
                .add("Call-ID", "tester-call-" + number)
                .add("CSeq", "1 " + method);
        change.accept(builder);
        CompletableFuture<SipResponse> answer = new LoopFuture<>(loop);
        logic.relay().forward(null, builder.build(), to, answer::complete);
        return answer;
    }

    /**
     * Sends any bytes to a registered user as one WebSocket message.
     *
     * @throws IllegalStateException if the user has no binding
     */
    public void sendRaw(String user, byte[] message) {
        bound(user).connection().send(message);
    }

    private Registrar.Bound bound(String user) {
        Registrar.Bound bound = logic.registrar().find(user);
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
    public void onPing(ServerConnection connection, byte[] payload) {
        webSocketPings++;
    }

    @Override
    public void onClosed(ServerConnection connection, Closure why) {
        gone(connection);
    }

    private void gone(ServerConnection connection) {
        connections.remove(connection);
        script.closed(connection);
        logic.closed(connection);
        if (rules != null) {
            rules.closed(connection);
        }
    }

    @Override
    public void onMessage(ServerConnection connection, byte[] message) {
        if (Arrays.equals(message, PING)) {
            pings++;
            if (options.crlfPong) {
                connection.send(PONG.clone());
            }
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
            if (rules != null) {
                throw new AssertionError("an agent sent what is not SIP: " + e.getMessage());
            }
            return;
        }
        if (parsed instanceof SipResponse response) {
            response(connection, response);
        } else {
            request(connection, (SipRequest) parsed);
        }
    }

    private void response(ServerConnection connection, SipResponse response) {
        responses.add(response);
        SipRequest answered = logic.relay().response(connection, response);
        if (rules != null && answered != null) {
            failIf(ResponseRules.broken(answered, response), response);
        }
    }

    private void request(ServerConnection connection, SipRequest request) {
        requests.add(request);
        String broken = rules == null ? null : rules.broken(connection, request, loop.nanoTime());
        Answer scripted = script.next(request);
        if (scripted != null) {
            script.play(connection, request, scripted);
        } else {
            logic.serve(connection, request);
        }
        failIf(broken, request);
    }

    private static void failIf(@Nullable String broken, SipMessage message) {
        if (broken != null) {
            throw new AssertionError(broken + "\n  in " + message + "\n  "
                    + message.headers().toString().replace("\r\n", "\n  ").strip());
        }
    }

    private void send(ServerConnection connection, byte[] message) {
        if (rules != null) {
            rules.sent(connection, message, loop.nanoTime());
        }
        connection.send(message);
    }
}
