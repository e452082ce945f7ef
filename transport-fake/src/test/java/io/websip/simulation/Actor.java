package io.websip.simulation;

import io.websip.IncomingMessage;
import io.websip.Message;
import io.websip.NewMessage;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.config.RetryOn;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An agent and its program, which does what programs do, in its listeners too. */
final class Actor {
    final String name;
    final String user;
    final UserAgent agent;
    final Watch watch;
    private final World world;
    private final Random random;
    private final Trace trace;
    private final List<Sent> messages = new ArrayList<>();
    private final List<CompletableFuture<?>> operations = new ArrayList<>();
    private boolean running;
    private boolean stopped; // and not started again
    private boolean leaving; // its last wish, as long as it runs, is to be unregistered
    private boolean listening; // a listener is under way
    private boolean connected;
    private boolean registered;
    private boolean elsewhere; // disconnected since, so that it may be registered anew
    private @Nullable ServerAddress server;
    private int stops; // under way
    private boolean lost; // a task, by its callback executor
    private final List<IncomingMessage> held = new ArrayList<>();
    private final List<IncomingMessage> unanswered = new ArrayList<>();
    private final Set<Integer> lapsed = new HashSet<>(); // of those, by their number
    private String loopName = "";

    Actor(World world, String name, String user, Watch watch, Transport transport, UserAgentConfigBuilder config) {
        this.world = world;
        this.name = name;
        this.user = user;
        this.watch = watch;
        this.random = world.random;
        this.trace = world.trace;
        Tap tap = new Tap(
                transport,
                watch,
                world.clockRate(),
                world::nextConnection,
                () -> loopName = world.nextLoop(),
                world.liar::delivered);
        this.agent = UserAgent.create(config.build(), tap);
        agent.addListener(new Ears());
    }

    /** Whether it has been told to stop, and has not; it may have been started again already. */
    boolean isStopping() {
        return stops > 0;
    }

    boolean isRunning() {
        return running;
    }

    /** Whether that is the server to which it has connected last. */
    boolean isAt(ServerAddress address) {
        return Objects.equals(server, address);
    }

    // ------------------------------------------------------------------------------------------------ what it does

    void start() {
        trace.say(() -> name + " start()");
        running = true;
        stopped = false;
        leaving = false;
        operations.add(agent.start());
    }

    /** Stops; what follows is looked at once that is done. */
    void stop(boolean startAgain) {
        trace.say(() -> name + " stop()");
        running = false;
        String loop = loopName;
        List<Sent> before = List.copyOf(messages);
        CompletableFuture<Void> over = agent.stop();
        operations.add(over);
        stops++;
        over.thenRun(() -> {
            stops--;
            trace.say(() -> name + " has stopped");
            stopped = !running && stops == 0;
            connected = false;
            registered = false;
            before.forEach(Sent::assertEnded);
            world.assertNoTasks(loop);
        });
        if (startAgain) {
            start();
        }
    }

    /** One of the things that a program may do at any time while it runs. */
    void act() {
        switch (random.nextInt(12)) {
            case 0 -> register();
            case 1 -> {
                leaving = true;
                operation("unregister()", agent.unregister());
            }
            case 2 -> {
                leaving = true;
                operation("unregisterAll()", agent.unregisterAll());
            }
            case 3 -> operation("fetchBindings()", agent.fetchBindings());
            default -> send();
        }
    }

    private void register() {
        leaving = false;
        operation("register()", agent.register());
    }

    /** Wishes to be registered, if its last wish was another one; else it has to come to that by itself. */
    void wishToBeRegistered() {
        if (!running) {
            start();
        } else if (leaving) {
            register();
        }
    }

    private void operation(String what, CompletableFuture<?> future) {
        trace.say(() -> name + " " + what);
        operations.add(future);
    }

    private void send() {
        MessageOptions.Builder options = MessageOptions.builder();
        int attempts = 1;
        if (random.nextBoolean()) {
            options.holdFor(Duration.ofSeconds(1 + random.nextInt(120)));
        }
        if (random.nextInt(3) == 0) {
            int retries = 1 + random.nextInt(3);
            options.retry(retries, RetryOn.values());
            attempts += retries;
        }
        if (random.nextInt(4) == 0) {
            int redirects = 1 + random.nextInt(3);
            options.followRedirects(redirects);
            attempts += redirects;
        }
        if (random.nextInt(4) == 0) {
            options.expires(Duration.ofSeconds(1 + random.nextInt(60)));
        }
        if (random.nextInt(6) == 0) {
            options.anonymous();
        }
        if (!world.options.strict() && random.nextInt(4) == 0) {
            options.timeout(Duration.ofMillis(1 + random.nextInt(40_000)));
        }
        send(world.people.target(random), attempts, options.build());
    }

    /** Sends a message, which is known by its body from now on. */
    Sent send(String target, int attempts, MessageOptions options) {
        Sent sent = world.newMessage(attempts, target);
        trace.say(() -> name + " sends " + sent.body + " to " + target + ", attempts " + attempts);
        messages.add(sent);
        Message message = new Message(agent);
        message.onSending(e -> sent.event("sending"));
        message.onSucceeded(e -> outcome(sent, "succeeded"));
        message.onFailed(e -> outcome(sent, "failed"));
        sent.future(message.send(target, sent.body, "text/plain", options));
        world.assertFew(this);
        return sent;
    }

    // ------------------------------------------------------------------------------------------------ what it hears

    private void outcome(Sent sent, String what) {
        hear(sent.body + " " + what, () -> sent.event(what));
    }

