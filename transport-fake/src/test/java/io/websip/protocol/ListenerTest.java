package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.websip.Message;
import io.websip.NewMessage;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("G3: listeners are called one at a time and in order, and harm nobody")
class ListenerTest {
    /** Throws in each call. */
    private static final class Thrower implements UserAgentListener {
        @Override
        public void onNewMessage(NewMessage event) {
            throw new IllegalStateException("newMessage");
        }

        @Override
        public void onConnected(UserAgentEvent.Connected event) {
            throw new IllegalStateException("connected");
        }

        @Override
        public void onRegistered(UserAgentEvent.Registered event) {
            throw new AssertionError("registered");
        }

        @Override
        public void onUnregistered(UserAgentEvent.Unregistered event) {
            throw new IllegalStateException("unregistered");
        }

        @Override
        public void onDisconnected(UserAgentEvent.Disconnected event) {
            throw new IllegalStateException("disconnected");
        }
    }

    private static <E> Consumer<E> thrower(String what) {
        return event -> {
            throw new IllegalStateException(what);
        };
    }

    @Test
    @DisplayName("what a listener throws is logged and changes nothing else")
    void exceptions() {
        try (LogTrap log = new LogTrap("io.websip.agent")) {
            try (Scene scene = new Scene()) {
                UserAgent alice = scene.silentAgent("alice", options -> {});
                alice.addListener(new Thrower());
                alice.addListener(scene.tape);
                alice.start().join();
                scene.server.enqueue(Answer.status(200));
                scene.server.enqueue(Answer.status(486));
                for (int i = 0; i < 2; i++) {
                    Message message = new Message(alice)
                            .onSending(thrower("sending"))
                            .onSucceeded(thrower("succeeded"))
                            .onFailed(thrower("failed"));
                    scene.tape.record(scene.tape.record(message).send("bob", "Hello"));
                    scene.run();
                }
                alice.stop().join();
                assertThat(scene.tape.entries().stream().filter(e -> !e.startsWith("wire")))
                        .containsExactly(
                                "connected",
                                "registered",
                                "newMessage LOCAL",
                                "sending LOCAL",
                                "succeeded REMOTE 200",
                                "future 200",
                                "newMessage LOCAL",
                                "sending LOCAL",
                                "failed REMOTE Busy 486",
                                "future REMOTE Busy 486",
                                "unregistered asked",
                                "disconnected");
            }
            assertThat(log.thrown())
                    .extracting(Throwable::getMessage)
                    .containsExactly(
                            "connected",
                            "registered",
                            "newMessage",
                            "sending",
                            "succeeded",
                            "newMessage",
                            "sending",
                            "failed",
                            "unregistered",
                            "disconnected");
        }
    }

