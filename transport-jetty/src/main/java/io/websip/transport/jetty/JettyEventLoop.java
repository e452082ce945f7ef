package io.websip.transport.jetty;

import io.websip.transport.socket.SharedEventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** An agent's view of a {@link LoopThread}, which it may share with other agents. Thread-safe. */
final class JettyEventLoop extends SharedEventLoop {
    private final LoopThread thread;

    JettyEventLoop(
            JettyTransport transport,
            LoopThread thread,
            Executor callbacks,
            Consumer<? super SharedEventLoop> onClosed) {
        super(transport, callbacks, onClosed);
        this.thread = thread;
    }

    LoopThread thread() {
        return thread;
    }

    @Override
    protected void give(Runnable task) {
        thread.execute(task);
    }

    @Override
    protected Future<?> alarm(Runnable task, long nanos) {
        return thread.schedule(task, nanos);
    }

    @Override
    public boolean inLoop() {
        return thread.isCurrent();
    }
}
