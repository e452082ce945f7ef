package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static io.websip.kit.KitOptions.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.transport.Closure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as octets: masked, in pieces, cut short, and those that break RFC 6455. */
public abstract class FramingContract extends OctetContract {
    private static final byte[] EMOJI = "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);

    // ---- out ----

    @Test
    void validUtf8LeavesAsOneTextFrame() {
        RawSession session = openRaw();
        assertThat(session.connection().send("Gr\u00fc\u00dfe \uD83D\uDE00".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(session.peer().read()).isEqualTo(Frame.text("Gr\u00fc\u00dfe \uD83D\uDE00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "61c0", "eda080", "f4908080", "c1bf", "6180", "f09f98", "e0809f"})
    void anythingElseLeavesAsOneBinaryFrame(String hex) {
        RawSession session = openRaw();
        byte[] octets = HexFormat.of().parseHex(hex);
        assertThat(session.connection().send(octets)).isTrue();
        assertThat(session.peer().read()).isEqualTo(Frame.binary(octets));
    }

    @Test
    void eachFrameIsMaskedWithAnotherKey() {
        RawSession session = openRaw();
        List<byte[]> masks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            assertThat(session.connection().send(new byte[] {'x'})).isTrue();
            assertThat(session.peer().read().asText()).isEqualTo("x");
            masks.add(session.peer().lastMask());
        }
        assertThat(masks.stream().map(HexFormat.of()::formatHex).distinct()).hasSizeGreaterThan(190);
    }

    // ---- in ----

    @Test
    void fragmentsAtEveryByteOfACharacterAreJoined() {
        RawSession session = openRaw();
        for (int first = 0; first <= EMOJI.length; first++) {
            for (int second = first; second <= EMOJI.length; second++) {
                session.peer()
                        .send(
                                Frame.of(Frame.TEXT, part(0, first)).notLast(),
                                Frame.of(Frame.CONTINUATION, part(first, second))
                                        .notLast(),
                                Frame.of(Frame.CONTINUATION, part(second, EMOJI.length)));
            }
        }
        assertThat(session.listener().awaitMessages(15)).hasSize(15).allMatch(m -> Arrays.equals(m, EMOJI));
    }

    private static byte[] part(int from, int to) {
        return Arrays.copyOfRange(EMOJI, from, to);
    }

    @Test
    void binaryFragmentsAreJoinedAndNotCheckedAsText() {
        RawSession session = openRaw();
        session.peer()
                .send(
                        Frame.binary(new byte[] {-1}).notLast(),
                        Frame.of(Frame.CONTINUATION, new byte[] {-2}).notLast(),
                        Frame.of(Frame.CONTINUATION, new byte[] {-3}));
        assertThat(session.listener().awaitMessages(1)).containsExactly(new byte[] {-1, -2, -3});
    }

    @Test
    void manySmallFragmentsAreJoined() {
        RawSession session = openRaw();
        session.peer().send(Frame.text("x").notLast());
        for (int i = 0; i < 3_000; i++) {
            session.peer().send(Frame.of(Frame.CONTINUATION, new byte[] {'y'}).notLast());
        }
        session.peer().send(Frame.of(Frame.CONTINUATION, new byte[] {'z'}));
        assertThat(session.listener().awaitTexts(1)).containsExactly("x" + "y".repeat(3_000) + "z");
    }

    @Test
    void aPingBetweenFragmentsIsAnsweredAndDisturbsNothing() {
        RawSession session = openRaw();
        session.peer()
                .send(
                        Frame.text("Hello ").notLast(),
                        Frame.ping("between"),
                        Frame.pong("unasked"),
                        Frame.of(Frame.CONTINUATION, "Bob".getBytes(StandardCharsets.UTF_8)));
        assertThat(session.listener().awaitTexts(1)).containsExactly("Hello Bob");
        assertThat(session.peer().read()).isEqualTo(Frame.pong("between"));
    }

    @Test
    void framesByteByByteAreRead() {
        RawSession session = openRaw();
        for (Frame frame : List.of(Frame.text("a".repeat(200)), Frame.ping("p"), Frame.text("end"))) {
            for (byte octet : frame.encode()) {
                session.peer().write(new byte[] {octet});
            }
        }
        assertThat(session.listener().awaitTexts(2)).containsExactly("a".repeat(200), "end");
    }

    // ---- broken frames ----

    static Stream<Arguments> protocolErrors() {
        Stream<Arguments> reservedBits = IntStream.rangeClosed(1, 7)
                .mapToObj(bits -> Arguments.of(
                        "reserved bits " + bits,
                        Frame.text("x").withReserved(bits).encode()));
        Stream<Arguments> reservedOpcodes = IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
                .mapToObj(code -> Arguments.of(
                        "opcode " + code, Frame.of(code, new byte[] {'x'}).encode()));
        Stream<Arguments> closeCodes = IntStream.of(0, 1, 999, 1004, 1005, 1006, 1015, 5000, 32_768, 65_535)
                .mapToObj(code ->
                        Arguments.of("close code " + code, Frame.close(code, "").encode()));
        Stream<Arguments> others = Stream.of(
                Arguments.of("masked text", Frame.text("x").encodeMasked()),
                Arguments.of("masked ping", Frame.ping("x").encodeMasked()),
                Arguments.of("masked close", Frame.close(1000, "").encodeMasked()),
                Arguments.of("ping in fragments", Frame.ping("x").notLast().encode()),
                Arguments.of(
                        "close in fragments", Frame.close(1000, "").notLast().encode()),
                Arguments.of("ping of 126 bytes", Frame.ping("x".repeat(126)).encode()),
                Arguments.of(
                        "close of 126 bytes", Frame.close(1000, "x".repeat(124)).encode()),
                Arguments.of(
                        "close with 1 byte",
                        Frame.of(Frame.CLOSE, new byte[] {3}).encode()),
                Arguments.of(
                        "continuation of nothing",
                        Frame.of(Frame.CONTINUATION, new byte[] {'x'}).encode()),
                Arguments.of("text within fragments", two(Frame.text("x").notLast(), Frame.text("y"))),
                Arguments.of("binary within fragments", two(Frame.text("x").notLast(), Frame.binary(EMOJI))),
                Arguments.of("continuation after the last", two(Frame.text("x"), Frame.of(Frame.CONTINUATION, EMOJI))));
        return Stream.of(reservedBits, reservedOpcodes, closeCodes, others).flatMap(each -> each);
    }

    private static byte[] two(Frame first, Frame second) {
        return concat(first.encode(), second.encode());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("protocolErrors")
    void aBrokenFrameClosesWith1002(String what, byte[] octets) {
        failsWith(1002, octets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "61c0", "eda080", "f4908080", "c1bf", "6180", "f09f98", "e0809f"})
    void textThatIsNotUtf8ClosesWith1007(String hex) {
        failsWith(1007, Frame.of(Frame.TEXT, HexFormat.of().parseHex(hex)).encode());
    }

    @Test
    void fragmentedTextThatIsNotUtf8AsAWholeClosesWith1007() {
        failsWith(1007, two(Frame.of(Frame.TEXT, part(0, 3)).notLast(), Frame.of(Frame.CONTINUATION, new byte[] {'x'
        })));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "f09f98"})
    void aCloseReasonThatIsNotUtf8ClosesWith1007(String hex) {
        failsWith(1007, Frame.close(1000, HexFormat.of().parseHex(hex)).encode());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(1002, Frame.text("x").withReserved(1).encode()),
                Arguments.of(1007, Frame.of(Frame.TEXT, new byte[] {-1}).encode()),
                Arguments.of(1009, Frame.binary(new byte[70_000]).encode()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void theCloseFrameReachesAPeerThatWasStillSending(int code, byte[] octets) {
        RawSession session = openRaw(DEFAULTS.withMaxMessageBytes(65_536));
        session.peer().write(octets);
        for (int i = 0; i < 3_000; i++) {
            session.peer().write(Frame.text("x".repeat(1_000)).encode());
        }
        assertThat(session.peer().readClose().closeCode()).isEqualTo(code);
        session.peer().send(Frame.text("not stopped yet"), Frame.close(code, ""));
        session.peer().finish();
        assertThat(session.peer().endsInOrder()).isTrue();
        assertThat(session.listener().awaitClosed(Closure.Closed.class).code()).isEqualTo(code);
        assertThat(session.listener().messageCount()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aPeerThatStaysAfterAFaultIsCutOff(int code, byte[] octets) {
        RawSession session = openRaw(DEFAULTS.withMaxMessageBytes(65_536).withCloseTimeout(SHORT));
        session.peer().write(octets);
        assertThat(session.peer().readClose().closeCode()).isEqualTo(code);
        assertThat(session.peer().endsWithoutAnotherByte()).isTrue();
        Await.until("the end of the socket", () -> session.peer().isCutOff());
    }

    private void failsWith(int code, byte[] octets) {
        RawSession session = openRaw();
        session.peer().send(Frame.text("good"));
        session.peer().write(concat(octets, Frame.text("after the fault").encode()));
        assertThat(session.peer().readClose().closeCode()).isEqualTo(code);
        assertThat(session.listener().awaitClosed(Closure.Closed.class).code()).isEqualTo(code);
        assertThat(session.connection().send(new byte[] {'x'})).isFalse();
        assertThat(session.listener().awaitTexts(1)).contains("good").doesNotContain("after the fault");
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
