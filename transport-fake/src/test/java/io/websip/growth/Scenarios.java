package io.websip.growth;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.AuthHeader;
import io.websip.sip.MediaType;
import io.websip.sip.NameAddress;
import io.websip.sip.SipLimits;
import io.websip.sip.SipMessage;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.sip.Via;
import io.websip.transport.fake.FakeDns;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.VirtualEventLoop;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an agent, or the fake, does with an input of n parts. {@link GrowthTest} counts the steps of each. */
public final class Scenarios {
    private static final int BIG = 1 << 22;
    private static final String URL = "ws://sip.example.com";

    private static Object kept = "";

    private Scenarios() {}

    /** A server, and agents whose limits bound nothing of what is counted. */
    private static final class World {
        final VirtualEventLoop loop = new VirtualEventLoop();
        final FakeNetwork network = new FakeNetwork(loop);
        final FakeTransport transport = new FakeTransport(network);
        final FakeSipServer server;
        private final List<UserAgent> agents = new ArrayList<>();

        World(Consumer<FakeSipServerBuilder> options) {
            FakeSipServerBuilder builder = FakeSipServer.on(network, URL).lenient();
            options.accept(builder);
            server = builder.start();
        }

        World() {
            this(FakeSipServerBuilder::noAuth);
        }

        UserAgent agent(String user, Consumer<UserAgentConfigBuilder> options) {
            UserAgentConfigBuilder builder = UserAgentConfig.builder()
                    .uri("sip:" + user + "@example.com")
                    .random(new Random(user.hashCode()))
                    .limits(new SipLimits(BIG, 200_000, BIG))
                    .maxMessageBytes(BIG)
                    .maxPendingMessages(100_000)
                    .maxIncomingQueue(100_000);
            options.accept(builder);
            UserAgent agent = UserAgent.create(builder.build(), transport);
            agents.add(agent);
            return agent;
        }

        UserAgent started(Consumer<UserAgentConfigBuilder> options) {
            UserAgent alice = agent("alice", builder -> options.accept(builder.server(URL)));
            alice.start().exceptionally(e -> null).join();
            return alice;
        }

        UserAgent started() {
            return started(options -> {});
        }

        void seconds(long seconds) {
            loop.advanceBy(Duration.ofSeconds(seconds));
        }

        void end() {
            agents.forEach(agent -> agent.stop().join());
            seconds(60);
        }
    }

    private static String joined(int n, String between, IntFunction<String> part) {
        return IntStream.range(0, n).mapToObj(part).collect(Collectors.joining(between));
    }

    // ---- registrations ----

    private static void registered(
            Consumer<UserAgentConfigBuilder> options, BiConsumer<SipRequest, SipMessageBuilder<SipResponse>> rows) {
        World world = new World();
        world.server.enqueue(SipMethod.REGISTER, answer(200, rows));
        world.started(options);
        world.seconds(200);
        world.end();
    }

    private static Answer answer(int status, BiConsumer<SipRequest, SipMessageBuilder<SipResponse>> rows) {
        return Answer.raw(request -> {
            SipMessageBuilder<SipResponse> builder = SipResponse.to(request.headers(), status, null, "t");
            rows.accept(request, builder);
            return builder.build().toBytes();
        });
    }

    private static String ours(SipRequest register) {
        return "<" + register.contacts().get(0).uri() + ">;expires=300";
    }

    /** A 2xx that lists the Contacts of n others in front of ours. */
    public static void contactsInRows(int n) {
        registered(options -> {}, (register, ok) -> {
            IntStream.range(0, n).forEach(i -> ok.add("Contact", "<sip:u" + i + "@192.0.2.1>;expires=60"));
            ok.add("Contact", ours(register));
        });
    }

    /** The same in one row, where none is like ours. */
    public static void contactsInOneRow(int n) {
        registered(
                options -> {},
                (register, ok) -> ok.add(
                        "Contact", joined(n + 1, ", ", i -> "\"U\" <sip:u" + i + "@192.0.2.1;x=\"y\">;expires=60")));
    }

    /** Malformed neighbours, each of which holds our user. */
    public static void malformedContacts(int n) {
        registered(
                options -> {},
                (register, ok) -> ok.add(
                        "Contact", joined(n, ",", i -> "<<:: " + ours(register).substring(1)) + "," + ours(register)));
    }

    /** Service-Route, Path and Supported of a 2xx. */
    public static void routesOfARegistrar(int n) {
        registered(options -> {}, (register, ok) -> {
            ok.add("Contact", ours(register));
            ok.add("Service-Route", joined(n, ",", i -> "<sip:p" + i + ".example.com;lr>"));
            ok.add("Path", joined(n, ",", i -> "<sip:e" + i + ".example.com;lr>"));
            ok.add("Require", joined(n, ",", i -> "tag" + i));
        });
    }

