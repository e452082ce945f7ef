package io.websip.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.Await;
import io.websip.kit.GuestContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NettyGuestTest extends GuestContract {
    /** With it, Netty 4.2.20 leaves a listener with the JDK's flight recorder, which holds Netty's class loader. */
    private static final String JFR = "io.netty.jfr.enabled";

    @BeforeEach
    void withoutFlightRecorder() {
        System.setProperty(JFR, "false");
    }

    @AfterEach
    void asBefore() {
        System.clearProperty(JFR);
    }

    /** Once this fails, Netty has mended it, and neither the property nor the README's word on it is needed. */
    @Test
    void netty4220HoldsItsClassLoaderByTheFlightRecorder() throws Exception {
        System.clearProperty(JFR);
        WeakReference<ClassLoader> held = usedLoader();
        System.setProperty(JFR, "false");
        WeakReference<ClassLoader> later = usedLoader();
        usedLoader(); // takes the JDK's caches from the one before
        Await.until("the end of the later loader", () -> {
            System.gc();
            return later.get() == null;
        });
        assertThat(held.get()).isNotNull();
    }

    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }

    /** A loop, and one that looks up. */
    @Override
    protected int mostThreads() {
        return 2;
    }
}
