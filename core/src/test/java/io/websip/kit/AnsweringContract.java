package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static io.websip.kit.KitOptions.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.transport.Closure;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is owed to a ping and to a close frame, and what is made of the peer's; and a connection that is cut within a frame. */
public abstract class AnsweringContract extends OctetContract {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125})
    void aPingIsAnsweredWithItsPayload(int length) {
        RawSession session = openRaw();
        session.peer().send(Frame.ping("p".repeat(length)));
        assertThat(session.peer().read()).isEqualTo(Frame.pong("p".repeat(length)));
    }

    @Test
    void aFloodOfPingsIsSurvived() {
        RawSession session = openRaw();
        byte[] payload = new byte[125];
        Frame[] pings = new Frame[2_000];
        Arrays.fill(pings, Frame.of(Frame.PING, payload));
        for (int i = 0; i < 20; i++) {
            session.peer().send(pings);
        }
        session.peer().send(Frame.ping("last"), Frame.text("done"));
        assertThat(session.listener().awaitTexts(1)).containsExactly("done");
        Frame pong = session.peer().read(Frame.PONG);
        while (!pong.equals(Frame.pong("last"))) {
            pong = session.peer().read(Frame.PONG);
        }
    }

    @Test
    void theCodeOfThePeersAnswerIsTold() {
        RawSession session = openRaw();
        session.connection().close(1000, "ours");
        session.peer().readClose();
        session.peer().send(Frame.close(4001, "theirs"));
        assertThat(session.listener().awaitClosed()).isEqualTo(new Closure.Closed(4001, "theirs"));
    }

    @Test
    void whatThePeerSentBeforeItsAnswerIsStillTold() {
        RawSession session = openRaw();
        session.connection().close(1000, "");
        session.peer().readClose();
        session.peer().send(Frame.text("on its way"), Frame.close(1000, ""));
        session.listener().awaitClosed();
        assertThat(session.listener().awaitTexts(1)).containsExactly("on its way");
    }

    @Test
    void nothingIsToldAfterThePeersCloseFrame() {
        RawSession session = openRaw();
        session.peer().send(Frame.text("before"), Frame.close(1000, ""), Frame.text("after"), Frame.ping("after"));
        session.listener().awaitClosed(Closure.Closed.class);
        session.peer().read(Frame.CLOSE);
        assertThat(session.listener().awaitTexts(1)).containsExactly("before");
    }

    @Test
    void aPeerThatHangsUpInsteadOfAnsweringOurCloseIsClosedAsAsked() {
        RawSession session = openRaw();
        session.connection().close(4001, "bye");
        session.peer().readClose();
        session.peer().close();
        assertThat(session.listener().awaitClosed()).isEqualTo(new Closure.Closed(4001, "bye"));
    }

    @Test
    void aPeerThatNeverAnswersOurCloseIsCutOffAtTheCloseTimeout() {
        RawSession session = openRaw(DEFAULTS.withCloseTimeout(SHORT));
        session.connection().close(4001, "bye");
        session.peer().read(Frame.CLOSE);
        assertThat(session.listener().awaitClosed()).isEqualTo(new Closure.Closed(4001, "bye"));
        assertThat(session.peer().endsWithoutAnotherByte()).isTrue();
    }

    @Test
    void anEndOfTcpInTheMiddleOfAFrameIsAFailure() {
        RawSession session = openRaw();
        byte[] frame = Frame.text("never whole").encode();
        session.peer().write(Arrays.copyOf(frame, 5));
        session.peer().close();
        session.listener().awaitClosed(Closure.Failed.class);
        assertThat(session.listener().messageCount()).isZero();
    }

    @Test
    void aResetInTheMiddleOfAFrameIsAFailureThatNamesTheAddress() {
        RawWebSocketServer server = rawServer();
        RawSession session = openRaw(transport(DEFAULTS), server);
        byte[] frame = Frame.text("never whole").encode();
        session.peer().send(Frame.text("whole"));
        session.listener().awaitMessages(1);
        session.peer().write(Arrays.copyOf(frame, 5));
        session.peer().reset();
        assertThat(session.listener().awaitClosed(Closure.Failed.class).cause())
                .hasMessageContaining(server.address().toString());
    }

    @Test
    void aResetBetweenFragmentsIsAFailure() {
        RawSession session = openRaw();
        session.peer().send(Frame.text("half").notLast());
        session.peer().reset();
        session.listener().awaitClosed(Closure.Failed.class);
    }
}
