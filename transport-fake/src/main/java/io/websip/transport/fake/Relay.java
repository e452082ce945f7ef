package io.websip.transport.fake;

import io.websip.loop.EventLoop;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.Via;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Brings requests to bound agents and their answers back, as a proxy does (RFC 3261 section 16). Confined to the server's
 * loop.
 */
final class Relay {
    private static final Duration TIMER_C = Duration.ofSeconds(32);
    private static final String HOST = "proxy.invalid";

    private record Pending(SipRequest request, CompletableFuture<SipResponse> answer, EventLoop.Timer timer) {}

    private final EventLoop loop;
    private final Map<String, Pending> pending = new HashMap<>();
    private long branches;

    Relay(EventLoop loop) {
        this.loop = loop;
    }

    /** Sends the request on; the answer has one Via less, and is 408 if none comes, 480 if the way is gone. */
    CompletableFuture<SipResponse> forward(SipRequest request, Registrar.Bound to) {
        CompletableFuture<SipResponse> answer = new CompletableFuture<>();
        String branch = Via.MAGIC_COOKIE + "-relay-" + ++branches;
        SipMessageBuilder<SipRequest> builder = request.toBuilder()
                .requestUri(to.uri())
                .remove("Proxy-Authorization")
                .remove("Route")
                .addFirst("Via", "SIP/2.0/WS " + HOST + ";branch=" + branch);
        request.maxForwards().ifPresent(hops -> builder.set("Max-Forwards", Integer.toString(Math.max(0, hops - 1))));
        if (!to.connection().send(builder.build().toBytes())) {
            answer.complete(
                    SipResponse.to(request.headers(), 480, null, "relay").build());
            return answer;
        }
        EventLoop.Timer timer = loop.schedule(TIMER_C, () -> {
            pending.remove(branch);
            answer.complete(
                    SipResponse.to(request.headers(), 408, null, "relay").build());
        });
        pending.put(branch, new Pending(request, answer, timer));
        return answer;
    }

    /** An agent's response; one that nobody waits for is discarded. */
    void response(SipResponse response) {
        String branch = response.topVia().branch().orElse("");
        if (response.isProvisional()) {
            return;
        }
        Pending waiting = pending.remove(branch);
        if (waiting == null) {
            return;
        }
        waiting.timer.cancel();
        List<String> vias = response.headers().list("Via");
        SipMessageBuilder<SipResponse> builder = response.toBuilder().remove("Via");
        for (int i = vias.size() - 1; i >= 1; i--) {
            builder.addFirst("Via", vias.get(i));
        }
        if (vias.size() == 1) {
            waiting.answer.complete(response); // a request of the server's own
        } else {
            waiting.answer.complete(builder.build());
        }
    }

    void forget() {
        pending.values().forEach(p -> p.timer.cancel());
        pending.clear();
    }
}