    /** Headers that nobody knows, and malformed ones. */
    public static void rowsOfAResponse(int n) {
        registered(options -> {}, (register, ok) -> {
            ok.add("Contact", ours(register));
            IntStream.range(0, n)
                    .forEach(i -> ok.add("X-" + i, "y").add("To", "none").add("Content-Type", "none"));
        });
    }

    /** n refreshes, each with a temporary GRUU of its own. */
    public static void refreshes(int n) {
        World world = new World(server -> server.noAuth().gruu().expires(1, 30));
        world.started();
        world.seconds(25L * n);
        world.end();
    }

    /** n agents that share a server, and its loop, for ten minutes. */
    public static void agents(int n) {
        World world = new World();
        for (int i = 0; i < n; i++) {
            world.agent("user" + i, builder -> builder.server(URL)).start().join();
        }
        world.seconds(600);
        world.end();
    }

    /** n agents lose their connection at once. */
    public static void reconnects(int n) {
        World world = new World();
        for (int i = 0; i < n; i++) {
            world.agent("user" + i, builder -> builder.server(URL)).start().join();
        }
        world.server.restart();
        world.seconds(60);
        world.end();
    }

    // ---- challenges ----

    /** One challenge in each of n rows, of n realms; ours stands last. */
    public static void challengeRows(int n) {
        challenged((request, response) -> {
            for (int i = 0; i < n; i++) {
                response.add("WWW-Authenticate", "Digest realm=\"r" + i + "\", nonce=\"n" + i + "\"");
            }
        });
    }

    /** n challenges in one row. */
    public static void challengesInARow(int n) {
        challenged((request, response) -> response.add(
                "WWW-Authenticate", joined(n, ", ", i -> "Digest realm=\"r" + i + "\", nonce=\"n\", algorithm=X")));
    }

    /** One challenge with n parameters. */
    public static void challengeParameters(int n) {
        challenged((request, response) -> response.add(
                "WWW-Authenticate",
                "Digest " + joined(n, ",", i -> "p" + i + "=x") + ",realm=\"example.com\",nonce=\"n\",qop=\""
                        + joined(n, ",", i -> "q" + i) + ",auth\""));
    }

    private static void challenged(BiConsumer<SipRequest, SipMessageBuilder<SipResponse>> rows) {
        World world = new World();
        world.server.enqueue(SipMethod.REGISTER, answer(401, rows));
        UserAgent alice = world.agent("alice", options -> options.server(URL).password("secret"));
        alice.start().exceptionally(e -> null).join();
        world.server.enqueue(SipMethod.MESSAGE, answer(401, rows));
        alice.sendMessage("bob", "x").exceptionally(e -> null).join();
        world.end();
    }

    /** n realms that each receiver of n messages names. */
    public static void challengesOfStrangers(int n) {
        World world = new World();
        UserAgent alice = world.started(options -> options.password("secret"));
        for (int i = 0; i < n; i++) {
            String realm = i % 2 == 0 ? "example.com" : "r" + i;
            String nonce = "n" + i;
            world.server.enqueue(
                    SipMethod.MESSAGE,
                    answer(
                            407,
                            (request, response) -> response.add(
                                    "Proxy-Authenticate", "Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\"")));
            alice.sendMessage("user" + i, "x").exceptionally(e -> null).join();
        }
        world.end();
    }

    // ---- messages that are sent ----

    private static void sent(int n, IntFunction<String> target, IntFunction<Answer> answers, MessageOptions options) {
        World world = new World();
        UserAgent alice = world.started();
        for (int i = 0; i < n; i++) {
            world.server.enqueue(SipMethod.MESSAGE, answers.apply(i));
        }
        for (int i = 0; i < n; i++) {
            alice.sendMessage(target.apply(i), "x", "text/plain", options).exceptionally(e -> null);
        }
        world.seconds(40);
        world.end();
    }

    /** n messages to as many users. */
    public static void messages(int n) {
        sent(n, i -> "user" + i, i -> Answer.status(200), MessageOptions.NONE);
    }

    /** n messages to one user, one at a time. */
    public static void messagesToOne(int n) {
        sent(n, i -> "bob", i -> Answer.status(200), MessageOptions.NONE);
    }

    /** n messages that nobody answers, so that n timers run out. */
    public static void timeouts(int n) {
        sent(n, i -> "user" + i, i -> Answer.silence(), MessageOptions.NONE);
    }

    /** n messages, the last of which is answered first. */
    public static void answersInReverse(int n) {
        sent(n, i -> "user" + i, i -> Answer.status(200).after(Duration.ofMillis(20L * (n - i))), MessageOptions.NONE);
    }

