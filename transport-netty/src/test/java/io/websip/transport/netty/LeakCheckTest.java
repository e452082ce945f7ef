package io.websip.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.websip.kit.Await;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Runs after all other classes: no buffer of theirs may have been lost, and a lost one would have been seen. */
@Order(Integer.MAX_VALUE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeakCheckTest {
    private static final String DELIBERATE = "lost by LeakCheckTest on purpose";

    @Test
    @Order(1)
    void noTestLeakedABuffer() {
        collectGarbage();
        collectGarbage();
        assertThat(RecordingLeakDetector.LEAKS).isEmpty();
    }

    @Test
    @Order(2)
    void aLeakIsSeen() {
        loseABuffer();
        Await.until("the report of a lost buffer", () -> {
            collectGarbage();
            return RecordingLeakDetector.LEAKS.stream().anyMatch(leak -> leak.contains(DELIBERATE));
        });
    }

    private static void loseABuffer() {
        ByteBuf lost = ByteBufAllocator.DEFAULT.directBuffer(64);
        assertThat(lost.touch(DELIBERATE).refCnt()).isEqualTo(1);
    }

    private static void collectGarbage() {
        ReferenceQueue<Object> dead = new ReferenceQueue<>();
        PhantomReference<Object> witness = new PhantomReference<>(new Object(), dead);
        Await.until("a garbage collection", () -> {
            System.gc();
            return dead.poll() != null;
        });
        assertThat(witness.refersTo(null)).isTrue();
        // Netty reports what was lost when it next hands out a buffer.
        ByteBufAllocator.DEFAULT.directBuffer(64).release();
    }
}
