package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.Transport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection ends: by either side, in an orderly way or not, and that its listener is told once and last. */
public abstract class ClosingContract extends TransportContract {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // ---- by us ----

    @ParameterizedTest
    @CsvSource({"1000, ''", "1000, done", "3000, library", "4999, 'gr\u00fc\u00df dich'"})
    void closeSendsCodeAndReason(int code, String reason) {
        Session session = open();
        session.connection().close(code, reason);
        assertThat(session.peer().read()).isEqualTo(Frame.close(code, reason));
        session.peer().send(Frame.close(code, reason));
        assertThat(session.listener().awaitClosed()).isEqualTo(new Closure.Closed(code, reason));
    }

    @Test
    void whatWasAcceptedIsWrittenBeforeTheCloseFrame() {
        Session session = open();
        for (int i = 0; i < 500; i++) {
            assertThat(session.connection().send(bytes("m" + i))).isTrue();
        }
        session.connection().close(1000, "");
        for (int i = 0; i < 500; i++) {
            assertThat(session.peer().read().asText()).isEqualTo("m" + i);
        }
        session.peer().read(Frame.CLOSE);
        session.peer().send(Frame.close(1000, ""));
    }

    @Test
    void sendAndPingAfterCloseDoNothing() {
        Session session = open();
        session.connection().close(1000, "");
        assertThat(session.connection().send(bytes("late"))).isFalse();
        session.connection().ping(bytes("late"));
        session.peer().read(Frame.CLOSE);
        session.peer().send(Frame.close(1000, ""));
        session.peer().finish();
        session.listener().awaitClosed();
        assertThat(session.connection().send(bytes("later"))).isFalse();
        assertThat(session.peer().endsWithoutAnotherByte()).isTrue();
    }

    @Test
    void onlyTheFirstCloseCounts() {
        Session session = open();
        session.connection().close(4001, "first");
        session.connection().close(4002, "second");
        assertThat(session.peer().read()).isEqualTo(Frame.close(4001, "first"));
        session.peer().send(Frame.close());
        session.peer().finish();
        session.listener().awaitClosed();
        assertThat(session.peer().endsWithoutAnotherByte()).isTrue();
    }

