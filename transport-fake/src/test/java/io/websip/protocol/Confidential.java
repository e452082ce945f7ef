package io.websip.protocol;

import io.websip.Message;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.Credentials;
import io.websip.config.MessageOptions;
import io.websip.config.SendingPolicy;
import io.websip.config.UserAgentConfig;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.trace.WireMessage;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A life of an agent in which all that is confidential goes over the wire, in good times and in bad. */
final class Confidential {
    static final String PASSWORD = "Looking-Glass-1871";
    static final String BODY = "Jabberwocky";

    private final List<WireMessage> wire = new ArrayList<>();
    private final Set<String> secrets = new LinkedHashSet<>(List.of(PASSWORD, "ticket-4711", "queen-of-hearts"));

    /** Everything that nobody may ever see: passwords, HA1, digest responses, cnonces, nonces, cookies. */
    Set<String> secrets() {
        return secrets;
    }

    List<WireMessage> wire() {
        return wire;
    }

    void live() {
        try (Scene scene = new Scene(server -> server.user("alice", PASSWORD)
                .user("bob", "queen-of-hearts")
                .challengeMessagesWith(407)
                .nextNonces()
                .rspauth())) {
            UserAgent alice = agent(scene, "alice", PASSWORD);
            UserAgent bob = agent(scene, "bob", "queen-of-hearts");
            bob.addListener(UserAgentListener.incoming(message -> {
                throw new IllegalStateException("bob is careless");
            }));
            alice.addListener(UserAgentListener.incoming(message -> message.reject(486)));
            bob.start().join();
            alice.start().join();
            new Message(alice)
                    .send(
                            "bob",
                            BODY,
                            "text/plain",
                            MessageOptions.builder()
                                    .extraHeaders("Cookie: ticket-4711", "X-Token: ticket-4711")
                                    .build())
                    .handle(Confidential::outcome)
                    .join();
            SecretWatch.look(alice.binding());
            SecretWatch.look(alice.metrics());
            refused(alice);
            fullQueue(scene);
            scene.server.message("alice", BODY).join();
            scene.raw("alice", "MESSAGE sip:alice@example.com SIP/2.0\nContent-Length: nonsense\n\n" + BODY);
            scene.raw("alice", BODY);
            scene.server.enqueue(SipMethod.MESSAGE, Answer.silence());
            alice.sendMessage("sip:bob:queen-of-hearts@example.com", BODY).handle(Confidential::outcome);
            scene.seconds(40);
            scene.server.expireNonces();
            scene.server.endpoint().onNextConnection(Fault.refuse(503));
            scene.connection().abort();
            alice.sendMessage("bob", BODY).handle(Confidential::outcome).join();
            scene.server.restart();
            scene.seconds(120);
            UserAgent stranger = agent(scene, "alice", "wrong-" + PASSWORD);
            stranger.start().handle(Confidential::outcome);
            scene.seconds(60);
            scene.server.requests().forEach(this::collect);
        }
    }

    private static void fullQueue(Scene scene) {
        UserAgent hasty = scene.silentAgent(
                "alice", options -> options.register(false).sendingPolicy(SendingPolicy.oneAtATime(1)));
        hasty.start().join();
        scene.server.enqueue(SipMethod.MESSAGE, Answer.silence());
        for (int i = 0; i < 3; i++) {
            hasty.sendMessage("sip:bob:queen-of-hearts@example.com", BODY).handle(Confidential::outcome);
        }
        scene.seconds(40);
    }

    private static <T> @Nullable Object outcome(@Nullable T result, @Nullable Throwable failure) {
        SecretWatch.look(result);
        return SecretWatch.look(failure);
    }

    /** What is refused at once, with a text that says what was given. */
    private static void refused(UserAgent alice) {
        for (String target : List.of(
                "sip:bob:queen-of-hearts@example com",
                "bob:queen-of-hearts@",
                "sip:bob:queen-of-hearts%40example.com",
                "mailto:bob:queen-of-hearts@example.com",
                "tel:bob:queen-of-hearts@example.com",
                "sips:bob:queen-of-hearts@example.com")) {
            refused(() -> alice.sendMessage(target, BODY));
        }
        refused(() -> UserAgentConfig.builder().uri("sip:alice:queen-of-hearts@example com"));
        refused(() -> UserAgentConfig.builder().uri("sip:alice:queen-of-hearts@example.com"));
        refused(() -> UserAgentConfig.builder().server("ws://alice:queen-of-hearts@example.com"));
        refused(() -> UserAgentConfig.builder().server("ws://alice:queen-of-hearts@example com"));
        refused(() -> UserAgentConfig.builder().server("ws://alice%3Aqueen-of-hearts%40example.com"));
        refused(() -> UserAgentConfig.builder().server("ws://alice:queen-of-hearts"));
        refused(() -> UserAgentConfig.builder().uri("alice:queen-of-hearts%40example.com"));
        refused(() -> SipUri.of("alice:queen-of-hearts@example.com"));
        SecretWatch.look(Credentials.password("alice", PASSWORD));
    }

    private static void refused(Supplier<?> call) {
        try {
            throw new AssertionError(call.get() + " was taken");
        } catch (IllegalArgumentException e) {
            SecretWatch.look(e);
        }
    }

    private UserAgent agent(Scene scene, String user, String password) {
        return scene.silentAgent(user, options -> options.password(password).wireTrace(wire::add));
    }

    private void collect(SipRequest request) {
        for (String name : List.of("Authorization", "Proxy-Authorization")) {
            for (String value : request.headers().all(name)) {
                try {
                    AuthHeader header = AuthHeader.parse(value);
                    for (String parameter : List.of("response", "cnonce", "nonce")) {
                        header.get(parameter).ifPresent(secrets::add);
                    }
                    String user = header.get("username").orElseThrow() + ":"
                            + header.get("realm").orElseThrow() + ":";
                    secrets.add(md5(user + PASSWORD));
                } catch (SipParseException e) {
                    throw new AssertionError(value, e);
                }
            }
        }
    }

    private static String md5(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
