package io.websip.transport.fake.sip;

import io.websip.loop.EventLoop;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.Via;
import io.websip.transport.fake.ServerConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings requests to bound agents and their answers back, as a proxy does (RFC 3261 section 16). Confined to the server's
 * loop.
 */
final class Relay {
    /** RFC 3261 section 17.1.2.2, timer F. */
    private static final Duration TIMEOUT = Duration.ofSeconds(32);

    private static final String HOST = "proxy.invalid";

    /**
     * A request on its way.
     *
     * @param from null if it is the server's own
     * @param sent as the agent has got it
     */
    private record Pending(
            @Nullable ServerConnection from,
            ServerConnection to,
            SipRequest request,
            SipRequest sent,
            Consumer<SipResponse> answer,
            EventLoop.Timer timer) {}

    private final EventLoop loop;
    private final String via;
    private final Map<String, Pending> pending = new HashMap<>(); // by branch
    private long branches;

    Relay(EventLoop loop, boolean secure) {
        this.loop = loop;
        this.via = "SIP/2.0/" + (secure ? "WSS " : "WS ") + HOST + ";branch=";
    }

    /**
     * Sends the request on; the answer has one Via less, and is 483 if it has no hops left, 480 if the way is gone, and
     * 408 if none comes. Credentials stay here.
     *
     * @param from on which it came; null for a request of the server's own
     */
    void forward(
            @Nullable ServerConnection from, SipRequest request, Registrar.Bound to, Consumer<SipResponse> answer) {
        int hops = request.maxForwards().orElse(70);
        if (hops == 0) {
            answer.accept(reply(request, 483));
            return;
        }
        String branch = Via.MAGIC_COOKIE + "-relay-" + ++branches;
        SipRequest sent = request.toBuilder()
                .requestUri(to.uri())
                .remove("Authorization")
                .remove("Proxy-Authorization")
                .remove("Route")
                .set("Max-Forwards", Integer.toString(hops - 1))
                .addFirst("Via", via + branch)
                .build();
        if (!to.connection().send(sent.toBytes())) {
            answer.accept(reply(request, 480));
            return;
        }
        EventLoop.Timer timer = loop.schedule(TIMEOUT, () -> {
            pending.remove(branch);
            answer.accept(reply(request, 408));
        });
        pending.put(branch, new Pending(from, to.connection(), request, sent, answer, timer));
    }

    private static SipResponse reply(SipRequest request, int status) {
        return SipResponse.to(request.headers(), status, null, "relay").build();
    }

    /**
     * An agent's response. Provisional ones go no further (RFC 4320 section 4.1), and one that nobody waits for is
     * discarded.
     *
     * @return the request that it answers, as the agent has got it; null if none waits
     */
    @Nullable
    SipRequest response(ServerConnection connection, SipResponse response) {
        String branch = response.topBranch().orElse("");
        Pending waiting = pending.get(branch);
        if (waiting == null || waiting.to != connection) {
            return null;
        }
        if (!response.isProvisional()) {
            pending.remove(branch);
            waiting.timer.cancel();
            waiting.answer.accept(waiting.from == null ? response : withoutTopVia(response));
        }
        return waiting.sent;
    }

    private static SipResponse withoutTopVia(SipResponse response) {
        List<String> vias = response.headers().list("Via");
        SipMessageBuilder<SipResponse> builder = response.toBuilder().remove("Via");
        for (int i = vias.size() - 1; i >= 1; i--) {
            builder.addFirst("Via", vias.get(i));
        }
        return builder.build();
    }

    /** No answer can come on it any more, and none can go back on it. */
    void closed(ServerConnection connection) {
        for (Map.Entry<String, Pending> entry : List.copyOf(pending.entrySet())) {
            Pending p = entry.getValue();
            if (p.from == connection || p.to == connection) {
                pending.remove(entry.getKey());
                p.timer.cancel();
            }
            if (p.to == connection && p.from != connection) {
                p.answer.accept(reply(p.request, 480));
            }
        }
    }
}
