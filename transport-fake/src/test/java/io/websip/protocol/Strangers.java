package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.MessageEvent;
import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Agents of one server, of which some answer each message as they like: with challenges, and with refusals. */
final class Strangers implements AutoCloseable {
    static final String PASSWORD = "jabberwock";
    static final String OWN = "Digest realm=\"example.com\", nonce=\"chosen\"";

    final Scene scene;

    Strangers(Consumer<FakeSipServerBuilder> options) {
        scene = new Scene(server -> {
            Stream.of("alice", "bob", "carol", "dave", "erin", "mallory", "m1", "m2", "m3")
                    .forEach(user -> server.user(user, PASSWORD));
            options.accept(server);
        });
    }

    /** Of a server that challenges a REGISTER only, so that each challenge to a message is its receiver's. */
    static Strangers atATrustingServer() {
        return new Strangers(FakeSipServerBuilder::challengesNoMessages);
    }

    UserAgent agent(String user, Consumer<UserAgentConfigBuilder> options) {
        return scene.started(user, builder -> options.accept(builder.password(PASSWORD)));
    }

    UserAgent agent(String user) {
        return agent(user, options -> {});
    }

    /** Who answers each message so. */
    UserAgent rejecting(String user, int status, String... headers) {
        UserAgent agent = agent(user);
        agent.addListener(UserAgentListener.incoming(message -> message.reject(status, "No", headers)));
        return agent;
    }

    /** Who takes each message. */
    UserAgent friendly(String user) {
        UserAgent agent = agent(user);
        agent.addListener(UserAgentListener.incoming(message -> {}));
        return agent;
    }

    /** Whose answers are 200 with these headers. */
    UserAgent accepting(String user, String... headers) {
        UserAgent agent = agent(user);
        agent.addListener(UserAgentListener.incoming(message -> message.accept(200, headers)));
        return agent;
    }

    static String row(int status, String challenge) {
        return (status == 401 ? "WWW-Authenticate: " : "Proxy-Authenticate: ") + challenge;
    }

    static void sent(UserAgent from, String target) {
        assertThat(from.sendMessage(target, "x").join().status()).isEqualTo(200);
    }

    static MessageEvent.Failed failure(UserAgent from, String target, MessageOptions options) {
        return failure(from.sendMessage(target, "x", "text/plain", options));
    }

    static MessageEvent.Failed failure(UserAgent from, String target, String body) {
        return failure(from.sendMessage(target, body));
    }

    private static MessageEvent.Failed failure(CompletableFuture<SipResponse> sent) {
        try {
            sent.join();
            throw new AssertionError("the message succeeded");
        } catch (CompletionException e) {
            MessageFailedException failed = (MessageFailedException) e.getCause();
            if (!failed.event().detail().isEmpty()) {
                assertThat(failed).hasMessageContaining(failed.event().detail());
            }
            return failed.event();
        }
    }

    static MessageEvent.Failed failure(UserAgent from, String target) {
        return failure(from, target, MessageOptions.NONE);
    }

    /** That a message fails since its challenge is not answered. */
    static String refusal(UserAgent from, String target) {
        MessageEvent.Failed failed = failure(from, target);
        assertThat(failed.cause()).isEqualTo(Cause.AUTHENTICATION_ERROR);
        return failed.detail();
    }

    /** The messages to this user that have come to the server. */
    List<SipRequest> to(String user) {
        return scene.messages().stream()
                .filter(request -> request.requestUriText().equals("sip:" + user + "@example.com"))
                .toList();
    }

    static List<AuthHeader> credentials(SipRequest request) {
        return Stream.of("Authorization", "Proxy-Authorization")
                .flatMap(name -> request.headers().all(name).stream())
                .map(value -> {
                    try {
                        return AuthHeader.parse(value);
                    } catch (SipParseException e) {
                        throw new AssertionError(value, e);
                    }
                })
                .toList();
    }

    @Override
    public void close() {
        scene.close();
    }
}
