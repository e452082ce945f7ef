package io.websip.simulation;

import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.transport.ServerAddress;
import io.websip.transport.fake.Direction;
import io.websip.transport.fake.FakeConnection;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What servers and networks do to agents. */
final class Misfortune {
    private final World world;
    private final Random random;
    private final Trace trace;
    private final Registrations registrations;
    private final HostileFrames frames;
    private final HostileTexts texts;
    private final LargeAnswers large;
    private final Set<ServerAddress> faulty = new HashSet<>(); // servers whose next connections have faults

    Misfortune(World world, Registrations registrations) {
        this.world = world;
        this.random = world.random;
        this.trace = world.trace;
        this.registrations = registrations;
        this.frames = new HostileFrames(random);
        this.texts = new HostileTexts(random);
        this.large = new LargeAnswers(random);
    }

    /** A connection is being made. */
    void connecting(ServerAddress server, int number) {
        if (faulty.contains(server)) {
            registrations.isUnwell(number);
        }
    }

    // ------------------------------------------------------------------------------------------------ what servers say

    @Nullable
    Answer answer(SipRequest request) {
        String user = user(request);
        if (request.method().equals(SipMethod.REGISTER)
                && request.headers().seconds("Expires").orElse(1) == 0) {
            registrations.mayBeRemoved(user);
        }
        if (!world.hostile() || random.nextInt(3) > 0) {
            return null;
        }
        Answer answer = request.method().equals(SipMethod.MESSAGE) ? toMessage(request) : toRegister(request, user);
        Sent message = world.message(request.text());
        if (answer != null && message != null) {
            message.spokenFor();
        }
        return answer;
    }

    private static String user(SipRequest request) {
        return request.from().uri() instanceof SipUri uri ? uri.user().orElse("") : "";
    }

