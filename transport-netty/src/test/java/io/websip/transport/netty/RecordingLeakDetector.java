package io.websip.transport.netty;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Netty's leak detector, which keeps what it found for {@link LeakCheckTest}. Netty makes it, by its name. */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {
    static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    /** As Netty calls it, but for the next. */
    public RecordingLeakDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
    }

    /** As Netty looks for first, and complains if it is not there. */
    @SuppressWarnings("deprecation")
    public RecordingLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
        super(resourceType, samplingInterval, maxActive);
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        LEAKS.add(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        LEAKS.add(resourceType);
    }
}
