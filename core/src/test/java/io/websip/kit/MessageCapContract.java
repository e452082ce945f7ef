package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.transport.Closure;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** No message that is too long comes in, whatever the frames are. */
public abstract class MessageCapContract extends OctetContract {
    @Test
    void aMessageOfExactlyTheCapIsReceived() {
        RawSession session = openRaw(DEFAULTS.withMaxMessageBytes(1_000));
        session.peer().send(Frame.binary(new byte[1_000]));
        assertThat(session.listener().awaitMessages(1).get(0)).hasSize(1_000);
        session.peer().send(Frame.binary(new byte[400]).notLast(), Frame.of(Frame.CONTINUATION, new byte[600]));
        assertThat(session.listener().awaitMessages(2).get(1)).hasSize(1_000);
    }

    @Test
    void aLongerFrameClosesWith1009() {
        RawSession session = openRaw(DEFAULTS.withMaxMessageBytes(1_000));
        session.peer().send(Frame.binary(new byte[1_001]));
        closesWith1009(session);
    }

    @Test
    void aLongerFrameClosesWith1009BeforeItsPayloadCame() {
        RawSession session = openRaw(DEFAULTS.withMaxMessageBytes(1_000));
        session.peer()
                .write(ByteBuffer.allocate(10)
                        .put((byte) 0x82)
                        .put((byte) 127)
                        .putLong(1L << 62)
                        .array());
        closesWith1009(session);
    }

    @Test
    void aLongerMessageInFragmentsClosesWith1009() {
        RawSession session = openRaw(DEFAULTS.withMaxMessageBytes(1_000));
        session.peer().send(Frame.binary(new byte[600]).notLast(), Frame.of(Frame.CONTINUATION, new byte[401]));
        closesWith1009(session);
    }

    private static void closesWith1009(RawSession session) {
        assertThat(session.peer().readClose().closeCode()).isEqualTo(1009);
        assertThat(session.listener().awaitClosed(Closure.Closed.class).code()).isEqualTo(1009);
        assertThat(session.listener().messageCount()).isZero();
    }
}