    /** G3, G4: one at a time, and none after the stop; whatever the program does there, and if it throws. */
    private void hear(String what, Runnable effect) {
        trace.shown("an event", what);
        trace.say(() -> name + " hears " + what);
        if (listening) {
            trace.violated("G3 " + name + " hears within a listener: " + what);
        }
        if (stopped) {
            trace.violated("G4 " + name + " hears after the stop: " + what);
        }
        listening = true;
        try {
            effect.run();
            if (world.hostile() && running && random.nextInt(8) == 0) {
                act();
            } else if (world.hostile() && running && random.nextInt(100) == 0) {
                stop(true);
            }
        } finally {
            listening = false;
        }
        if (isThrowing()) {
            throw new IllegalStateException("a listener of " + name + " throws");
        }
    }

    private boolean isThrowing() {
        return world.hostile() && random.nextInt(100) < world.options.throwing();
    }

    private void incoming(IncomingMessage message) {
        watch.handedOver(message.request());
        Sent sent = world.message(message.text());
        if (sent != null) {
            sent.delivered();
            sent.arrivesAt(world.people.address(user));
        }
        if (Flood.isOf(message.text())) {
            flooded(message);
            return;
        }
        if (sent != null && sent.asksForReply()) {
            sent.reply(send(message.from().uri().toString(), 1, MessageOptions.NONE));
        }
        switch (world.hostile() ? random.nextInt(15) : 13) {
            case 0 -> message.reject(486);
            case 1 -> {
                message.defer();
                world.loop.schedule(Duration.ofMillis(random.nextInt(50_000)), message::accept);
            }
            case 2 -> message.accept();
            case 3 -> {
                watch.faulted(message.request());
                throw new IllegalStateException("the listener of " + name + " cannot take a message");
            }
            case 4, 5 -> {
                if (sent != null) {
                    sent.spokenFor(); // a challenge may make it come again
                }
                new Stranger(random, user).answer(message);
            }
            case 6 -> neverAnswer(message);
            default -> {} // 200 follows
        }
    }

    private void flooded(IncomingMessage message) {
        if (Flood.isToBeHeld(message.text())) {
            message.defer();
            held.add(message);
        } else if (world.hostile()) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    message.defer();
                    world.loop.schedule(Duration.ofMillis(random.nextInt(40_000)), message::accept);
                }
                case 1 -> neverAnswer(message);
                default -> {} // 200 follows
            }
        }
    }

    /** Answers what was held. */
    void letGo() {
        held.forEach(IncomingMessage::accept);
        held.clear();
    }

    private void neverAnswer(IncomingMessage message) {
        int number = unanswered.size();
        message.defer();
        unanswered.add(message);
        message.onLapsed(why -> hear("the end of an unanswered message: " + why, () -> {
            if (!lapsed.add(number)) {
                trace.violated(name + " hears twice that nobody waits for its answer");
            }
        }));
    }

    /** What the program has never answered is the agent's no more: its sender has given up, or the connection is gone. */
    void assertLapsed() {
        unanswered.stream()
                .filter(message -> !message.isLapsed())
                .forEach(message -> trace.violated(name + " still holds a message that nobody waits for: " + message));
    }

    /** Whether its program would notice that its callback executor has lost a task. */
    boolean mayLose() {
        return world.hostile() && running && stops == 0 && !lost;
    }

    /** Its callback executor has lost a task: nothing is heard any more until the agent is stopped. */
    void hasLost() {
        trace.say(() -> name + " has an executor that has lost a task");
        lost = true;
        world.loop.schedule(Duration.ofMillis(random.nextInt(5_000)), () -> {
            lost = false;
            if (running) {
                stop(true);
            }
        });
    }

    private final class Ears implements UserAgentListener {
        @Override
        public void onNewMessage(NewMessage event) {
            if (event instanceof NewMessage.Incoming incoming) {
                trace.say(() -> name + " is given " + incoming.message().text());
                incoming(incoming.message());
            } else {
                Sent sent = world.message(event.request().text());
                if (sent == null) {
                    trace.violated("G2 " + name + " hears of a message that it has not sent");
                } else {
                    sent.event("newMessage");
                }
            }
        }

        @Override
        public void onConnected(UserAgentEvent.Connected event) {
            server = event.server();
            change("connected " + event.server(), connected, false);
            connected = true;
        }

        @Override
        public void onDisconnected(UserAgentEvent.Disconnected event) {
            connected = false;
            elsewhere = registered; // at a better server, perhaps, which is told without an end of the old binding
            hear("disconnected " + event.why() + ", again in " + event.retryIn(), () -> {});
        }

        @Override
        public void onRegistered(UserAgentEvent.Registered event) {
            boolean before = registered && !elsewhere;
            registered = true;
            elsewhere = false;
            change("registered for " + event.expires(), before, false);
        }

        @Override
        public void onUnregistered(UserAgentEvent.Unregistered event) {
            boolean before = registered;
            registered = false;
            change("unregistered " + event.cause(), before, true);
        }

        @Override
        public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
            hear("registrationFailed " + event.cause() + ", again in " + event.retryIn(), () -> {});
        }

        private void change(String what, boolean before, boolean expected) {
            hear(what, () -> {
                if (before != expected) {
                    trace.violated("G3 " + name + " hears out of order: " + what);
                }
            });
        }
    }

    /** Every message has its outcome, and every operation its end. */
    void assertEnded() {
        messages.forEach(Sent::assertEnded);
        long open = operations.stream().filter(future -> !future.isDone()).count();
        if (open > 0) {
            trace.violated("G1 " + name + " waits for " + open + " operations");
        }
    }
}
