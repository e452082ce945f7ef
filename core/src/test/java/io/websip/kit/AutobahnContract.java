package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.transport.Closure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the fuzzing server of the Autobahn test suite asks of a client that echoes, each case named by its section there.
 * Sections 12 and 13, on compression, are not among them. Where a peer closes or breaks a rule right behind a message, the
 * echo may or may not be out before the end; that the client was told the message is demanded in either case.
 */
public abstract class AutobahnContract extends OctetContract {
    private static final KitOptions LARGE =
            DEFAULTS.withMaxMessageBytes(16 << 20).withMaxQueuedBytes(16 << 20);

    /** Opens a connection whose client sends each message back. */
    private RawSession openEchoing() {
        RawSession session = openRaw(LARGE);
        session.listener().whenMessage(message -> session.connection().send(message));
        return session;
    }

    static Stream<AutobahnCase> cases() {
        return Stream.of(AutobahnFrames.all(), AutobahnUtf8.all(), AutobahnClosing.all(), AutobahnLimits.all())
                .flatMap(part -> part);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void autobahn(AutobahnCase each) {
        RawSession session = openEchoing();
        each.pieces().forEach(session.peer()::write);
        List<Frame> echoes = new ArrayList<>();
        List<Frame> pongs = new ArrayList<>();
        if (each.codes().isEmpty()) {
            for (int i = 0; i < each.echoes().size() + each.pongs().size(); i++) {
                sort(session.peer().read(), echoes, pongs);
            }
            assertThat(echoes).isEqualTo(each.echoes());
            assertThat(pongs).isEqualTo(each.pongs());
            session.peer().send(Frame.close(1000, ""));
            ends(session, List.of(1000), session.peer().read(Frame.CLOSE));
        } else {
            Frame close = session.peer().read();
            while (close.opcode() != Frame.CLOSE) {
                sort(close, echoes, pongs);
                close = session.peer().read();
            }
            assertThat(echoes).isEqualTo(firstOf(each.echoes(), echoes.size()));
            assertThat(pongs).isEqualTo(firstOf(each.pongs(), pongs.size()));
            ends(session, each.codes(), close);
        }
        assertThat(session.listener().messages())
                .containsExactlyElementsOf(
                        each.echoes().stream().map(Frame::payload).toList());
    }

    private static void sort(Frame frame, List<Frame> echoes, List<Frame> pongs) {
        (frame.opcode() == Frame.PONG ? pongs : echoes).add(frame);
    }

    private static List<Frame> firstOf(List<Frame> all, int count) {
        return all.subList(0, Math.min(count, all.size()));
    }

    private static void ends(RawSession session, List<Integer> codes, Frame close) {
        assertThat(codes).contains(close.closeCode());
        session.peer().finish();
        assertThat(session.peer().endsInOrder()).isTrue();
        assertThat(codes)
                .contains(session.listener().awaitClosed(Closure.Closed.class).code());
    }

    static Stream<Arguments> roundTrips() {
        return Stream.of(roundTrips("9.7", Frame.TEXT), roundTrips("9.8", Frame.BINARY))
                .flatMap(section -> section);
    }

    private static Stream<Arguments> roundTrips(String section, int opcode) {
        return IntStream.range(0, AutobahnLimits.ROUND_TRIPS.length).mapToObj(i -> {
            int size = AutobahnLimits.ROUND_TRIPS[i];
            return Arguments.of(section + "." + (i + 1), size, AutobahnLimits.filled(opcode, size));
        });
    }

    @ParameterizedTest(name = "{0} a thousand messages of {1} bytes")
    @MethodSource("roundTrips")
    void autobahnRoundTrips(String id, int size, Frame message) {
        RawSession session = openEchoing();
        for (int i = 0; i < 1_000; i++) {
            session.peer().send(message);
            assertThat(session.peer().read().payload()).isEqualTo(message.payload());
        }
        assertThat(session.listener().messages()).hasSize(1_000).allMatch(told -> told.length == size);
    }
}