    @Test
    @DisplayName("what a dependant of the future throws changes nothing")
    void dependantThrows() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.dispatcher(request -> Answer.status(200));
            alice.sendMessage("bob", "1").thenAccept(thrower("dependant"));
            assertThat(alice.sendMessage("bob", "2").join().status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("handlers of one message are called in the order in which they were added")
    void severalHandlers() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(200));
            List<Integer> order = new ArrayList<>();
            Message message = new Message(alice);
            for (int i = 0; i < 5; i++) {
                int n = i;
                message.onSucceeded(e -> order.add(n));
            }
            message.send("bob", "Hello").join();
            assertThat(order).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    @DisplayName("a listener hears what happens after it was added and before it was removed")
    void addedAndRemoved() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent("alice", options -> options.register(false));
            alice.start().join();
            scene.server.dispatcher(request -> Answer.status(200));
            alice.sendMessage("bob", "1").join();
            alice.addListener(scene.tape);
            alice.sendMessage("bob", "2").join();
            alice.removeListener(scene.tape);
            alice.sendMessage("bob", "3").join();
            assertThat(scene.tape.entries("newMessage")).hasSize(1);
        }
    }

    @Test
    @DisplayName("a listener may add and remove listeners")
    void addedWithin() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent("alice", options -> options.register(false));
            scene.server.dispatcher(request -> Answer.status(200));
            alice.addListener(new UserAgentListener() {
                @Override
                public void onNewMessage(NewMessage event) {
                    alice.removeListener(this);
                    alice.addListener(scene.tape);
                }
            });
            alice.start().join();
            alice.sendMessage("bob", "1").join();
            alice.sendMessage("bob", "2").join();
            assertThat(scene.tape.entries("newMessage")).hasSize(1);
        }
    }

    @Test
    @DisplayName("a listener may send, and its events come after those of the message it stands in")
    void sendWithin() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(options -> options.callbackExecutor(Runnable::run));
            scene.server.dispatcher(request -> Answer.status(200));
            Message second = scene.tape.record(new Message(alice));
            Message first = scene.tape.record(new Message(alice));
            first.onSucceeded(e -> {
                scene.tape.record(second.send("bob", "2"));
                scene.tape.add("handler returns");
            });
            scene.tape.record(first.send("bob", "1"));
            scene.run();
            assertThat(scene.tape.entries())
                    .containsExactly(
                            "newMessage LOCAL",
                            "sending LOCAL",
                            "wire MESSAGE",
                            "succeeded REMOTE 200",
                            "handler returns",
                            "future 200",
                            "newMessage LOCAL",
                            "sending LOCAL",
                            "wire MESSAGE",
                            "succeeded REMOTE 200",
                            "future 200");
        }
    }

    @Test
    @DisplayName("to wait inside a listener for a future of the same agent is refused, since it would be for ever")
    void joinWithin() {
        for (boolean onLoop : new boolean[] {false, true}) {
            try (Scene scene = new Scene()) {
                UserAgent alice = scene.sender(options -> {
                    if (onLoop) {
                        options.callbackExecutor(Runnable::run);
                    }
                });
                scene.server.dispatcher(request -> Answer.status(200));
                List<Throwable> thrown = new ArrayList<>();
                CompletableFuture<SipResponse> first = new Message(alice)
                        .onSucceeded(e -> {
                            CompletableFuture<SipResponse> second = alice.sendMessage("bob", "2");
                            thrown.add(catchThrowable(second::join));
                            thrown.add(catchThrowable(second::get));
                            thrown.add(catchThrowable(() -> second.get(1, TimeUnit.SECONDS)));
                            thrown.add(catchThrowable(
                                    () -> second.thenApply(SipResponse::status).join()));
                            thrown.add(catchThrowable(() -> alice.stop().join()));
                        })
                        .send("bob", "1");
                first.join();
                scene.run();
                assertThat(thrown)
                        .hasSize(5)
                        .allSatisfy(t -> assertThat(t)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("must not wait"));
            }
        }
    }

    @Test
    @DisplayName("a done future may be asked anywhere")
    void joinWithinWhenDone() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.dispatcher(request -> Answer.status(200));
            CompletableFuture<SipResponse> first = alice.sendMessage("bob", "1");
            first.join();
            List<Integer> got = new ArrayList<>();
            new Message(alice)
                    .onSucceeded(e -> got.add(first.join().status()))
                    .send("bob", "2")
                    .join();
            assertThat(got).containsExactly(200);
        }
    }

    @Test
    @DisplayName("a Message is sent once; one that was refused may be sent with better arguments")
    void sentOnce() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.dispatcher(request -> Answer.status(200));
            Message message = scene.tape.record(new Message(alice));
            assertThatThrownBy(() -> message.send("", "Hello")).isInstanceOf(IllegalArgumentException.class);
            message.send("bob", "Hello").join();
            assertThatThrownBy(() -> message.send("bob", "Hello"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("once");
            scene.run();
            assertThat(scene.messages()).hasSize(1);
            assertThat(scene.tape.entries("succeeded")).hasSize(1);
        }
    }
}
