package io.websip.simulation;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import io.websip.transport.fake.FakeDns;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.FakeSipServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * An agent that is given a domain, whose wss answers at first: nothing befalls it before. Whatever becomes of port 443 and of DNS then, it never sends in
 * the clear.
 */
final class WaryAgent {
    private static final String DOMAIN = "wary.example.net";
    private static final String IP = "192.0.2.77";
    private static final String PLAIN = "plain.example.net";

    private final World world;
    private final Random random;
    private final FakeDns dns;
    private final FakeSipServer secure;
    private final UserAgent agent;
    private final List<CompletableFuture<Void>> operations = new ArrayList<>();
    private boolean answered; // by wss

    WaryAgent(World world, FakeNetwork network, Transport transport, Random random) {
        this.world = world;
        this.random = random;
        this.dns = new FakeDns(network.loop())
                .ttl(Duration.ofSeconds(10))
                .address(DOMAIN, IP)
                .address(PLAIN, IP);
        this.secure = FakeSipServer.on(network, "wss://" + IP).noAuth().start();
        FakeSipServer plain = FakeSipServer.on(network, "ws://" + IP).noAuth().start();
        plain.dispatcher(request -> {
            world.trace.violated("the wary agent sends in the clear: " + request);
            return null;
        });
        this.agent = UserAgent.create(
                UserAgentConfig.builder()
                        .uri("sip:wary@" + DOMAIN)
                        .server(DOMAIN)
                        .dnsResolver(dns)
                        .random(new Random(random.nextLong()))
                        .build(),
                new Looking(transport));
    }

    void start() {
        operations.add(agent.start());
    }

    /** Something befalls its server, its DNS, or itself. */
    void strike() {
        if (!answered) {
            return;
        }
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                say("nothing listens at 443, and what was open is reset");
                secure.endpoint().onEveryConnection(Fault.unreachable());
                secure.restart();
            }
            case 2 -> {
                say("443 is reset once");
                secure.restart();
            }
            case 3 -> {
                say("443 is mute, or refuses");
                secure.endpoint().onEveryConnection(random.nextBoolean() ? Fault.silentHandshake() : Fault.refuse(503));
                secure.restart();
            }
            case 4 -> {
                say("DNS names ws only");
                dns.srv("_sip._ws." + DOMAIN, 1, 1, 80, PLAIN);
                if (random.nextBoolean()) {
                    dns.naptr(DOMAIN, 1, 1, "SIP+D2W", "_sip._ws." + DOMAIN);
                }
            }
            case 5 -> {
                say("DNS fails");
                dns.fail(DOMAIN);
            }
            case 6 -> {
                say("restart");
                stop();
                start();
            }
            default -> heal();
        }
    }

    private void say(String what) {
        world.trace.say(() -> "wary agent: " + what);
    }

    private void heal() {
        say("all is well");
        secure.endpoint().onEveryConnection();
        dns.heal(DOMAIN).remove(DOMAIN).remove("_sip._ws." + DOMAIN).address(DOMAIN, IP);
    }

    /** What it gets once all is well, and has been for long enough. */
    void recover() {
        heal();
    }

    void assertWell() {
        if (!agent.isConnected() || !agent.isRegistered()) {
            world.trace.violated("the wary agent does not come back by wss");
        }
    }

    void stop() {
        operations.add(agent.stop());
    }

    /** Each start and each stop has its end. */
    void assertEnded() {
        if (!operations.stream().allMatch(CompletableFuture::isDone)) {
            world.trace.violated("G1 the wary agent waits for the end of a start or a stop");
        }
    }

    private final class Looking implements Transport {
        private final Transport transport;

        Looking(Transport transport) {
            this.transport = transport;
        }

        @Override
        public EventLoop newEventLoop() {
            world.nextLoop();
            return transport.newEventLoop();
        }

        @Override
        public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
            world.nextConnection(server);
            say("connects to " + server);
            if (!server.secure() && answered) {
                world.trace.violated("the wary agent connects to " + server + ", though wss has answered before");
            }
            return transport.connect(server, loop, new ConnectionListener() {
                @Override
                public void onOpen() {
                    answered |= server.secure();
                    listener.onOpen();
                }

                @Override
                public void onMessage(byte[] message) {
                    listener.onMessage(message);
                }

                @Override
                public void onPong(byte[] payload) {
                    listener.onPong(payload);
                }

                @Override
                public void onClosed(Closure why) {
                    listener.onClosed(why);
                }
            });
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
