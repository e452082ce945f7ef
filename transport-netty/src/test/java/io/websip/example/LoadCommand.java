package io.websip.example;

import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.example.Messenger.UsageException;
import io.websip.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Many messages, and how fast they went. */
@Command(
        name = "load",
        description = "Sends N messages, W of them at once, and prints round trips a second, p50, p99 and failures.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AgentOptions options;

    @Option(names = "--messages", paramLabel = "N", required = true, description = "how many in all")
    private int messages;

    @Option(names = "--window", paramLabel = "W", required = true, description = "how many at once, in all")
    private int window;

    @Option(names = "--senders", paramLabel = "S", description = "agents that share the work (${DEFAULT-VALUE})")
    private int senders = 1;

    @Option(names = "--body", paramLabel = "TEXT", description = "the text of each message")
    private String body =
            "Hello, this is one message of a load run, and it is about a hundred bytes long, as real ones are.";

    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            description = "username or SIP URI; %%d in it becomes the number of the place in the window")
    private String target;

    @Override
    public Integer call() throws InterruptedException {
        positive("--messages", messages);
        positive("--window", window);
        positive("--senders", senders);
        if (senders > window) {
            throw new UsageException("--senders " + senders + " must not be greater than --window " + window);
        }
        MessageOptions messageOptions = options.messageOptions();
        Reporter reporter = options.reporter(spec.commandLine().getOut());
        List<UserAgent> agents = new ArrayList<>();
        try (Transport transport = options.newTransport()) {
            try {
                for (int i = 0; i < senders; i++) {
                    UserAgent agent =
                            options.newQuietAgent(transport, spec.commandLine().getErr());
                    agents.add(agent);
                    agent.start().join();
                }
                LoadRun run =
                        new LoadRun(agents, target, body, options.contentType(), messageOptions, messages, window);
                LoadResult result = run.run();
                reporter.load(result);
                return result.failures() == 0 ? 0 : 1;
            } finally {
                agents.forEach(UserAgent::close);
            }
        }
    }

    private static void positive(String option, int value) {
        if (value < 1) {
            throw new UsageException(option + " must be at least 1, not " + value);
        }
    }
}
