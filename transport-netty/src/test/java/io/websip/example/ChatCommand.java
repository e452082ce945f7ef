package io.websip.example;

import io.websip.Message;
import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.transport.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A conversation. */
@Command(
        name = "chat",
        description = "Interactive: a line typed is a MESSAGE sent; what arrives is printed.",
        mixinStandardHelpOptions = true)
@SuppressWarnings({"NullAway.Init", "try"}) // picocli sets the fields; the signal is only kept
final class ChatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AgentOptions options;

    @Parameters(index = "0", paramLabel = "TARGET", description = "username or SIP URI")
    private String target;

    @Override
    public Integer call() throws IOException {
        MessageOptions messageOptions = options.messageOptions();
        Reporter reporter = options.reporter(spec.commandLine().getOut());
        List<CompletableFuture<?>> outcomes = new ArrayList<>();
        try (Transport transport = options.newTransport();
                UserAgent agent =
                        options.newAgent(transport, reporter, spec.commandLine().getErr());
                Interrupt interrupt = Interrupt.onSignal(agent)) {
            boolean ready =
                    agent.start().handle((ok, failure) -> failure == null).join();
            if (!ready) {
                return 1; // the reason has been shown
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    outcomes.removeIf(CompletableFuture::isDone);
                    outcomes.add(reporter.watch(new Message(agent))
                            .send(target, line, options.contentType(), messageOptions));
                }
            }
            outcomes.forEach(outcome -> outcome.handle((ok, failure) -> null).join());
            return 0;
        }
    }
}
