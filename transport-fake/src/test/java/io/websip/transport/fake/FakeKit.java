package io.websip.transport.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.Await;
import io.websip.kit.KitOptions;
import io.websip.kit.PeerServer;
import io.websip.transport.Transport;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The contract kit in virtual time: a {@link FakeNetwork} with its servers, and the loop that is driven to wait. */
final class FakeKit {
    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final FakeNetwork network = new FakeNetwork(loop);
    private int servers;

    FakeKit() {
        // The kit throws from tasks and listeners to see that it does no harm; whatever else is thrown fails the test.
        loop.onUncaught(thrown -> assertThat(thrown).as("thrown on the loop").hasMessageStartingWith("from a test's "));
    }

    Transport newTransport(KitOptions options) {
        return new FakeTransport(network, options.maxQueuedBytes());
    }

    PeerServer newServer() {
        return new FakePeerServer(this, network, "ws://server-" + ++servers + ".example.com");
    }

    /** Lets all arrive that is under way. */
    void runReady() {
        loop.runReady();
    }

    /** Runs what is ready, and lets time pass from deadline to deadline; other threads may bring more. */
    void await(String what, BooleanSupplier condition) {
        Await.until(what, () -> {
            if (condition.getAsBoolean()) {
                return true;
            }
            loop.runReady();
            if (condition.getAsBoolean()) {
                return true;
            }
            List<PendingTask> pending = loop.pending();
            if (!pending.isEmpty()) {
                loop.advanceBy(pending.get(0).in());
            }
            return false;
        });
    }
}
