package io.websip.protocol;

import io.websip.Message;
import io.websip.MessageFailedException;
import io.websip.NewMessage;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.sip.SipResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happens, in the order in which it happens. */
final class Tape implements UserAgentListener {
    private final List<String> entries = new CopyOnWriteArrayList<>();

    void add(String entry) {
        entries.add(entry);
    }

    void clear() {
        entries.clear();
    }

    List<String> entries() {
        return List.copyOf(entries);
    }

    /** What the program was told: without the wire, whose messages come on a thread of their own. */
    List<String> events() {
        return entries.stream().filter(e -> !e.startsWith("wire")).toList();
    }

    /** Those that begin so. */
    List<String> entries(String beginning) {
        return entries.stream().filter(e -> e.startsWith(beginning)).toList();
    }

    /** Writes the message's events. */
    Message record(Message message) {
        return message.onSending(e -> add("sending " + e.originator()))
                .onSucceeded(e ->
                        add("succeeded " + e.originator() + " " + e.response().status()))
                .onFailed(e -> add("failed " + e.originator() + " "
                        + e.cause().text()
                        + e.response().map(r -> " " + r.status()).orElse("")));
    }

    /** Writes how the future ends. */
    CompletableFuture<SipResponse> record(CompletableFuture<SipResponse> future) {
        future.whenComplete((response, thrown) -> {
            SecretWatch.look(thrown);
            if (thrown instanceof MessageFailedException failed) {
                add("future " + failed.originator() + " " + failed.cause().text()
                        + failed.response().map(r -> " " + r.status()).orElse(""));
            } else if (thrown != null) {
                add("future " + thrown);
            } else {
                add("future " + response.status());
            }
        });
        return future;
    }

    @Override
    public void onNewMessage(NewMessage event) {
        add("newMessage " + event.originator()
                + (event instanceof NewMessage.Incoming incoming
                        ? " " + incoming.message().text()
                        : ""));
    }

    @Override
    public void onConnected(UserAgentEvent.Connected event) {
        add("connected");
    }

    @Override
    public void onDisconnected(UserAgentEvent.Disconnected event) {
        add("disconnected");
    }

    @Override
    public void onRegistered(UserAgentEvent.Registered event) {
        add("registered");
    }

    @Override
    public void onUnregistered(UserAgentEvent.Unregistered event) {
        add("unregistered " + event.cause().map(Object::toString).orElse("asked"));
    }

    @Override
    public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
        add("registrationFailed " + event.cause());
    }
}
