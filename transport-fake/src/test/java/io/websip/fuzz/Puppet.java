package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.SipLimits;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.Closure;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.ServerConnection;
import io.websip.transport.fake.ServerHandler;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server that says what it is told, and looks whether all that comes is clean. */
final class Puppet implements ServerHandler {
    static final String URL = "ws://sip.example.com";

    private final Map<String, Integer> statuses = new HashMap<>(); // by Call-ID
    private @Nullable ServerConnection connection;
    private @Nullable SipRequest last;

    Puppet(FakeNetwork network) {
        network.listen(URL, this);
    }

    @Override
    public void onOpen(ServerConnection opened) {
        connection = opened;
    }

    @Override
    public void onClosed(ServerConnection closed, Closure why) {
        if (connection == closed) {
            connection = null;
        }
    }

    @Override
    public void onMessage(ServerConnection from, byte[] message) {
        if (new String(message, StandardCharsets.ISO_8859_1).isBlank()) {
            assertThat(message.length).isBetween(2, 4); // a keep-alive
            return;
        }
        SipMessage parsed;
        try {
            parsed = SipMessage.parse(message, new SipLimits(1 << 20, 1_000, 1 << 16));
        } catch (SipParseException e) {
            assertThat(new String(message, StandardCharsets.UTF_8))
                    .as("only the refusal of a broken request may lack what that lacked")
                    .matches("(?s)SIP/2\\.0 (400|505|513) .*");
            return;
        }
        Clean.rows(parsed);
        if (parsed instanceof SipRequest request) {
            verified(request);
            last = request;
        } else if (parsed instanceof SipResponse response) {
            statuses.merge(response.callId(), response.status(), Math::max);
        }
    }

    private static void verified(SipRequest request) {
        try {
            request.verify();
        } catch (SipParseException e) {
            throw new AssertionError("the agent sent a malformed request", e);
        }
    }

    /** Whether an agent is connected. */
    boolean isConnected() {
        return connection != null;
    }

    /** Sends the octets, with the marks of the agent's last request replaced. */
    void say(byte[] frame) {
        ServerConnection open = connection;
        if (open != null) {
            open.send(replaced(frame));
        }
    }

    /** The highest status with which requests of this Call-ID were answered; 0 for none. */
    int statusOf(String callId) {
        return statuses.getOrDefault(callId, 0);
    }

    private byte[] replaced(byte[] frame) {
        SipRequest request = last;
        String text = new String(frame, StandardCharsets.ISO_8859_1);
        if (request == null || text.indexOf('$') < 0) {
            return frame;
        }
        return text.replace("$V", first(request, "Via"))
                .replace("$F", first(request, "From"))
                .replace("$T", first(request, "To"))
                .replace("$I", first(request, "Call-ID"))
                .replace("$C", first(request, "CSeq"))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String first(SipRequest request, String name) {
        return request.headers().first(name).orElseThrow();
    }
}
