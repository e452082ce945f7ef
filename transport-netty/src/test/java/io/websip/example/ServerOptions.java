package io.websip.example;

import io.websip.config.KeepAlive;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.dns.JndiDnsResolver;
import io.websip.example.Messenger.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of where the servers are, and of the connection to them. */
final class ServerOptions {
    /** A query may end like a weight, so that a URL with one has none. */
    private static final Pattern WEIGHTED = Pattern.compile("([^?=]+)=(-?[0-9]{1,9})");

    @Option(
            names = "--server",
            paramLabel = "URL|DOMAIN[=WEIGHT]",
            required = true,
            description =
                    "ws: or wss: URL of a server, or a domain to look up in DNS; repeatable, highest weight first")
    private List<String> servers = new ArrayList<>();

    @Option(names = "--dns", paramLabel = "dns://HOST", description = "name server to ask, if not those of the system")
    private @Nullable String dns;

    @Option(names = "--require-tls", description = "wss only, whatever DNS says")
    private boolean requireTls;

    @Option(names = "--keep-alive", paramLabel = "ping|crlf|off", description = "how to keep the connection (ping)")
    private String keepAlive = "ping";

    /** For picocli. */
    ServerOptions() {}

    void applyTo(UserAgentConfigBuilder builder) {
        for (String server : servers) {
            Matcher weighted = WEIGHTED.matcher(server);
            SendingOptions.usage(
                    "--server",
                    () -> builder.server(
                            weighted.matches() ? weighted.group(1) : server,
                            weighted.matches() ? Integer.parseInt(weighted.group(2)) : 0));
        }
        String nameServer = dns;
        if (nameServer != null) {
            SendingOptions.usage("--dns", () -> builder.dnsResolver(JndiDnsResolver.at(nameServer)));
        }
        builder.requireTls(requireTls).keepAlive(keepAlive());
    }

    private KeepAlive keepAlive() {
        return switch (keepAlive) {
            case "ping" -> KeepAlive.webSocketPing();
            case "crlf" -> KeepAlive.crlf();
            case "off" -> KeepAlive.off();
            default -> throw new UsageException("--keep-alive must be ping, crlf or off, not '" + keepAlive + "'");
        };
    }
}
