package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.ConnectionListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records what a connection tells, and checks by itself what {@link ConnectionListener} promises: the thread, one call at a
 * time, open at most once and first, closed exactly once and last. Thread-safe.
 */
public final class RecordingListener implements ConnectionListener {
    private final EventLoop loop;
    private final BiConsumer<String, BooleanSupplier> await;

    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<byte[]> messages = new ArrayList<>();
    private final List<byte[]> pongs = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean open;
    private volatile @Nullable Closure closure;
    private volatile @Nullable Thread quiet;
    private volatile Runnable onOpen = () -> {};
    private volatile Consumer<byte[]> onMessage = message -> {};
    private volatile Consumer<Closure> onClosed = why -> {};

    /** Records one connection on the given loop, and waits as the suite does. */
    public RecordingListener(EventLoop loop, BiConsumer<String, BooleanSupplier> await) {
        this.loop = loop;
        this.await = await;
    }

    /** Lets the listener do something when the connection opens. */
    public RecordingListener whenOpen(Runnable action) {
        onOpen = action;
        return this;
    }

    /** Lets the listener do something with each message. */
    public RecordingListener whenMessage(Consumer<byte[]> action) {
        onMessage = action;
        return this;
    }

    /** Lets the listener do something when it is over. */
    public RecordingListener whenClosed(Consumer<Closure> action) {
        onClosed = action;
        return this;
    }

    @Override
    public void onOpen() {
        call("onOpen", () -> {
            if (open) {
                violations.add("onOpen a second time");
            }
            open = true;
            onOpen.run();
        });
    }

    @Override
    public void onMessage(byte[] message) {
        call("onMessage", () -> {
            mustBeOpen("onMessage");
            synchronized (messages) {
                messages.add(message);
            }
            onMessage.accept(message);
        });
    }

    @Override
    public void onPong(byte[] payload) {
        call("onPong", () -> {
            mustBeOpen("onPong");
            synchronized (pongs) {
                pongs.add(payload);
            }
        });
    }

    @Override
    public void onClosed(Closure why) {
        call("onClosed", () -> {
            closure = why;
            onClosed.accept(why);
        });
    }

    private void call(String name, Runnable body) {
        if (!loop.inLoop()) {
            violations.add(name + " was called on " + Thread.currentThread().getName() + ", which is not the loop");
        }
        if (closure != null) {
            violations.add(name + " was called after onClosed");
        }
        if (quiet == Thread.currentThread()) {
            violations.add(name + " was called within a call of the port");
        }
        if (inside.getAndIncrement() != 0) {
            violations.add(name + " was called within another call of the listener");
        }
        try {
            body.run();
        } finally {
            inside.decrementAndGet();
        }
    }

    private void mustBeOpen(String name) {
        if (!open) {
            violations.add(name + " was called before onOpen");
        }
    }

    /** Runs a call of the port within which the listener must not be called. */
    public void hearsNothingDuring(Runnable call) {
        quiet = Thread.currentThread();
        try {
            call.run();
        } finally {
            quiet = null;
        }
    }

    /** Whether onOpen was called. */
    public boolean wasOpened() {
        return open;
    }

    /** How many messages there were. */
    public int messageCount() {
        synchronized (messages) {
            return messages.size();
        }
    }

    /** The messages until now. */
    public List<byte[]> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    /** Waits for the opening. */
    public void awaitOpen() {
        await.accept("onOpen", () -> open || closure != null);
        assertThat(open).as("opened, and not %s", closure).isTrue();
    }

    /** Waits for that many messages since the start, and returns them all. */
    public List<byte[]> awaitMessages(int count) {
        await.accept(count + " messages", () -> messageCount() >= count || closure != null);
        assertThat(messageCount()).as("messages, when closure was %s", closure).isGreaterThanOrEqualTo(count);
        return messages();
    }

    /** Waits for that many messages since the start, and returns them as text. */
    public List<String> awaitTexts(int count) {
        return awaitMessages(count).stream()
                .map(message -> new String(message, StandardCharsets.UTF_8))
                .toList();
    }

    /** Waits for that many pongs since the start, and returns them all. */
    public List<byte[]> awaitPongs(int count) {
        await.accept(count + " pongs", () -> {
            synchronized (pongs) {
                return pongs.size() >= count;
            }
        });
        synchronized (pongs) {
            return List.copyOf(pongs);
        }
    }

    /** Waits for the end. */
    public Closure awaitClosed() {
        await.accept("onClosed", () -> closure != null);
        Closure why = closure;
        if (why == null) {
            throw new AssertionError("not closed");
        }
        return why;
    }

    /** Waits for an end of the given kind. */
    public <T extends Closure> T awaitClosed(Class<T> kind) {
        Closure why = awaitClosed();
        assertThat(why).isInstanceOf(kind);
        return kind.cast(why);
    }

    /** Fails if a promise was broken until now. */
    public void assertPromisesKept() {
        assertThat(violations).as("promises broken to the listener").isEmpty();
    }
}