    private Duration pause() {
        return Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(60_000) : random.nextInt(2_000));
    }

    private @Nullable Answer toMessage(SipRequest request) {
        if (isWithUsedNonce(request) && random.nextInt(8) == 0) {
            return Answer.status(403);
        }
        return switch (random.nextInt(20)) {
            case 0 -> Answer.status(503).header("Retry-After", Integer.toString(random.nextInt(20)));
            case 1 -> Answer.status(430).after(pause());
            case 2 ->
                Answer.status(302)
                        .header(
                                "Contact",
                                "<sip:" + SipUri.escapeUser(one(world.people.users()))
                                        + "@example.com>;q=0.5, <sip:r9@example.com>");
            case 3 -> Answer.silence();
            case 4 -> hangUp();
            case 5 -> Answer.status(486).after(pause());
            case 6 -> Answer.status(202).after(pause());
            case 7 -> Answer.status(100).then(Answer.status(200).after(pause()));
            case 8 -> Answer.status(500).then(Answer.status(200).after(pause()));
            case 9 -> Answer.status(420).header("Unsupported", "outbound, path");
            case 10 -> texts.answer(486);
            case 11 -> large.redirect(one(world.people.users()));
            case 12 -> large.refusal(486);
            case 13 -> large.challenge(random.nextBoolean() ? 401 : 407, world.people.realm(random), true);
            case 14 -> Answer.raw(world.liar::refusal);
            default -> Answer.byServer().after(pause());
        };
    }

    private @Nullable Answer toRegister(SipRequest request, String user) {
        if (isWithUsedNonce(request) && random.nextInt(8) == 0) {
            return Answer.status(403);
        }
        return switch (random.nextInt(20)) {
            case 0 -> Answer.status(503);
            case 1 -> Answer.status(503).header("Retry-After", Integer.toString(random.nextInt(100)));
            case 2 -> Answer.silence();
            case 3 -> hangUp();
            case 4 -> Answer.status(500).after(pause());
            case 5 -> Answer.status(423).header("Min-Expires", Integer.toString(random.nextInt(2_000)));
            case 6 -> Answer.status(200).header("Contact", RewritingRegistrar.OTHERS);
            case 7 -> Answer.status(439);
            case 8 -> Answer.status(480).after(pause());
            case 9 -> Answer.status(403);
            case 10 -> Answer.status(401);
            case 11 -> texts.answer(480);
            case 12 -> large.refusal(480);
            case 13 -> large.challenge(401, "example.com", false); // a registrar says which realm is its own
            case 14 -> Answer.raw(world.liar::refusal);
            default -> Answer.byServer().after(pause());
        };
    }

    /** As servers do that take each nonce once, and do not say so. */
    private static boolean isWithUsedNonce(SipRequest request) {
        return Stream.of("Authorization", "Proxy-Authorization")
                .flatMap(name -> request.headers().all(name).stream())
                .anyMatch(credentials -> credentials.contains("nc=") && !credentials.contains("nc=00000001"));
    }

    private Answer hangUp() {
        registrations.areUnwell(null);
        return Answer.hangUp();
    }

    private static <T> T one(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private <T> T one(List<T> list) {
        return one(list, random);
    }

    // --------------------------------------------------------------------------------------- what befalls them

    void strike() {
        FakeSipServer server = one(world.servers);
        String user = one(world.people.users());
        switch (random.nextInt(13)) {
            case 0, 1 -> {
                List<Fault> faults = random.nextInt(3) == 0 ? List.of(fault(), fault()) : List.of(fault());
                trace.say(() -> "every connection of " + server.endpoint() + ": " + faults);
                server.endpoint().onEveryConnection(faults.toArray(Fault[]::new));
                faulty.add(server.endpoint().address());
            }
            case 2, 3, 4 -> {
                trace.say(() -> "health to " + server.endpoint());
                server.endpoint().onEveryConnection();
                server.endpoint().connections().forEach(FakeConnection::release);
                faulty.remove(server.endpoint().address());
            }
            case 5 -> {
                trace.say(() -> "restart of " + server.endpoint());
                registrations.areUnwell(null);
                server.restart();
            }
            case 6 -> openConnections(server);
            case 7 -> {
                trace.say(() -> server.endpoint() + " forgets " + user);
                registrations.mayBeRemoved(user);
                server.forget(user);
            }
            case 8 -> {
                trace.say(() -> server.endpoint() + " forgets its nonces");
                server.expireNonces();
            }
            case 9 -> closeConnections(server);
            case 10, 11 -> world.strikeOthers(server, user);
            default -> {
                Duration by = Duration.ofSeconds(random.nextInt(7_200) - 3_600L);
                trace.say(() -> "the time of day is set by " + by);
                world.loop.shiftClock(by);
            }
        }
    }

    private void closeConnections(FakeSipServer server) {
        String reason = texts.closeReason();
        trace.say(() -> server.endpoint() + " closes its connections");
        for (FakeConnection connection : server.endpoint().connections()) {
            registrations.isUnwell(connection.id());
            connection.close(random.nextBoolean() ? 1000 : 4000 + random.nextInt(1000), reason);
        }
    }

    private void openConnections(FakeSipServer server) {
        for (FakeConnection connection : server.endpoint().connections()) {
            if (connection.isOpen() && fault() instanceof Fault.OnLink onLink) {
                trace.say(() -> connection + ": " + onLink);
                registrations.isUnwell(connection.id());
                connection.apply(onLink);
            }
        }
    }

    /** No fault from now on; a connection that is dead at one end stays so until it is noticed. */
    void cease() {
        for (FakeSipServer server : world.servers) {
            server.endpoint().onEveryConnection();
        }
        cure();
    }

    /** No open connection is slow, stalled or about to be cut any more. */
    void cure() {
        for (FakeSipServer server : world.servers) {
            for (FakeConnection connection : server.endpoint().connections()) {
                connection.release();
                connection.apply(Fault.latency(Duration.ofMillis(world.options.latency())));
                connection.apply(Fault.cutAfter(Direction.TO_CLIENT, Integer.MAX_VALUE));
                connection.apply(Fault.cutAfter(Direction.TO_SERVER, Integer.MAX_VALUE));
            }
        }
    }

    private Fault fault() {
        return switch (random.nextInt(world.options.strict() ? 6 : 10)) {
            case 0 -> Fault.refuse(503, Duration.ofSeconds(random.nextInt(30)));
            case 1 -> Fault.refuse(403);
            case 2 -> Fault.unreachable();
            case 3 -> Fault.silentHandshake();
            case 4 -> Fault.noSubprotocol();
            case 5 -> Fault.cutAfter(direction(), random.nextInt(4));
            case 6 -> Fault.latency(Duration.ofMillis(random.nextInt(4_000)));
            case 7 -> Fault.stall(direction());
            case 8 -> Fault.noPong();
            default -> Fault.halfOpen();
        };
    }

    private Direction direction() {
        return random.nextBoolean() ? Direction.TO_CLIENT : Direction.TO_SERVER;
    }

    /** Says to an agent what no peer should, over a connection of its own. */
    void hostileFrame(Actor actor) {
        SipRequest request = actor.watch.unanswered();
        byte[] frame;
        if (world.options.strict()) {
            frame = frames.wellFormedRequest();
        } else if (request == null || random.nextBoolean()) {
            frame = frames.request();
        } else {
            frame = frames.answer(request);
            Sent message = world.message(request.text());
            if (message != null) {
                message.spokenFor();
            }
        }
        int connection = actor.watch.connection();
        for (FakeSipServer server : world.servers) {
            for (FakeConnection each : server.endpoint().connections()) {
                if (each.id() == connection) {
                    trace.say(() -> "a hostile frame to " + actor.name + " of " + frame.length + " octets");
                    each.send(frame);
                }
            }
        }
    }
}
