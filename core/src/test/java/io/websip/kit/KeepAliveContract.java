package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static io.websip.kit.KitOptions.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.transport.Closure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ping and pong in both directions, and a peer that is there no more. */
public abstract class KeepAliveContract extends TransportContract {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125})
    void ourPingReachesThePeerAndItsPongTheListener(int length) {
        Session session = open();
        byte[] payload = "p".repeat(length).getBytes(StandardCharsets.UTF_8);
        session.connection().ping(payload);
        assertThat(session.peer().read()).isEqualTo(Frame.of(Frame.PING, payload));
        session.peer().send(Frame.of(Frame.PONG, payload));
        assertThat(session.listener().awaitPongs(1)).containsExactly(payload);
    }

    @Test
    void aPongThatNobodyAskedForIsTold() {
        Session session = open();
        session.peer().send(Frame.pong("here I am"));
        assertThat(session.listener().awaitPongs(1)).containsExactly("here I am".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPingIsAtMost125Bytes() {
        Session session = open();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.connection().ping(new byte[126]))
                .withMessageContaining("126");
        assertThat(session.connection().send(new byte[] {'x'})).isTrue();
    }

    @Test
    void pingsAndMessagesLeaveInTheOrderInWhichTheyWereGiven() {
        Session session = open();
        assertThat(session.connection().send(new byte[] {'a'})).isTrue();
        session.connection().ping(new byte[] {'b'});
        assertThat(session.connection().send(new byte[] {'c'})).isTrue();
        assertThat(session.peer().read()).isEqualTo(Frame.text("a"));
        assertThat(session.peer().read()).isEqualTo(Frame.ping("b"));
        assertThat(session.peer().read()).isEqualTo(Frame.text("c"));
    }

    @Test
    void aHalfOpenPeerIsLeftToTheEngineAndCanBeClosed() {
        Session session = open(DEFAULTS.withCloseTimeout(SHORT));
        session.peer().vanish();
        for (int i = 0; i < 10; i++) {
            session.connection().ping(new byte[] {(byte) i});
        }
        assertThat(session.connection().send(new byte[] {'x'})).isTrue();
        session.connection().close(4000, "no pong");
        assertThat(session.listener().awaitClosed()).isEqualTo(new Closure.Closed(4000, "no pong"));
    }
}
