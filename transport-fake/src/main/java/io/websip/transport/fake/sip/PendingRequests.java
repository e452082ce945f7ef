package io.websip.transport.fake.sip;

import io.websip.sip.SipMessage;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import io.websip.transport.fake.ServerConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of what must not overlap: MESSAGEs of one agent to one target, and its REGISTERs for one address. A request is
 * pending until its final response has been sent, or its agent has given it up. Confined to the server's loop.
 */
final class PendingRequests {
    private record Pending(SipMethod method, Uri target, String branch, long since) {
        boolean overlaps(SipMethod otherMethod, Uri other) {
            return method.equals(otherMethod)
                    && (target instanceof SipUri a && other instanceof SipUri b ? a.matches(b) : target.equals(other));
        }
    }

    private final long timeout;
    private final boolean oneMessageAtATime;
    /** By connection, which stands for the agent, and within it by what targets that match have in common. */
    private final Map<ServerConnection, Map<String, List<Pending>>> pending = new HashMap<>();

    private final Map<ServerConnection, Map<String, String>> keys = new HashMap<>(); // by branch

    /** @param timeout in nanoseconds, after which agents give up */
    PendingRequests(long timeout, boolean oneMessageAtATime) {
        this.timeout = timeout;
        this.oneMessageAtATime = oneMessageAtATime;
    }

    /** The rule that the new request breaks by coming while another is pending; null if none. */
    @Nullable
    String begin(ServerConnection connection, SipRequest request, long now) {
        boolean register = request.method().equals(SipMethod.REGISTER) && changesBindings(request);
        if (!register && !(oneMessageAtATime && request.method().equals(SipMethod.MESSAGE))) {
            return null;
        }
        Uri target = register ? request.to().uri() : request.requestUri();
        String key = target instanceof SipUri sip ? sip.matchKey() : target.toString();
        String branch = request.topVia().branch().orElse("");
        List<Pending> same =
                pending.computeIfAbsent(connection, c -> new HashMap<>()).computeIfAbsent(key, k -> new ArrayList<>(1));
        same.removeIf(p -> {
            boolean over = now - p.since >= timeout;
            if (over) {
                forgetKey(connection, p.branch);
            }
            return over;
        });
        boolean overlaps = same.stream().anyMatch(p -> p.overlaps(request.method(), target));
        same.add(new Pending(request.method(), target, branch, now));
        keys.computeIfAbsent(connection, c -> new HashMap<>()).put(branch, key);
        if (!overlaps) {
            return null;
        }
        return register
                ? "RFC 3261 10.2: a REGISTER waits for the final response to the one before: " + target
                : "RFC 3428 8: one MESSAGE to a target is pending at a time (sendingPolicy(unlimited()) sends more): "
                        + target;
    }

    /** One without Contact only asks for the bindings, and need not wait (RFC 3261 sections 10.2 and 10.2.3). */
    private static boolean changesBindings(SipRequest register) {
        return register.headers().contains("Contact");
    }

    private @Nullable String forgetKey(ServerConnection connection, String branch) {
        Map<String, String> byBranch = keys.get(connection);
        return byBranch == null ? null : byBranch.remove(branch);
    }

    void sent(ServerConnection connection, byte[] message) {
        try {
            if (SipMessage.parse(message) instanceof SipResponse response && !response.isProvisional()) {
                response.verify();
                end(connection, response.topBranch().orElse(""));
            }
        } catch (SipParseException e) {
            return; // a script may send anything, and what is not SIP ends nothing
        }
    }

    private void end(ServerConnection connection, String branch) {
        String key = forgetKey(connection, branch);
        Map<String, List<Pending>> byKey = pending.get(connection);
        if (key == null || byKey == null) {
            return;
        }
        List<Pending> same = byKey.getOrDefault(key, List.of());
        same.removeIf(p -> p.branch.equals(branch));
        if (same.isEmpty()) {
            byKey.remove(key);
        }
    }

    void closed(ServerConnection connection) {
        pending.remove(connection);
        keys.remove(connection);
    }
}
