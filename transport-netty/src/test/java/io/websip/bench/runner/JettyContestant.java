package io.websip.bench.runner;

import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;

/** Jetty's WebSocket alone, whose frames are echoed. */
final class JettyContestant implements Contestant {
    private final WebSocketClient client = new WebSocketClient();
    private final Session session;
    private final String frame;
    private final Queue<BiConsumer<@Nullable Object, @Nullable Throwable>> waiting = new ConcurrentLinkedQueue<>();

    private final Callback failing =
            Callback.from(() -> {}, failure -> waiting.remove().accept(null, failure));

    /** @param size of each frame */
    JettyContestant(URI url, int size) throws Exception {
        frame = "x".repeat(size);
        ClientUpgradeRequest request = new ClientUpgradeRequest(url);
        request.setSubProtocols("sip");
        client.setIdleTimeout(Duration.ZERO); // it waits while others have their rounds
        client.start();
        session = client.connect(new Answers(waiting), request).get(10, TimeUnit.SECONDS);
    }

    /** Public for Jetty. */
    public static final class Answers implements Session.Listener.AutoDemanding {
        private final Queue<BiConsumer<@Nullable Object, @Nullable Throwable>> waiting;

        Answers(Queue<BiConsumer<@Nullable Object, @Nullable Throwable>> waiting) {
            this.waiting = waiting;
        }

        @Override
        public void onWebSocketText(String answer) {
            waiting.remove().accept(answer, null);
        }
    }

    @Override
    public void send(int place, BiConsumer<@Nullable Object, @Nullable Throwable> answered) {
        waiting.add(answered);
        session.sendText(frame, failing);
    }

    @Override
    public boolean chained() {
        return false;
    }

    @Override
    public String sizes() {
        return frame.length() + " 0";
    }

    @Override
    public void close() throws Exception {
        session.close();
        client.stop();
    }
}
