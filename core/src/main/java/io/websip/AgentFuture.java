package io.websip;

import io.websip.loop.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future of an agent. Waiting for it inside a listener of the same agent would wait for ever, so that is refused; and
 * waiting for it on a virtual loop lets the loop run.
 */
final class AgentFuture<T> extends CompletableFuture<T> {
    private final EventLoop loop;
    private final CallbackLane lane;

    AgentFuture(EventLoop loop, CallbackLane lane) {
        this.loop = loop;
        this.lane = lane;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new AgentFuture<>(loop, lane);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        beforeWaiting();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        beforeWaiting();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        beforeWaiting();
        return super.join();
    }

    private void beforeWaiting() {
        if (isDone()) {
            return;
        }
        if (lane.isCurrentThread() || loop.inLoop()) {
            throw new IllegalStateException(
                    "a listener must not wait for a future of its own agent, which completes after it returns;"
                            + " use whenComplete or thenAccept");
        }
        loop.runUntil(this::isDone);
    }
}
