package io.websip.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.TinyDns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the Messenger looks for its server: several URLs with weights, and a domain, by a real name server and socket. */
class MessengerServersTest {
    private EmbeddedServer server;
    private TinyDns dns;

    @BeforeEach
    void start() throws Exception {
        EmbeddedServer.Options options = new EmbeddedServer.Options(0, "example.com", true);
        server = EmbeddedServer.start(options, null);
        dns = new TinyDns();
    }

    @AfterEach
    void close() {
        server.close();
        dns.close();
    }

    private record Run(int status, List<String> out, String err) {}

    /** Registers and unregisters, if a server is found. */
    private static Run listen(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("send", "--json", "--uri", "sip:alice@example.com", "--timeout", "5"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("alice", "Hello me!"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Messenger.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(new String[0]));
        return new Run(status, out.toString().lines().toList(), err.toString());
    }

    private int port() {
        return URI.create(server.url()).getPort();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void domainIsLookedUpAndItsTargetsAreTriedInTurn() throws Exception {
        dns.naptr("example.com", 10, 1, "s", "SIP+D2W", "", "_sip._ws.example.com")
                .srv("_sip._ws.example.com", 1, 1, closedPort(), "edge.example.com")
                .srv("_sip._ws.example.com", 2, 1, port(), "edge.example.com")
                .address("edge.example.com", "127.0.0.1")
                .start();
        Run run = listen("--server", "example.com", "--dns", dns.url(), "--keep-alive", "crlf");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out())
                .anyMatch(line -> line.contains("\"disconnected\""))
                .anyMatch(line -> line.contains("\"connected\"")
                        && line.contains("ws://example.com:" + port() + "/ at 127.0.0.1"))
                .anyMatch(line -> line.contains("\"succeeded\""));
    }

    @Test
    void domainThatDoesNotExistFailsWithItsName() {
        dns.start();
        Run run = listen("--server", "gone.example.com", "--dns", dns.url());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.toString()).contains("DNS knows no server of gone.example.com");
    }

    @Test
    void requireTlsDoesNotTakeWs() throws Exception {
        dns.srv("_sip._ws.example.com", 1, 1, port(), "edge.example.com")
                .address("edge.example.com", "127.0.0.1")
                .start();
        Run run = listen("--server", "example.com", "--dns", dns.url(), "--require-tls");

        assertThat(run.status()).isEqualTo(1);
        assertThat(dns.queries()).contains("33 _sips._wss.example.com").doesNotContain("33 _sip._ws.example.com");
    }

    @Test
    void serversAreTakenByTheirWeight() throws Exception {
        String closed = "ws://127.0.0.1:" + closedPort();
        Run run = listen("--server", server.url(), "--server", closed + "=10");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out().get(0)).contains("disconnected").contains(closed);
        assertThat(run.out().get(1)).contains("\"connected\"").contains(server.url());
    }
}
