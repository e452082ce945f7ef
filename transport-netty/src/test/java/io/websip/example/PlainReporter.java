package io.websip.example;

import io.websip.Delivery;
import io.websip.MessageEvent;
import io.websip.NewMessage;
import io.websip.UserAgentEvent;
import io.websip.text.TimeText;
import io.websip.text.Visible;
import java.io.PrintWriter;
import java.util.Map;

/** Shows events as lines that a person reads. */
final class PlainReporter implements Reporter {
    private static final Map<Delivery, String> DELIVERIES = Map.of(
            Delivery.DELIVERED, "delivered",
            Delivery.ACCEPTED, "accepted for later",
            Delivery.NOT_DELIVERED, "not delivered",
            Delivery.REFUSED, "refused by the receiver",
            Delivery.UNKNOWN, "perhaps delivered");

    /** Of the second and the further lines of a body. */
    private static final String INDENT = " ".repeat(20) + "| ";

    private final PrintWriter out;
    private final String who;

    PlainReporter(PrintWriter out) {
        this(out, "");
    }

    /** @param who stands in front of each line */
    PlainReporter(PrintWriter out, String who) {
        this.out = out;
        this.who = who;
    }

    /** Nothing of a peer acts on the terminal, and no line of a body can be taken for one of ours. */
    private void line(String event, Object details) {
        String text = Visible.lines(details.toString()).replace("\n", "\n" + INDENT);
        out.printf("%s%-19s %s%n", who, event, text);
        out.flush();
    }

    @Override
    public void onConnected(UserAgentEvent.Connected event) {
        line("connected", event.server());
    }

    @Override
    public void onDisconnected(UserAgentEvent.Disconnected event) {
        line(
                "disconnected",
                event.why()
                        + event.retryIn()
                                .map(time -> ", again in " + TimeText.of(time))
                                .orElse(", for good"));
    }

    @Override
    public void onRegistered(UserAgentEvent.Registered event) {
        line("registered", "for " + TimeText.of(event.expires()));
    }

    @Override
    public void onUnregistered(UserAgentEvent.Unregistered event) {
        line("unregistered", event.cause().map(Object::toString).orElse("as asked"));
    }

    @Override
    public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
        line(
                "registrationFailed",
                event.cause()
                        + event.response()
                                .map(r -> " (" + r.status() + " " + r.reason() + ")")
                                .orElse("")
                        + event.retryIn()
                                .map(time -> ", again in " + TimeText.of(time))
                                .orElse(""));
    }

    @Override
    public void onNewMessage(NewMessage event) {
        if (event instanceof NewMessage.Incoming incoming) {
            line(
                    "newMessage",
                    "from " + incoming.message().from().uri() + " ("
                            + incoming.message().contentType() + "): "
                            + incoming.message().text());
        } else {
            line("newMessage", "to " + event.request().to().uri());
        }
    }

    @Override
    public void sending(MessageEvent.Sending event) {
        line("sending", event.request().startLine());
    }

    @Override
    public void succeeded(MessageEvent.Succeeded event) {
        line(
                "succeeded",
                event.response().status() + " " + event.response().reason() + ", " + DELIVERIES.get(event.delivery()));
    }

    @Override
    public void failed(MessageEvent.Failed event) {
        line(
                "failed",
                event.cause()
                        + event.response()
                                .map(r -> " (" + r.status() + " " + r.reason() + ")")
                                .orElse("")
                        + (event.detail().isEmpty() ? "" : ": " + event.detail())
                        + ", " + DELIVERIES.get(event.delivery()));
    }

    @Override
    public void load(LoadResult result) {
        line(
                "load",
                String.format(
                        java.util.Locale.ROOT,
                        "%d messages, %d failures, %.1f per second, p50 %.3f ms, p99 %.3f ms",
                        result.messages(),
                        result.failures(),
                        result.perSecond(),
                        result.p50Millis(),
                        result.p99Millis()));
    }
}
