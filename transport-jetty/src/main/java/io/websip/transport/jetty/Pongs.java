package io.websip.transport.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Answers pings, one pong at a time: a peer that pings and does not read must not fill our memory, and only the latest ping
 * needs its pong (RFC 6455 section 5.5.3). Thread-safe.
 */
final class Pongs {
    private final CoreSession session;
    private boolean sending;
    private byte @Nullable [] owed;

    Pongs(CoreSession session) {
        this.session = session;
    }

    void answer(byte[] payload) {
        synchronized (this) {
            if (sending) {
                owed = payload;
                return;
            }
            sending = true;
        }
        send(payload);
    }

    private void send(byte[] payload) {
        session.sendFrame(new Frame(OpCode.PONG, ByteBuffer.wrap(payload)), Callback.from(this::sent), false);
    }

    private void sent() {
        byte[] next;
        synchronized (this) {
            next = owed;
            owed = null;
            sending = next != null;
        }
        if (next != null) {
            send(next);
        }
    }
}
