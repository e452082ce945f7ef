package io.websip.simulation;

import io.websip.config.MessageOptions;
import io.websip.sip.SipMessage;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.FakeSipServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Peers who send as much as they can to one agent, which takes what its {@code maxIncomingBytes} lets it and answers the rest
 * with 503, each once. What it has held it gives back.
 */
final class Flood {
    private static final String MARK = "flood ";
    private static final String HOLD = MARK + "hold ";
    private static final String CALLS = "tester-call-"; // as the fake server names the calls of its own requests

    /** What a message counts beside its octets, see {@link io.websip.config.UserAgentConfigBuilder#maxIncomingBytes}. */
    private static final int OVERHEAD = 2_048;

    /** Numbers in a request that grow by a digit between two of them. */
    private static final int DIGITS = 8;

    private static final Set<Integer> ALLOWED = Set.of(200, 503);
    private static final int LEAVING = 480;

    private final World world;
    private final Random random;
    private final Set<String> answered = new HashSet<>();
    private final List<CompletableFuture<SipResponse>> answers = new ArrayList<>();
    private int number;

    Flood(World world) {
        this.world = world;
        this.random = world.random;
    }

    static boolean isOf(String text) {
        return text.startsWith(MARK);
    }

    /** Whether the listener that gets it is to keep it until it is told otherwise. */
    static boolean isToBeHeld(String text) {
        return text.startsWith(HOLD);
    }

    /** A request of a flood, or the answer to one. */
    static boolean isOf(SipMessage message) {
        return message.headers().first("Call-ID").orElse("").startsWith(CALLS);
    }

    /** Many, or large ones, or both. */
    void strike(FakeSipServer server, String user) {
        int count = 1 + random.nextInt(30);
        int octets = random.nextInt(random.nextBoolean() ? 100 : 30_000);
        world.trace.say(() -> server.endpoint() + " floods " + user + " with " + count + " of " + octets);
        for (int i = 0; i < count && !server.bindings(user).isEmpty(); i++) {
            answers.add(send(server, user, MARK, octets));
        }
    }

    private CompletableFuture<SipResponse> send(FakeSipServer server, String user, String mark, int octets) {
        return server.message(user, mark + ++number + " " + "x".repeat(octets));
    }

    /** Each has its answer, if only that of a server that has waited in vain. */
    void assertAnswered() {
        if (!answers.stream().allMatch(CompletableFuture::isDone)) {
            world.trace.violated("G7 a message of a flood has no answer");
        }
    }

    /** An agent answers a message. */
    void answered(String agent, int connection, SipResponse response) {
        if (!isOf(response) || response.status() < 200) {
            return;
        }
        if (!answered.add(agent + ' ' + connection + ' ' + response.topBranch().orElse(""))) {
            world.trace.violated("G7 " + agent + " answers twice: " + response);
        }
        if (!ALLOWED.contains(response.status()) && (response.status() != LEAVING || !world.mayLeave(agent))) {
            world.trace.violated("G9 " + agent + " answers a flood with " + response.status() + ": " + response);
        }
    }

    /**
     * All is quiet: an agent takes as much as it may, so that it has given back what it held, and no more. Meanwhile the
     * messages of others are not touched, nor its own.
     */
    void probe(FakeSipServer server, Actor victim, long limit) {
        int octets = (int) (limit / 2) - OVERHEAD - 700;
        CompletableFuture<SipResponse> first = send(server, victim.user, MARK, octets);
        world.pass(Duration.ofSeconds(5));
        int length = victim.watch.lastOfFlood();
        int fitting = octets + (int) (limit / 2) - OVERHEAD - length - DIGITS;
        world.trace.say(() -> victim.name + " may hold " + limit + ", and is sent twice " + fitting);
        List<CompletableFuture<SipResponse>> held = new ArrayList<>();
        held.add(send(server, victim.user, HOLD, fitting - HOLD.length() + MARK.length()));
        held.add(send(server, victim.user, HOLD, fitting - HOLD.length() + MARK.length()));
        CompletableFuture<SipResponse> surplus = send(server, victim.user, HOLD, 0);
        List<Sent> others = new ArrayList<>();
        for (Actor actor : world.actors) {
            for (Actor other : world.actors) {
                if (!other.user.equals(victim.user) && world.areTogether(actor, other)) {
                    others.add(actor.send(world.people.address(other.user), 1, MessageOptions.NONE));
                }
            }
        }
        world.pass(Duration.ofSeconds(10));
        others.forEach(Sent::assertSucceeded);
        expect(victim, 503, surplus);
        victim.letGo();
        world.pass(Duration.ofSeconds(10));
        expect(victim, 200, first);
        held.forEach(each -> expect(victim, 200, each));
    }

    private void expect(Actor victim, int status, CompletableFuture<SipResponse> answer) {
        if (!answer.isDone() || answer.join().status() != status) {
            world.trace.violated("G9 " + victim.name + " was to answer " + status + " to a probe of what it holds: "
                    + answer + (answer.isDone() ? answer.join() : ""));
        }
    }
}
