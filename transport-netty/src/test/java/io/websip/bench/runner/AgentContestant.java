package io.websip.bench.runner;

import io.websip.UserAgent;
import io.websip.UserAgentMetrics;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.transport.Transport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A user agent, as a program has it. */
final class AgentContestant implements Contestant {
    private static final String BODY =
            "Hello, this is one message of a load run, and it is about a hundred bytes long, as real ones are.";
    private static final String[] TARGETS = new String[64];

    static {
        for (int place = 0; place < TARGETS.length; place++) {
            TARGETS[place] = "user" + place;
        }
    }

    private final Transport transport;
    private final UserAgent agent;
    private final boolean onLoop;

    /** @param onLoop whether its callbacks run on its event loop, and send from there */
    AgentContestant(Transport transport, String url, boolean onLoop) {
        UserAgentConfigBuilder config =
                UserAgentConfig.builder().uri("sip:alice@example.com").server(url);
        if (onLoop) {
            config.callbackExecutor(Runnable::run);
        }
        this.transport = transport;
        this.agent = UserAgent.create(config.build(), transport);
        this.onLoop = onLoop;
        agent.start().join();
    }

    @Override
    public void send(int place, BiConsumer<@Nullable Object, @Nullable Throwable> answered) {
        agent.sendMessage(TARGETS[place], BODY).whenComplete(answered);
    }

    @Override
    public boolean chained() {
        return onLoop;
    }

    @Override
    public String sizes() {
        UserAgentMetrics before = agent.metrics();
        agent.sendMessage(TARGETS[0], BODY).join();
        UserAgentMetrics after = agent.metrics();
        return (after.bytesSent() - before.bytesSent()) + " " + (after.bytesReceived() - before.bytesReceived());
    }

    @Override
    public void close() {
        agent.close();
        transport.close();
    }
}