    /** n messages that wait for a connection that never comes, until their time is over. */
    public static void held(int n) {
        World world = new World();
        UserAgent alice = world.agent("alice", options -> options.server("ws://nobody.example.com"));
        alice.start().exceptionally(e -> null);
        MessageOptions hold =
                MessageOptions.builder().holdFor(Duration.ofSeconds(60)).build();
        for (int i = 0; i < n; i++) {
            alice.sendMessage("user" + i % 10, "x", "text/plain", hold).exceptionally(e -> null);
        }
        world.seconds(61);
        world.end();
    }

    /** n messages are pending as the connection breaks, and as the agent stops. */
    public static void pendingAtTheEnd(int n) {
        World world = new World();
        UserAgent alice = world.started();
        world.server.dispatcher(request -> request.method().equals(SipMethod.MESSAGE) ? Answer.silence() : null);
        for (int i = 0; i < n; i++) {
            alice.sendMessage("user" + i, "x").exceptionally(e -> null);
            alice.sendMessage("bob", "x").exceptionally(e -> null);
        }
        world.loop.runReady();
        world.server.restart();
        world.seconds(10);
        for (int i = 0; i < n; i++) {
            alice.sendMessage("user" + i, "x").exceptionally(e -> null);
            alice.sendMessage("bob", "x").exceptionally(e -> null);
        }
        world.end();
    }

    /** A redirect to n Contacts, of which thirty are followed. */
    public static void redirect(int n) {
        World world = new World();
        UserAgent alice = world.started();
        world.server.dispatcher(request -> !request.method().equals(SipMethod.MESSAGE)
                ? null
                : answer(
                        302,
                        (r, response) -> response.add(
                                "Contact",
                                joined(n, ",", i -> "<sip:c" + i + "@example.com;x=" + i + ">;q=0." + i % 1000))));
        alice.sendMessage(
                        "bob",
                        "x",
                        "text/plain",
                        MessageOptions.builder().followRedirects(30).build())
                .exceptionally(e -> null)
                .join();
        world.end();
    }

    /** n messages that are redirected to spellings of one address. */
    public static void redirects(int n) {
        World world = new World();
        UserAgent alice = world.started();
        world.server.dispatcher(request -> !request.method().equals(SipMethod.MESSAGE)
                ? null
                : answer(302, (r, response) -> response.add("Contact", "<sip:bob@example.com;x=" + r.text() + ">")));
        MessageOptions follow = MessageOptions.builder().followRedirects(3).build();
        for (int i = 0; i < n; i++) {
            alice.sendMessage("user" + i, String.valueOf(i), "text/plain", follow)
                    .exceptionally(e -> null);
        }
        world.seconds(40);
        world.end();
    }

    /** A message with n headers of the program. */
    public static void extraHeaders(int n) {
        String[] rows = IntStream.range(0, n).mapToObj(i -> "X-" + i + ": y").toArray(String[]::new);
        sent(
                1,
                i -> "bob",
                i -> Answer.status(200),
                MessageOptions.builder().extraHeaders(rows).build());
    }

    /** A target with n parameters, twice. */
    public static void targetParameters(int n) {
        sent(
                2,
                i -> "sip:bob@example.com;" + joined(n, ";", p -> "p" + p + "=%41" + p),
                i -> Answer.status(200),
                MessageOptions.NONE);
    }

    // ---- messages that come ----

    private static String message(int number, String rows) {
        return "MESSAGE sip:alice@example.com SIP/2.0\r\nVia: SIP/2.0/WS p.invalid;branch=z9hG4bKg" + number
                + "\r\nFrom: <sip:bob@example.com>;tag=1\r\nTo: <sip:alice@example.com>\r\nCall-ID: g" + number
                + "\r\nCSeq: 1 MESSAGE\r\n" + rows + "\r\nx";
    }

    private static void come(
            int n, IntFunction<String> texts, Consumer<IncomingMessage> listener, Runnable afterwards) {
        World world = new World();
        world.started().addListener(UserAgentListener.incoming(listener));
        for (int i = 0; i < n; i++) {
            world.server.sendRaw("alice", texts.apply(i).getBytes(StandardCharsets.UTF_8));
        }
        world.loop.runReady();
        afterwards.run();
        world.end();
    }

    /** n messages, each of which comes twice. */
    public static void repetitions(int n) {
        come(2 * n, i -> message(i % n, ""), m -> {}, () -> {});
    }

    /** n messages are deferred, and the last is answered first. */
    public static void deferred(int n) {
        List<IncomingMessage> waiting = new ArrayList<>();
        come(
                n,
                i -> message(i, ""),
                m -> {
                    m.defer();
                    waiting.add(m);
                },
                () -> {
                    for (int i = waiting.size() - 1; i >= 0; i--) {
                        waiting.get(i).accept();
                    }
                });
    }

