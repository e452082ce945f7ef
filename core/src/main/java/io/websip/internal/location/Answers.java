package io.websip.internal.location;

import io.websip.dns.DnsAnswer;
import io.websip.dns.DnsException;
import io.websip.loop.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way of an answer from the resolver's thread to the loop. */
final class Answers {
    /** What is done with it: one of the two is null. */
    interface Handler<T> {
        void done(@Nullable DnsAnswer<T> answer, @Nullable Throwable thrown);
    }

    private Answers() {}

    /** What a resolver throws is a failure like another. */
    static <T> CompletableFuture<DnsAnswer<T>> guarded(Supplier<CompletableFuture<DnsAnswer<T>>> question) {
        try {
            CompletableFuture<DnsAnswer<T>> future = question.get();
            return future == null ? CompletableFuture.failedFuture(new DnsException("no future was returned")) : future;
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * The answer becomes a task of the loop.
     *
     * @param lock a loop that was closed under the engine runs the task at once, in the thread of the resolver, of which
     *     there may be several
     */
    static <T> void whenDone(CompletableFuture<DnsAnswer<T>> future, EventLoop loop, Object lock, Handler<T> handler) {
        future.whenComplete((answer, thrown) -> loop.execute(() -> {
            synchronized (lock) {
                handler.done(answer, thrown == null ? null : unwrapped(thrown));
            }
        }));
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
    }
}
