package io.websip.interop;

import io.websip.IncomingMessage;
import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipParseException;
import io.websip.sip.SipResponse;
import io.websip.trace.WireMessage;
import io.websip.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An agent of one of the users that the server knows, and what it was told. */
final class Account implements AutoCloseable {
    private static final Map<String, String> PASSWORDS =
            Map.of("alice", "secret1", "bob", "secret2", "carol", "secret3", "dave", "pa:ss \"w\" ord");

    final UserAgent agent;
    final List<IncomingMessage> inbox = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    private final Queue<WireMessage> wire = new ConcurrentLinkedQueue<>();

    Account(String user, Transport transport, Consumer<UserAgentConfigBuilder> settings) {
        UserAgentConfigBuilder builder = UserAgentConfig.builder()
                .uri("sip:" + user + "@example.com")
                .password(password(user))
                .wireTrace(wire::add)
                .accept("*/*");
        settings.accept(builder);
        agent = UserAgent.create(builder.build(), transport);
        agent.addListener(UserAgentListener.incoming(inbox::add));
        agent.addListener(new UserAgentListener() {
            @Override
            public void onConnected(UserAgentEvent.Connected event) {
                events.add("connected " + event.server().port());
            }

            @Override
            public void onDisconnected(UserAgentEvent.Disconnected event) {
                events.add("disconnected " + event.server().port());
            }

            @Override
            public void onRegistered(UserAgentEvent.Registered event) {
                events.add("registered");
            }
        });
    }

    /** As the servers have it; empty for a user that they do not know. */
    static String password(String user) {
        return user.startsWith("load") ? "load" : PASSWORDS.getOrDefault(user, "");
    }

    Account start() {
        agent.start().join();
        return this;
    }

    List<String> bodies() {
        return inbox.stream().map(IncomingMessage::text).toList();
    }

    /** The messages that went this way and begin so. */
    List<WireMessage> onTheWire(WireMessage.Direction direction, String start) {
        return wire.stream()
                .filter(m -> m.direction() == direction && m.head().startsWith(start))
                .toList();
    }

    /** The requests of this method that the server has challenged: by which status, by which algorithm, and whether as stale. */
    List<String> challenges(String method) {
        List<String> challenges = new ArrayList<>();
        for (WireMessage answer : onTheWire(WireMessage.Direction.RECEIVED, "SIP/2.0 40")) {
            List<String> lines = answer.head().lines().toList();
            String status = lines.get(0).split(" ")[1];
            String header = status.equals("401") ? "WWW-Authenticate: " : "Proxy-Authenticate: ";
            if (lines.stream().anyMatch(line -> line.startsWith("CSeq: ") && line.endsWith(" " + method))) {
                lines.stream()
                        .filter(line -> line.startsWith(header))
                        .map(line -> status + " " + challenge(line.substring(header.length())))
                        .forEach(challenges::add);
            }
        }
        return challenges;
    }

    private static String challenge(String value) {
        try {
            AuthHeader header = AuthHeader.parse(value);
            return header.get("algorithm").orElse("MD5")
                    + (header.get("stale").filter("true"::equals).isPresent() ? " stale" : "");
        } catch (SipParseException e) {
            throw new AssertionError(value, e);
        }
    }

    /** The status that a message ends with; 0 if it ends without one. */
    static int status(CompletableFuture<SipResponse> sent) {
        try {
            return sent.join().status();
        } catch (CompletionException e) {
            return e.getCause() instanceof MessageFailedException failed
                    ? failed.response().map(SipResponse::status).orElse(0)
                    : -1;
        }
    }

    @Override
    public void close() {
        agent.close();
    }
}
