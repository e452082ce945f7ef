package io.websip.example;

import io.websip.Message;
import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.example.Messenger.UsageException;
import io.websip.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One MESSAGE and its outcome. */
@Command(name = "send", description = "Sends one MESSAGE and waits for its outcome.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SendCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AgentOptions options;

    @Parameters(index = "0", paramLabel = "TARGET", description = "username or SIP URI")
    private String target;

    @Parameters(index = "1", paramLabel = "BODY", description = "the text, @FILE, or - for standard input")
    private String body;

    @Override
    public Integer call() {
        MessageOptions messageOptions = options.messageOptions();
        byte[] octets = body();
        Reporter reporter = options.reporter(spec.commandLine().getOut());
        try (Transport transport = options.newTransport();
                UserAgent agent =
                        options.newAgent(transport, reporter, spec.commandLine().getErr())) {
            // Whether it is registered or not, the message is what counts, and its outcome says enough.
            agent.start().handle((ready, failure) -> null).join();
            Message message = reporter.watch(new Message(agent));
            message.send(target, octets, options.contentType(), messageOptions).join();
            return 0;
        } catch (CompletionException e) {
            if (e.getCause() instanceof MessageFailedException) {
                return 1; // it has been shown
            }
            throw e;
        }
    }

    private byte[] body() {
        try {
            if (body.equals("-")) {
                return System.in.readAllBytes();
            }
            if (body.startsWith("@")) {
                return Files.readAllBytes(Path.of(body.substring(1)));
            }
        } catch (IOException e) {
            throw new UsageException("BODY: '" + body + "' cannot be read: " + e);
        }
        return body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
