package io.websip.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfig;
import io.websip.transport.netty.NettyTransport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Messenger as it is used: by its arguments, its output and its exit status, on a real WebSocket. */
@Timeout(60)
class MessengerTest {
    private static final String PASSWORD = "wonderland";

    private EmbeddedServer server;

    /** What one run left behind. */
    private record Run(int status, List<String> out, String err) {
        String event(String name) {
            return out.stream()
                    .filter(line -> line.startsWith("{\"event\":\"" + name + "\""))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " in " + out + err));
        }
    }

    @BeforeEach
    void serve() {
        EmbeddedServer.Options options = new EmbeddedServer.Options(0, "example.com", false);
        options.users().put("alice", PASSWORD);
        options.users().put("bob", "builder");
        server = EmbeddedServer.start(options, null);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Messenger.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(status, out.toString().lines().toList(), err.toString());
    }

    /** Which library the commands use; the server and the other agents stay on Netty. */
    String transport() {
        return "netty";
    }

    private Run asAlice(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--transport",
                transport(),
                "--server",
                server.url(),
                "--uri",
                "sip:alice@example.com",
                "--password",
                PASSWORD,
                "--json"));
        arguments.addAll(Arrays.asList(more));
        return run(arguments.toArray(new String[0]));
    }

    @Test
    void withoutArgumentsItShowsTheWholeWay() {
        Run demo = run();
        assertThat(demo.status()).as(demo.toString()).isZero();
        assertThat(demo.out())
                .anyMatch(line -> line.contains("newMessage") && line.contains("Hello Bob!"))
                .anyMatch(line -> line.equals("alice has the answer: Hello to you! You wrote: Hello Bob!"))
                .noneMatch(line -> line.contains(PASSWORD));
    }

    @Test
    void sendTellsTheWholeStoryOneObjectALine() throws Exception {
        List<String> got = new CopyOnWriteArrayList<>();
        try (NettyTransport transport = new NettyTransport();
                UserAgent bob = bob(transport)) {
            bob.addListener(UserAgentListener.incoming(
                    m -> got.add(m.contentType() + " " + m.request().headers().all("X-Foo") + " " + m.text())));
            bob.start().get(10, TimeUnit.SECONDS);
            Run run =
                    asAlice("send", "--content-type", "application/json", "--header", "X-Foo: foo", "bob", "{\"ä\":1}");
            assertThat(run.status()).as(run.toString()).isZero();
            assertThat(run.out())
                    .extracting(line -> line.replaceFirst("^\\{\"event\":\"(\\w+)\".*", "$1"))
                    .containsExactly(
                            "connected",
                            "registered",
                            "newMessage",
                            "sending",
                            "succeeded",
                            "unregistered",
                            "disconnected");
            assertThat(run.event("newMessage")).isEqualTo("{\"event\":\"newMessage\",\"originator\":\"local\"}");
            assertThat(run.event("sending"))
                    .isEqualTo("{\"event\":\"sending\",\"originator\":\"local\","
                            + "\"request\":\"MESSAGE sip:bob@example.com SIP/2.0\"}");
            assertThat(run.event("succeeded"))
                    .isEqualTo("{\"event\":\"succeeded\",\"originator\":\"remote\",\"status\":200,\"reason\":\"OK\","
                            + "\"delivery\":\"delivered\"}");
        }
        assertThat(got).containsExactly("application/json [foo] {\"ä\":1}");
    }

    private UserAgent bob(NettyTransport transport) {
        return UserAgent.create(
                UserAgentConfig.builder()
                        .uri("sip:bob@example.com")
                        .password("builder")
                        .server(server.url())
                        .accept("*/*")
                        .build(),
                transport);
    }

    @Test
    void theTraceGoesToStandardErrorWithoutSecretsAndLeavesTheJsonAlone() {
        Run run = asAlice("send", "--trace", "bob", "are you there?");
        assertThat(run.out()).isNotEmpty().allMatch(line -> line.startsWith("{\"event\":"));
        assertThat(run.err().lines())
                .contains(
                        "    MESSAGE sip:bob@example.com SIP/2.0",
                        "    are you there?",
                        "    SIP/2.0 480 Temporarily Unavailable")
                .anyMatch(line -> line.matches("--> " + server.url() + "/ \\([0-9]+ bytes\\)"))
                .anyMatch(line -> line.matches("<-- " + server.url() + "/ \\([0-9]+ bytes\\)"))
                .anyMatch(line -> line.startsWith("    Authorization: Digest ") && line.contains("response=\"...\""))
                .noneMatch(line -> line.contains(PASSWORD));
    }

    @Test
    void aFailureIsTheExitStatusOne() {
        Run away = asAlice("send", "bob", "are you there?");
        assertThat(away.status()).isEqualTo(1);
        assertThat(away.event("failed"))
                .isEqualTo("{\"event\":\"failed\",\"originator\":\"remote\",\"cause\":\"Unavailable\",\"status\":480,"
                        + "\"delivery\":\"not_delivered\",\"detail\":\"\"}");

        Run unknown = asAlice("send", "nobody", "are you there?");
        assertThat(unknown.event("failed")).contains("\"cause\":\"Not Found\",\"status\":404");
    }

    @Test
    void aWrongPasswordIsAnAuthenticationError() {
        Run run = run(
                "send",
                "--transport",
                transport(),
                "--server",
                server.url(),
                "--uri",
                "sip:alice@example.com",
                "--password",
                "wrong",
                "--json",
                "bob",
                "x");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.event("registrationFailed"))
                .matches("\\{\"event\":\"registrationFailed\",\"cause\":\"Authentication Error\",\"status\":401,"
                        + "\"retryInMillis\":\\d{6,7}}");
        assertThat(run.event("failed")).contains("\"cause\":\"Authentication Error\",\"status\":407");
    }

    @Test
    void withoutServerTheMessageFailsWithConnectionError() {
        server.close();
        Run run = asAlice("send", "bob", "x");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.event("disconnected")).contains("failed");
        assertThat(run.event("failed"))
                .startsWith(
                        "{\"event\":\"failed\",\"originator\":\"system\",\"cause\":\"Connection Error\",\"status\":null,"
                                + "\"delivery\":\"not_delivered\",\"detail\":\"cannot connect to ws://127.0.0.1:")
                .contains("Connection refused");
    }

    @Test
    void whatIsHeldExpires() {
        server.close();
        Run run = asAlice("send", "--hold", "0.2", "bob", "x");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.event("failed")).contains("\"cause\":\"Expired\",\"status\":null");
    }

    @Test
    void anAnonymousMessageSaysNotWhoSendsAndMayExpire() throws Exception {
        List<String> got = new CopyOnWriteArrayList<>();
        try (NettyTransport transport = new NettyTransport();
                UserAgent bob = bob(transport)) {
            bob.addListener(UserAgentListener.incoming(
                    m -> got.add(m.from().uri() + " " + m.request().headers().all("Expires"))));
            bob.start().get(10, TimeUnit.SECONDS);
            Run run = asAlice("send", "--anonymous", "--expires", "60", "bob", "x");
            assertThat(run.status()).as(run.toString()).isZero();
        }
        assertThat(got).containsExactly("sip:anonymous@anonymous.invalid [60]");
    }

    @Test
    void theBodyMayComeFromAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("body.txt");
        Files.writeString(file, "from a file");
        CompletableFuture<String> got = new CompletableFuture<>();
        try (NettyTransport transport = new NettyTransport();
                UserAgent bob = bob(transport)) {
            bob.addListener(UserAgentListener.incoming(m -> got.complete(m.text())));
            bob.start().join();
            Run run = asAlice("send", "bob", "@" + file);
            assertThat(run.status()).as(run.toString()).isZero();
        }
        assertThat(got).isCompletedWithValue("from a file");
    }

    @Test
    void listenEndsAfterItsCount() throws Exception {
        CompletableFuture<Run> listening = CompletableFuture.supplyAsync(() -> run(
                "listen",
                "--transport",
                transport(),
                "--server",
                server.url(),
                "--uri",
                "sip:bob@example.com",
                "--password",
                "builder",
                "--json",
                "--count",
                "1",
                "--reply",
                "202"));
        // bob is there once a message to him is not refused any more
        Run sent = asAlice("send", "bob", "Hello Bob!");
        while (sent.status() != 0) {
            assertThat(sent.event("failed")).contains("\"status\":480");
            sent = asAlice("send", "bob", "Hello Bob!");
        }
        assertThat(sent.event("succeeded")).contains("\"status\":202,\"reason\":\"Accepted\"");
        Run bob = listening.get(20, TimeUnit.SECONDS);
        assertThat(bob.status()).isZero();
        assertThat(bob.event("newMessage"))
                .isEqualTo("{\"event\":\"newMessage\",\"originator\":\"remote\",\"from\":\"sip:alice@example.com\","
                        + "\"to\":\"sip:bob@example.com\",\"contentType\":\"text/plain\",\"body\":\"Hello Bob!\"}");
        assertThat(bob.event("unregistered")).isEqualTo("{\"event\":\"unregistered\",\"cause\":null}");
    }

    @Test
    void loadPrintsItsFigures() throws Exception {
        try (NettyTransport transport = new NettyTransport();
                UserAgent bob = bob(transport)) {
            bob.addListener(UserAgentListener.incoming(m -> m.accept()));
            bob.start().get(10, TimeUnit.SECONDS);
            Run run = asAlice(
                    "load", "--messages", "200", "--window", "8", "--senders", "2", "sip:bob@example.com;place=%d");
            assertThat(run.status()).as(run.toString()).isZero();
            assertThat(run.out())
                    .singleElement()
                    .asString()
                    .matches("\\{\"event\":\"load\",\"messages\":200,\"failures\":0,\"perSecond\":[0-9.E]+,"
                            + "\"p50Millis\":[0-9.E-]+,\"p99Millis\":[0-9.E-]+\\}");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            send                                                                        | --server
            send --server ws://h bob x                                                  | --uri
            send --server http://h --uri sip:a@b.c bob x                                | --server: server 'http://h' must start
            send --server h:80 --uri sip:a@b.c bob x                                    | --server: server 'h:80' is neither
            send --server ws://h=-1 --uri sip:a@b.c bob x                               | --server: weight of server 'ws://h:80/'
            send --server h --dns ldap://x --uri sip:a@b.c bob x                        | --dns: name server 'ldap://x' must start
            send --server ws://h --require-tls --uri sip:a@b.c bob x                    | requireTls demands wss
            send --server ws://h --keep-alive tcp --uri sip:a@b.c bob x                 | --keep-alive must be ping, crlf or off
            send --server ws://h --uri sip:b.c bob x                                    | --uri: uri 'sip:b.c' must have a user
            send --server ws://h --uri sip:a@b.c --header Via:x bob x                   | --header: extra header 'Via'
            send --server ws://h --uri sip:a@b.c --content-type text bob x              | --content-type:
            send --server ws://h --uri sip:a@b.c --timeout 0 bob x                      | --timeout:
            send --server ws://h --uri sip:a@b.c --hold -1 bob x                        | --hold: holdFor must be
            send --server ws://h --uri sip:a@b.c --retry 101 bob x                      | --retry: retry takes 1 to 100
            send --server ws://h --uri sip:a@b.c --follow 31 bob x                      | --follow: followRedirects takes
            send --server ws://h --uri sip:a@b.c --expires 0.5 bob x                    | --expires: expires must be
            send --server ws://h --uri sip:a@b.c --transport smoke bob x                | --transport must be netty or jetty
            send --server ws://h --uri sip:a@b.c --auth-user u bob x                    | --auth-user needs --password
            send --server wss://h --uri sip:a@b.c --trust /no/such/file bob x           | --trust: the file
            send --server ws://h --uri sip:a@b.c bob @/no/such/file                     | BODY: '@/no/such/file'
            send --server ws://h --uri sips:a@b.c bob x                                 | sips
            listen --server ws://h --uri sip:a@b.c --reply 100                          | --reply must be
            listen --server ws://h --uri sip:a@b.c --count -1                           | --count must not be
            serve --port 70000                                                          | --port must be
            serve --user alice                                                          | --user must be NAME:PASSWORD
            load --server ws://h --uri sip:a@b.c --messages 0 --window 1 x              | --messages must be
            nonsense                                                                    | nonsense
            """)
    void wrongUsageIsTheExitStatusTwoAndNamesOptionAndRule(String line, String said) {
        Run run = run(line.strip().split(" "));
        assertThat(run.err()).contains(said);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
