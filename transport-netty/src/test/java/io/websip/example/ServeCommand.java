package io.websip.example;

import io.websip.example.Messenger.UsageException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The embedded server alone. */
@Command(
        name = "serve",
        description = "The embedded SIP server alone, on a real WebSocket, until SIGINT.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--port", description = "the port on the loopback interface, 0 for any (${DEFAULT-VALUE})")
    private int port = 8080;

    @Option(
            names = "--user",
            paramLabel = "NAME:PASSWORD",
            description = "who may register; alice:secret and bob:secret")
    private List<String> users = new ArrayList<>();

    @Option(names = "--no-auth", description = "nobody is asked for a password")
    private boolean noAuth;

    @Option(names = "--domain", description = "domain and realm (${DEFAULT-VALUE})")
    private String domain = "example.com";

    @Option(names = "--trace", description = "every message as it goes over the wire, on standard error")
    private boolean trace;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new UsageException("--port must be 0 to 65535, not " + port);
        }
        EmbeddedServer.Options options = new EmbeddedServer.Options(port, domain, noAuth);
        for (String user : users.isEmpty() ? List.of("alice:secret", "bob:secret") : users) {
            int colon = user.indexOf(':');
            if (colon < 1) {
                throw new UsageException("--user must be NAME:PASSWORD, not '" + user + "'");
            }
            options.users().put(user.substring(0, colon), user.substring(colon + 1));
        }
        PrintWriter out = spec.commandLine().getOut();
        try (EmbeddedServer server = EmbeddedServer.start(
                options, trace ? new TracePrinter(spec.commandLine().getErr()) : null)) {
            out.println("listening on " + server.url() + " for sip:"
                    + String.join("@" + domain + ", sip:", options.users().keySet()) + "@" + domain);
            out.flush();
            new CountDownLatch(1).await();
            return 0;
        }
    }
}
