package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Message;
import io.websip.NewMessage;
import io.websip.Originator;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.Credentials;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("G2: newMessage, sending, first byte, then succeeded or failed")
class EventOrderTest {
    private static final String[] SUCCESS = {
        "newMessage LOCAL", "sending LOCAL", "wire MESSAGE", "succeeded REMOTE 200", "future 200"
    };

    @Test
    @DisplayName("success")
    void success() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(200));
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello Bob!"));
            scene.run();
            assertThat(scene.tape.entries()).containsExactly(SUCCESS);
        }
    }

    @Test
    @DisplayName("IM-04: 202 is a success that the program can tell from 200")
    void accepted() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(202));
            SipResponse response = alice.sendMessage("bob", "Hello").join();
            assertThat(response.status()).isEqualTo(202);
            assertThat(response.reason()).isEqualTo("Accepted");
        }
    }

    @Test
    @DisplayName("the data of each event")
    void data() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent("alice", options -> options.register(false));
            alice.start().join();
            List<SipRequest> requests = new ArrayList<>();
            List<Object> seen = new ArrayList<>();
            alice.addListener(new UserAgentListener() {
                @Override
                public void onNewMessage(NewMessage event) {
                    requests.add(event.request());
                    seen.add(event.originator());
                    seen.add(((NewMessage.Outgoing) event).message());
                }
            });
            scene.server.enqueue(Answer.status(200));
            Message message = new Message(alice);
            message.onSending(e -> requests.add(e.request()));
            message.onSucceeded(e -> seen.add(e.response()));
            SipResponse response = message.send("bob", "Hello").join();
            assertThat(seen).containsExactly(Originator.LOCAL, message, response);
            assertThat(requests).hasSize(2);
            assertThat(requests.get(0)).isSameAs(requests.get(1));
            assertThat(requests.get(0).toBytes())
                    .isEqualTo(scene.messages().get(0).toBytes());
        }
    }

    @Test
    @DisplayName("401 and 407 in between fire nothing")
    void challenges() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(options -> options.password("secret")
                    .credentials(Credentials.password("alice", "secret").realm("proxy")));
            scene.server.enqueue(Answer.status(407)
                    .header("Proxy-Authenticate", "Digest realm=\"proxy\", nonce=\"n1\", qop=\"auth\""));
            scene.server.enqueue(Answer.status(401)
                    .header("WWW-Authenticate", "Digest realm=\"example.com\", nonce=\"n2\", qop=\"auth\""));
            scene.server.enqueue(Answer.status(200));
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.run();
            assertThat(scene.tape.entries())
                    .containsExactly(
                            "newMessage LOCAL",
                            "sending LOCAL",
                            "wire MESSAGE",
                            "wire MESSAGE",
                            "wire MESSAGE",
                            "succeeded REMOTE 200",
                            "future 200");
            assertThat(scene.messages())
                    .extracting(SipRequest::callId)
                    .containsOnly(scene.messages().get(0).callId());
            assertThat(scene.messages()).extracting(m -> m.cseq().number()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    @DisplayName("UAC-17: provisional responses fire nothing and do not end the message")
    void provisional() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(100)
                    .then(Answer.status(180))
                    .then(Answer.status(199))
                    .then(Answer.status(200).after(Duration.ofSeconds(1))));
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.run();
            assertThat(scene.tape.entries()).containsExactly("newMessage LOCAL", "sending LOCAL", "wire MESSAGE");
            scene.seconds(1);
            assertThat(scene.tape.entries()).containsExactly(SUCCESS);
        }
    }

    @Test
    @DisplayName("without any listener a message goes out all the same")
    void noListener() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent("alice", options -> options.register(false));
            alice.start().join();
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            assertThat(alice.sendMessage("bob", "Hello").join().status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("nothing is on the wire before a slow handler has seen newMessage and sending")
    void slowExecutor() {
        Deque<Runnable> callbacks = new ArrayDeque<>();
        try (Scene scene = new Scene()) {
            UserAgent alice =
                    scene.agent("alice", options -> options.register(false).callbackExecutor(callbacks::add));
            alice.start();
            scene.run();
            callbacks.remove().run();
            assertThat(scene.tape.entries()).containsExactly("connected");
            scene.tape.clear();

            scene.server.enqueue(Answer.status(200));
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.seconds(60);
            assertThat(scene.tape.entries()).isEmpty();
            callbacks.remove().run();
            assertThat(scene.tape.entries()).containsExactly("newMessage LOCAL", "sending LOCAL");
            scene.run();
            assertThat(scene.tape.entries()).containsExactly("newMessage LOCAL", "sending LOCAL", "wire MESSAGE");
            callbacks.remove().run();
            assertThat(scene.tape.entries()).containsExactly(SUCCESS);

            alice.stop();
            scene.run();
            callbacks.forEach(Runnable::run);
        }
    }

    @Test
    @DisplayName("the same order where callbacks run on the loop itself")
    void directExecutor() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(options -> options.callbackExecutor(Runnable::run));
            scene.server.enqueue(Answer.status(200));
            scene.server.enqueue(Answer.status(486));
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.run();
            assertThat(scene.tape.entries()).containsExactly(SUCCESS);
            scene.tape.clear();
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.run();
            assertThat(scene.tape.entries())
                    .containsExactly(
                            "newMessage LOCAL",
                            "sending LOCAL",
                            "wire MESSAGE",
                            "failed REMOTE Busy 486",
                            "future REMOTE Busy 486");
        }
    }

    @Test
    @DisplayName("send returns before any event, so that none is missed")
    void asynchronous() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(options -> options.callbackExecutor(Runnable::run));
            scene.connection().abort();
            scene.run();
            scene.tape.clear();
            Message message = new Message(alice);
            var future = message.send("bob", "Hello");
            assertThat(scene.tape.entries()).isEmpty();
            assertThat(future).isNotDone();
            scene.tape.record(message);
            scene.tape.record(future);
            scene.run();
            assertThat(scene.tape.entries())
                    .containsExactly(
                            "newMessage LOCAL",
                            "sending LOCAL",
                            "failed SYSTEM Connection Error",
                            "future SYSTEM Connection Error");
        }
    }
}
