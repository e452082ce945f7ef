package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static io.websip.kit.KitOptions.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.transport.Closure;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What is sent and not read does not pile up without bound, and holds nobody up. */
public abstract class LimitsContract extends TransportContract {
    @Test
    void aMessageAboveTheCapOnQueuedBytesIsNotAccepted() {
        Session session = open(DEFAULTS.withMaxQueuedBytes(1_000));
        assertThat(session.connection().send(new byte[1_001])).isFalse();
        assertThat(session.connection().send(new byte[1_000])).isTrue();
        assertThat(session.peer().read().payload()).hasSize(1_000);
    }

    @Test
    void aPeerThatDoesNotReadMakesSendFalseUntilItReadsAgain() {
        Session session = open(DEFAULTS.withMaxQueuedBytes(200_000));
        int accepted = fill(session);
        for (int i = 0; i < accepted; i++) {
            assertThat(ByteBuffer.wrap(session.peer().read().payload()).getInt())
                    .isEqualTo(i);
        }
        await("a send that is accepted", () -> session.connection().send(numbered(accepted)));
        assertThat(session.peer().read().payload()).isEqualTo(numbered(accepted));
    }

    @Test
    void aPeerThatDoesNotReadDoesNotHoldUpClose() {
        Session session = open(DEFAULTS.withMaxQueuedBytes(200_000).withCloseTimeout(SHORT));
        fill(session);
        session.connection().close(4001, "");
        assertThat(session.listener().awaitClosed()).isEqualTo(new Closure.Closed(4001, ""));
    }

    @Test
    void aPeerThatDoesNotReadDoesNotHoldUpAbort() {
        Session session = open(DEFAULTS.withMaxQueuedBytes(200_000));
        fill(session);
        session.connection().abort();
        session.listener().awaitClosed(Closure.Failed.class);
    }

    /** Sends until the cap has been met and nothing moves any more. */
    private int fill(Session session) {
        session.peer().stopReading();
        int accepted = 0;
        while (true) {
            while (session.connection().send(numbered(accepted))) {
                accepted++;
            }
            // The loop may have more to give to the socket; when it had its turn and nothing was freed, TCP is full
            // too.
            onLoop(session.loop(), () -> {});
            onLoop(session.loop(), () -> {});
            if (!session.connection().send(numbered(accepted))) {
                return accepted;
            }
            accepted++;
        }
    }

    private static byte[] numbered(int number) {
        return ByteBuffer.allocate(50_000).putInt(number).array();
    }
}
