package io.websip.example;

import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.example.Messenger.UsageException;
import io.websip.transport.Transport;
import io.websip.transport.jetty.JettyTransport;
import io.websip.transport.netty.NettyTransport;
import io.websip.transport.socket.TransportBuilder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that every command with a user agent takes, and the agent that they describe. */
final class AgentOptions {
    @Mixin
    private ServerOptions servers = new ServerOptions();

    @Option(names = "--uri", paramLabel = "sip:USER@DOMAIN", required = true, description = "own address")
    private String uri = "";

    @Option(names = "--password", paramLabel = "P", description = "password; or the environment's WEBSIP_PASSWORD")
    private @Nullable String password;

    @Option(names = "--auth-user", paramLabel = "U", description = "username in digests, if not that of the address")
    private @Nullable String authUser;

    @Option(names = "--transport", paramLabel = "netty|jetty", description = "the WebSocket library (${DEFAULT-VALUE})")
    private String transport = "netty";

    @Option(names = "--no-register", description = "do not register")
    private boolean noRegister;

    @Mixin
    private SendingOptions sending = new SendingOptions();

    @Option(names = "--trust", paramLabel = "PEM", description = "certificates to trust for wss")
    private @Nullable Path trust;

    @Option(names = "--insecure", description = "trust any certificate")
    private boolean insecure;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "how long to wait for an answer (32)")
    private double timeout = 32;

    @Option(names = "--json", description = "one JSON object a line on standard output")
    private boolean json;

    @Option(names = "--trace", description = "every message as it goes over the wire, on standard error")
    private boolean trace;

    /** For picocli. */
    AgentOptions() {}

    boolean registers() {
        return !noRegister;
    }

    Duration timeout() {
        return SendingOptions.seconds(timeout);
    }

    String contentType() {
        return sending.contentType();
    }

    /** What is given of a message beside its target and body, checked. */
    MessageOptions messageOptions() {
        return sending.messageOptions();
    }

    Reporter reporter(PrintWriter out) {
        return json ? new JsonReporter(out) : new PlainReporter(out);
    }

    /** The transport that the options name; the caller closes it. */
    Transport newTransport() {
        return switch (transport) {
            case "netty" -> newTransport(NettyTransport.builder());
            case "jetty" -> newTransport(JettyTransport.builder());
            default -> throw new UsageException("--transport must be netty or jetty, not '" + transport + "'");
        };
    }

    private Transport newTransport(TransportBuilder<?> builder) {
        if (trust != null && insecure) {
            throw new UsageException("--trust and --insecure exclude each other");
        }
        if (trust != null) {
            if (!Files.isReadable(trust)) {
                throw new UsageException("--trust: the file '" + trust + "' cannot be read");
            }
            try {
                builder.trust(trust);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--trust: " + e.getMessage());
            }
        }
        if (insecure) {
            builder.insecureTrustAll();
        }
        return builder.build();
    }

    /** An agent on the transport that reports what happens to it, not started. */
    UserAgent newAgent(Transport on, Reporter reporter, PrintWriter err) {
        UserAgent agent = newQuietAgent(on, err);
        agent.addListener(reporter);
        return agent;
    }

    /** An agent that shows nothing but its trace if that is wanted, not started. */
    UserAgent newQuietAgent(Transport on, PrintWriter err) {
        return UserAgent.create(config(err), on);
    }

    private UserAgentConfig config(PrintWriter err) {
        UserAgentConfigBuilder builder = UserAgentConfig.builder();
        SendingOptions.usage("--uri", () -> builder.uri(uri));
        servers.applyTo(builder);
        String secret = password != null ? password : System.getenv("WEBSIP_PASSWORD");
        if (secret != null) {
            builder.password(secret);
        }
        if (authUser != null) {
            if (secret == null) {
                throw new UsageException("--auth-user needs --password or WEBSIP_PASSWORD");
            }
            builder.authorizationUser(authUser);
        }
        SendingOptions.usage("--timeout", () -> builder.transactionTimeout(timeout()));
        if (trace) {
            builder.wireTrace(new TracePrinter(err));
        }
        return builder.register(!noRegister)
                .accept("text/plain", "*/*")
                .userAgent("websip-messenger")
                .build();
    }
}