    @Test
    void closeFromWithinAListener() {
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        Session session = open(transport, loop, server(), listener);
        listener.whenMessage(message ->
                listener.hearsNothingDuring(() -> session.connection().close(1000, "enough")));
        session.peer().send(Frame.text("stop"));
        assertThat(session.peer().readClose().closeReason()).isEqualTo("enough");
        session.peer().send(Frame.close(1000, ""));
        listener.awaitClosed(Closure.Closed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 1001, 1002, 1005, 1006, 1015, 2999, 5000, 65_536})
    void aCloseCodeOutOfBoundsIsAnErrorOfTheCaller(int code) {
        Session session = open();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.connection().close(code, ""))
                .withMessageContaining(String.valueOf(code));
        assertThat(session.connection().send(bytes("still open"))).isTrue();
    }

    @Test
    void aCloseReasonIsAtMost123BytesOfUtf8() {
        Session session = open();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.connection().close(1000, "\u20ac".repeat(41) + "x"))
                .withMessageContaining("124");
        session.connection().close(1000, "\u20ac".repeat(41));
        assertThat(session.peer().readClose().closeReason()).isEqualTo("\u20ac".repeat(41));
    }

    // ---- by abort ----

    @Test
    void abortCutsWithoutACloseFrame() {
        Session session = open();
        session.connection().abort();
        assertThat(session.connection().send(bytes("late"))).isFalse();
        assertThat(session.peer().endsWithoutAnotherByte()).isTrue();
        session.listener().awaitClosed(Closure.Failed.class);
    }

    @Test
    void abortCutsACloseShort() {
        Session session = open();
        session.connection().close(1000, "");
        session.peer().read(Frame.CLOSE);
        session.connection().abort();
        session.listener().awaitClosed();
        assertThat(session.peer().endsWithoutAnotherByte()).isTrue();
    }

    @Test
    void abortFromWithinAListenerIsToldAfterwards() {
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        Session session = open(transport, loop, server(), listener);
        listener.whenMessage(message -> listener.hearsNothingDuring(session.connection()::abort));
        session.peer().send(Frame.text("stop"));
        listener.awaitClosed(Closure.Failed.class);
    }

    @Test
    void allCallsAfterTheEndDoNothing() {
        Session session = open();
        session.peer().close();
        session.listener().awaitClosed();
        Connection connection = session.connection();
        assertThatCode(() -> {
                    connection.abort();
                    connection.close(1000, "");
                    connection.ping(new byte[0]);
                    connection.abort();
                })
                .doesNotThrowAnyException();
        assertThat(connection.send(bytes("x"))).isFalse();
    }

    // ---- by the peer ----

    @ParameterizedTest
    @CsvSource({
        "1000, ''",
        "1001, going away",
        "1002, ''",
        "1003, ''",
        "1007, ''",
        "1008, policy",
        "1009, ''",
        "1010, ''",
        "1011, 'gr\u00fc\u00df dich'",
        "1012, restart",
        "1013, ''",
        "1014, ''",
        "3000, ''",
        "4999, ''"
    })
    void thePeersCodeAndReasonAreToldAndAnswered(int code, String reason) {
        Session session = open();
        session.peer().send(Frame.close(code, reason));
        assertThat(session.listener().awaitClosed()).isEqualTo(new Closure.Closed(code, reason));
        assertThat(session.peer().read(Frame.CLOSE).closeCode()).isEqualTo(code);
    }

    @Test
    void aCloseWithoutCodeIsToldAs1005AndAnswered() {
        Session session = open();
        session.peer().send(Frame.close());
        assertThat(session.listener().awaitClosed()).isEqualTo(new Closure.Closed(1005, ""));
        session.peer().read(Frame.CLOSE);
    }

    @Test
    void anEndOfTcpWithoutACloseFrameIsAFailure() {
        Session session = open();
        session.peer().send(Frame.text("last words"));
        session.peer().close();
        session.listener().awaitClosed(Closure.Failed.class);
        assertThat(session.listener().awaitTexts(1)).containsExactly("last words");
    }

    // ---- by the listener's exceptions, and by the transport ----

    @Test
    void aListenerThatThrowsHarmsNothing() {
        Session session = open();
        session.listener().whenMessage(message -> {
            throw new IllegalStateException("from a test's listener");
        });
        session.peer().send(Frame.text("one"), Frame.text("two"));
        assertThat(session.listener().awaitMessages(2)).hasSize(2);
        assertThat(session.connection().send(bytes("still there"))).isTrue();
        assertThat(session.peer().read().asText()).isEqualTo("still there");
    }

    @Test
    void closingTheTransportEndsEveryConnectionAndEveryAttempt() {
        Transport transport = transport(DEFAULTS);
        PeerServer server = server();
        Session open = open(transport, transport.newEventLoop(), server);
        server.stayMuteNext();
        RecordingListener opening = connect(transport, server.address());
        server.accept().welcome();
        transport.close();
        open.listener().awaitClosed();
        opening.awaitClosed(Closure.Failed.class);
        assertThat(open.connection().send(bytes("x"))).isFalse();
        assertThat(open.peer().readCloseOrEnd()).isTrue();
        assertThatCode(transport::close).doesNotThrowAnyException();
    }

    @Test
    void theTransportMayBeClosedFromACallback() {
        Session session = open();
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        PeerServer server = server();
        RecordingListener listener = listener(loop);
        Session other = open(transport, loop, server, listener);
        loop.callbackExecutor().execute(transport::close);
        other.listener().awaitClosed();
        assertThat(session.connection().send(bytes("another transport lives on")))
                .isTrue();
    }
}
