package io.websip.example;

import io.websip.IncomingMessage;
import io.websip.Message;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.text.Visible;
import io.websip.transport.Transport;
import io.websip.transport.netty.NettyTransport;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The whole way in one run: a server on a loopback WebSocket, alice and bob, a message and its answer. */
final class Demo {
    private static final long PATIENCE_SECONDS = 20;

    private final PrintWriter out;

    Demo(PrintWriter out) {
        this.out = out;
    }

    int run() {
        EmbeddedServer.Options options = new EmbeddedServer.Options(0, "example.com", false);
        options.users().put("alice", "wonderland");
        options.users().put("bob", "builder");
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (EmbeddedServer server = EmbeddedServer.start(options, null);
                NettyTransport netty = new NettyTransport()) {
            out.println("A SIP server listens on " + server.url() + "; alice and bob register with digest.");
            try (UserAgent alice =
                            agent(netty, config(server, "alice", "wonderland").wireTrace(new TracePrinter(out)));
                    UserAgent bob = agent(netty, config(server, "bob", "builder"))) {
                bob.addListener(UserAgentListener.incoming(message -> answer(bob, message)));
                alice.addListener(UserAgentListener.incoming(message -> answer.complete(message.text())));
                bob.start().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                alice.start().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                PlainReporter reporter = new PlainReporter(out, "alice  ");
                reporter.watch(new Message(alice))
                        .send("sip:bob@example.com", "Hello Bob!")
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                String text = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                out.println("alice has the answer: " + Visible.line(text));
            }
            return 0;
        } catch (Exception e) {
            out.println("the demonstration failed: " + Visible.line(e));
            return 1;
        }
    }

    private static UserAgentConfigBuilder config(EmbeddedServer server, String user, String password) {
        return UserAgentConfig.builder()
                .uri("sip:" + user + "@example.com")
                .password(password)
                .server(server.url());
    }

    private UserAgent agent(Transport transport, UserAgentConfigBuilder config) {
        UserAgent agent = UserAgent.create(config.build(), transport);
        String user = agent.config().uri().user().orElseThrow();
        agent.addListener(new PlainReporter(out, String.format("%-6s ", user)));
        return agent;
    }

    private void answer(UserAgent bob, IncomingMessage message) {
        new PlainReporter(out, "bob    ")
                .watch(new Message(bob))
                .send(message.from().uri().toString(), "Hello to you! You wrote: " + message.text());
    }
}