    /** Via, Record-Route and the like in one message, and option tags that it demands. */
    public static void rowsOfARequest(int n) {
        String lists = "Via: " + joined(n, ",", i -> "SIP/2.0/TCP h" + i + ";branch=z9hG4bK" + i) + "\r\nRecord-Route: "
                + joined(n, ",", i -> "<sip:p" + i + ";lr>") + "\r\nAccept: " + joined(n, ",", i -> "a/b" + i) + "\r\n";
        come(1, i -> message(i, lists), m -> m.request().headers().addresses("Record-Route"), () -> {});
        come(1, i -> message(i, "Require: " + joined(n, ",", r -> "tag" + r) + "\r\n"), m -> {}, () -> {});
        come(1, i -> message(i, "X: y\r\nno row\r\nTo: <sip:alice@example.com>\r\n".repeat(n)), m -> {}, () -> {});
    }

    // ---- the language ----

    private static final List<String> PIECES = List.of(
            " ",
            ",",
            ";",
            "\"",
            "\\",
            "<",
            ">",
            "=",
            ":",
            "%",
            "@",
            "?",
            "[",
            "&",
            ".",
            "\t",
            "\r\n ",
            "\n",
            "a",
            "%41",
            ";a=b",
            "<sip:a@b>,",
            "<sip:a",
            "\"a\" ",
            "a, ",
            ":: ",
            "Digest a=b,",
            "(",
            ")",
            "/",
            "\u20ac");

    /** A piece over and over, read as each kind of value, alone and behind a good beginning. */
    public static void values(int n) {
        for (String piece : PIECES) {
            String run = piece.repeat(n);
            for (String text :
                    List.of(run, "<sip:a@b>" + run, "sip:a@b" + run, "Digest realm=\"a\"" + run, "a/b" + run)) {
                read(() -> SipUri.parse(text).matches(SipUri.of("sip:a@b")));
                read(() -> NameAddress.parse(text).displayName());
                read(() -> MediaType.parse(text));
                read(() -> Via.parse("SIP/2.0/WS h" + text));
                read(() -> AuthHeader.parseChallenges(text).get(0).list("qop"));
                String rows = "SIP/2.0 200 OK\r\nVia: SIP/2.0/WS h;branch=z9hG4bKa" + text + "\r\nTo: " + text
                        + "\r\nContact: " + text + "\r\nCSeq: 1 MESSAGE\r\n\r\n";
                read(() ->
                        SipMessage.parse(rows.getBytes(StandardCharsets.UTF_8)).contacts());
            }
        }
    }

    private interface Reading {
        Object read() throws SipParseException;
    }

    private static void read(Reading reading) {
        try {
            kept = reading.read();
        } catch (SipParseException e) {
            kept = e; // refused, which may cost as much
        }
    }

    // ---- DNS ----

    private static void located(BiConsumer<World, FakeDns> records) {
        World world = new World();
        FakeDns dns = new FakeDns(world.loop);
        records.accept(world, dns);
        world.agent(
                        "alice",
                        options ->
                                options.server("example.com").dnsResolver(dns).register(false))
                .start()
                .exceptionally(e -> null);
        world.seconds(600);
        world.end();
    }

    /** n SRV records, each with an address. */
    public static void srvRecords(int n) {
        located((world, dns) -> {
            for (int i = 0; i < n; i++) {
                dns.srv("_sips._wss.example.com", i % 3, i % 7, 443, "h" + i + ".example.com");
                dns.address("h" + i + ".example.com", "192.0.2." + (1 + i % 250));
            }
        });
    }

    /** n NAPTR records. */
    public static void naptrRecords(int n) {
        located((world, dns) -> {
            for (int i = 0; i < n; i++) {
                dns.naptr("example.com", i % 5, i, "SIPS+D2W", "_x" + i + ".example.com");
            }
        });
    }

    /** n addresses of one host. */
    public static void addresses(int n) {
        located((world, dns) -> {
            for (int i = 0; i < n; i++) {
                dns.address("example.com", "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256);
            }
        });
    }

    // ---- the fake ----

    /** n timers of one loop, begun from the latest to the earliest, half of them cancelled. */
    public static void timers(int n) {
        VirtualEventLoop loop = new VirtualEventLoop();
        for (int i = n; i > 0; i--) {
            var timer = loop.schedule(Duration.ofMillis(i), () -> {});
            if (i % 2 == 0) {
                timer.cancel();
            }
        }
        loop.advanceBy(Duration.ofSeconds(n));
    }

    /** n requests that a test takes one by one. */
    public static void takenRequests(int n) {
        World world = new World();
        UserAgent alice = world.started();
        for (int i = 0; i < n; i++) {
            alice.sendMessage("user" + i, "x").exceptionally(e -> null);
        }
        for (int i = 0; i < n; i++) {
            world.server.takeRequest(SipMethod.MESSAGE);
        }
        world.end();
    }
}
