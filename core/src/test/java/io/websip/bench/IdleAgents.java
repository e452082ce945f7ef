package io.websip.bench;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipResponse;
import java.util.List;
import java.util.stream.IntStream;

/** What a registered agent takes of the heap while nothing happens, beyond its configuration and without its connection. */
public final class IdleAgents {
    private IdleAgents() {}

    /** Prints the number of bytes. */
    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        measure(100); // loads the classes
        System.out.println(measure(count) / count);
    }

    private static long measure(int count) {
        LocalTransport transport = new LocalTransport(IdleAgents::register);
        List<UserAgentConfig> configs =
                IntStream.range(0, count).mapToObj(IdleAgents::config).toList();
        long before = usedHeap();
        List<UserAgent> agents = configs.stream()
                .map(config -> UserAgent.create(config, transport))
                .toList();
        agents.forEach(UserAgent::start);
        transport.run();
        transport.lines().clear();
        long after = usedHeap();
        if (!agents.stream().allMatch(agent -> agent.binding().isPresent())) {
            throw new IllegalStateException("the benchmark is broken: not all agents have registered");
        }
        return after - before;
    }

    private static UserAgentConfig config(int number) {
        return UserAgentConfig.builder()
                .uri("sip:user" + number + "@example.com")
                .server("ws://example.com")
                .build();
    }

    private static void register(LocalTransport.Line from, byte[] message) {
        try {
            SipMessage request = SipMessage.parse(message);
            from.deliver(SipResponse.to(request.headers(), 200, null, "registrar")
                    .add("Contact", request.headers().first("Contact").orElseThrow())
                    .build()
                    .toBytes());
        } catch (SipParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
