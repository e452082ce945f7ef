package io.websip.example;

import io.websip.NewMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.example.Messenger.UsageException;
import io.websip.transport.Transport;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what arrives. */
@Command(
        name = "listen",
        description = "Prints what arrives; ends after N messages or on SIGINT, unregistering.",
        mixinStandardHelpOptions = true)
@SuppressWarnings({"NullAway.Init", "try"}) // picocli sets the fields; the signal is only kept
final class ListenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AgentOptions options;

    @Option(names = "--count", paramLabel = "N", description = "end after so many messages")
    private int count;

    @Option(names = "--reply", paramLabel = "CODE", description = "answer with this status (${DEFAULT-VALUE})")
    private int reply = 200;

    @Override
    public Integer call() throws InterruptedException {
        if (count < 0) {
            throw new UsageException("--count must not be negative, but is " + count);
        }
        if (reply < 200 || reply > 699 || reply == 408) {
            throw new UsageException("--reply must be a status of 200 to 699 other than 408, not " + reply);
        }
        CountDownLatch enough = new CountDownLatch(count == 0 ? Integer.MAX_VALUE : count);
        try (Transport transport = options.newTransport();
                UserAgent agent = options.newAgent(
                        transport,
                        options.reporter(spec.commandLine().getOut()),
                        spec.commandLine().getErr());
                Interrupt interrupt = Interrupt.onSignal(agent)) {
            agent.addListener(new UserAgentListener() {
                @Override
                public void onNewMessage(NewMessage event) {
                    if (event instanceof NewMessage.Incoming incoming) {
                        if (reply < 300) {
                            incoming.message().accept(reply);
                        } else {
                            incoming.message().reject(reply);
                        }
                        enough.countDown();
                    }
                }
            });
            boolean ready =
                    agent.start().handle((ok, failure) -> failure == null).join();
            if (!ready) {
                return 1; // the reason has been shown
            }
            enough.await();
            return 0;
        }
    }
}
