package io.websip.kit;

import static io.websip.kit.Frame.binary;
import static io.websip.kit.Frame.ping;
import static io.websip.kit.Frame.pong;
import static io.websip.kit.Frame.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Autobahn cases on frames: framing, pings and pongs, reserved bits, opcodes, fragments. */
final class AutobahnFrames {
    private static final Frame HELLO = text("Hello, world!");
    private static final Frame PART_1 = text("fragment1").notLast();
    private static final Frame LAST = more("fragment2");
    private static final Frame WHOLE = text("fragment1fragment2");
    private static final Frame ENTIRE = text("unfragmented");
    private static final Frame PING = ping("ping payload");
    private static final Frame PONG = pong("ping payload");
    private static final Frame EMPTY_PING = ping("");

    private AutobahnFrames() {}

    static Stream<AutobahnCase> all() {
        return Stream.of(
                        framing("1.1", Frame.TEXT),
                        framing("1.2", Frame.BINARY),
                        pings(),
                        reserved(),
                        opcodes(),
                        fragments())
                .flatMap(section -> section);
    }

    private static AutobahnCase of(String id, String what) {
        return AutobahnCase.of(id, what);
    }

    private static Frame more(String text) {
        return Frame.of(Frame.CONTINUATION, text.getBytes(StandardCharsets.UTF_8));
    }

    // ---- 1: framing ----

    private static Stream<AutobahnCase> framing(String section, int opcode) {
        List<Integer> lengths = List.of(0, 125, 126, 127, 128, 65_535, 65_536);
        Stream<AutobahnCase> whole = IntStream.range(0, lengths.size()).mapToObj(i -> {
            Frame message = AutobahnLimits.filled(opcode, lengths.get(i));
            return of(section + "." + (i + 1), lengths.get(i) + " bytes")
                    .inOnePiece(message)
                    // No octets at all are UTF-8.
                    .echoes(message.payload().length == 0 ? text("") : message);
        });
        Frame message = AutobahnLimits.filled(opcode, 65_536);
        return Stream.concat(
                whole,
                Stream.of(of(section + ".8", "65536 bytes in chops of 997")
                        .inChops(997, message)
                        .echoes(message)));
    }

    // ---- 2: pings and pongs ----

    private static Stream<AutobahnCase> pings() {
        byte[] octets = {0, -1, -2, -3, -4, -5, 0, -1};
        Frame[] ten = IntStream.range(0, 10).mapToObj(i -> ping("payload-" + i)).toArray(Frame[]::new);
        Frame[] tenPongs =
                IntStream.range(0, 10).mapToObj(i -> pong("payload-" + i)).toArray(Frame[]::new);
        Frame longest = ping("*".repeat(125));
        return Stream.of(
                of("2.1", "ping without payload").inOnePiece(EMPTY_PING).pongs(pong("")),
                of("2.2", "ping with text").inOnePiece(PING).pongs(PONG),
                of("2.3", "ping with octets that are no UTF-8")
                        .inOnePiece(Frame.of(Frame.PING, octets))
                        .pongs(Frame.of(Frame.PONG, octets)),
                of("2.4", "ping of 125 bytes").inOnePiece(longest).pongs(pong("*".repeat(125))),
                of("2.5", "ping of 126 bytes").inOnePiece(ping("*".repeat(126))).closes(1002),
                of("2.6", "ping of 125 bytes, octet by octet")
                        .octetByOctet(longest)
                        .pongs(pong("*".repeat(125))),
                of("2.7", "pong unasked, without payload").inOnePiece(pong("")),
                of("2.8", "pong unasked, with payload").inOnePiece(pong("unsolicited")),
                of("2.9", "pong unasked, then a ping")
                        .inOnePiece(pong("unsolicited"), PING)
                        .pongs(PONG),
                of("2.10", "ten pings").inOnePiece(ten).pongs(tenPongs),
                of("2.11", "ten pings, octet by octet").octetByOctet(ten).pongs(tenPongs));
    }

    // ---- 3: reserved bits ----

    private static Stream<AutobahnCase> reserved() {
        return Stream.of(
                of("3.1", "text with RSV 1").inOnePiece(HELLO.withReserved(1)).closes(1002),
                of("3.2", "text, text with RSV 2, ping")
                        .inOnePiece(HELLO, HELLO.withReserved(2), EMPTY_PING)
                        .echoes(HELLO)
                        .closes(1002),
                of("3.3", "text, text with RSV 3, ping, frame by frame")
                        .frameByFrame(HELLO, HELLO.withReserved(3), EMPTY_PING)
                        .echoes(HELLO)
                        .closes(1002),
                of("3.4", "text, text with RSV 4, ping, octet by octet")
                        .octetByOctet(HELLO, HELLO.withReserved(4), EMPTY_PING)
                        .echoes(HELLO)
                        .closes(1002),
                of("3.5", "binary with RSV 5")
                        .inOnePiece(binary(new byte[] {0, -1}).withReserved(5))
                        .closes(1002),
                of("3.6", "ping with RSV 6").inOnePiece(PING.withReserved(6)).closes(1002),
                of("3.7", "close with RSV 7")
                        .inOnePiece(Frame.close(1000, "").withReserved(7))
                        .closes(1002));
    }

    // ---- 4: opcodes ----

    private static Stream<AutobahnCase> opcodes() {
        return Stream.concat(opcodes("4.1", 3), opcodes("4.2", 11));
    }

    /** Five reserved opcodes in a row. */
    private static Stream<AutobahnCase> opcodes(String section, int first) {
        byte[] payload = "reserved opcode payload".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                of(section + ".1", "opcode " + first)
                        .inOnePiece(Frame.of(first, new byte[0]))
                        .closes(1002),
                of(section + ".2", "opcode " + (first + 1) + " with payload")
                        .inOnePiece(Frame.of(first + 1, payload))
                        .closes(1002),
                of(section + ".3", "text, opcode " + (first + 2) + ", ping")
                        .inOnePiece(HELLO, Frame.of(first + 2, new byte[0]), EMPTY_PING)
                        .echoes(HELLO)
                        .closes(1002),
                of(section + ".4", "text, opcode " + (first + 3) + " with payload, ping")
                        .inOnePiece(HELLO, Frame.of(first + 3, payload), EMPTY_PING)
                        .echoes(HELLO)
                        .closes(1002),
                of(section + ".5", "text, opcode " + (first + 4) + " with payload, ping, octet by octet")
                        .octetByOctet(HELLO, Frame.of(first + 4, payload), EMPTY_PING)
                        .echoes(HELLO)
                        .closes(1002));
    }

    // ---- 5: fragments ----

    private static Stream<AutobahnCase> fragments() {
        return Stream.of(brokenControls(), joined(), strayContinuations(), longer())
                .flatMap(part -> part);
    }

    private static Stream<AutobahnCase> brokenControls() {
        return Stream.of(
                of("5.1", "ping in two fragments")
                        .inOnePiece(ping("fragment1").notLast(), LAST)
                        .closes(1002),
                of("5.2", "pong in two fragments")
                        .inOnePiece(pong("fragment1").notLast(), LAST)
                        .closes(1002));
    }

    private static Stream<AutobahnCase> joined() {
        return Stream.of(
                of("5.3", "text in two fragments").inOnePiece(PART_1, LAST).echoes(WHOLE),
                of("5.4", "text in two fragments, frame by frame")
                        .frameByFrame(PART_1, LAST)
                        .echoes(WHOLE),
                of("5.5", "text in two fragments, octet by octet")
                        .octetByOctet(PART_1, LAST)
                        .echoes(WHOLE),
                of("5.6", "text in two fragments, ping between")
                        .inOnePiece(PART_1, PING, LAST)
                        .pongs(PONG)
                        .echoes(WHOLE),
                of("5.7", "text in two fragments, ping between, frame by frame")
                        .frameByFrame(PART_1, PING, LAST)
                        .pongs(PONG)
                        .echoes(WHOLE),
                of("5.8", "text in two fragments, ping between, octet by octet")
                        .octetByOctet(PART_1, PING, LAST)
                        .pongs(PONG)
                        .echoes(WHOLE));
    }

    private static Stream<AutobahnCase> strayContinuations() {
        Frame stray = more("non-continuation payload");
        return Stream.of(
                of("5.9", "continuation of nothing, text")
                        .inOnePiece(stray, ENTIRE)
                        .closes(1002),
                of("5.10", "continuation of nothing, text, frame by frame")
                        .frameByFrame(stray, ENTIRE)
                        .closes(1002),
                of("5.11", "continuation of nothing, text, octet by octet")
                        .octetByOctet(stray, ENTIRE)
                        .closes(1002),
                of("5.12", "unfinished continuation of nothing, text")
                        .inOnePiece(stray.notLast(), ENTIRE)
                        .closes(1002),
                of("5.13", "unfinished continuation of nothing, text, frame by frame")
                        .frameByFrame(stray.notLast(), ENTIRE)
                        .closes(1002),
                of("5.14", "unfinished continuation of nothing, text, octet by octet")
                        .octetByOctet(stray.notLast(), ENTIRE)
                        .closes(1002),
                of("5.15", "text in two fragments, unfinished continuation of nothing, text")
                        .inOnePiece(PART_1, LAST, more("fragment3").notLast(), text("fragment4"))
                        .echoes(WHOLE)
                        .closes(1002),
                of("5.16", "twice: unfinished continuation of nothing, text in two fragments")
                        .inOnePiece(stray.notLast(), PART_1, LAST, stray.notLast(), PART_1, LAST)
                        .closes(1002),
                of("5.17", "twice: continuation of nothing, text in two fragments")
                        .inOnePiece(stray, PART_1, LAST, stray, PART_1, LAST)
                        .closes(1002),
                of("5.18", "both fragments have the opcode of text")
                        .inOnePiece(PART_1, text("fragment2"))
                        .closes(1002));
    }

    private static Stream<AutobahnCase> longer() {
        Frame[] five = {
            PART_1,
            more("fragment2").notLast(),
            ping("pongme 1!"),
            more("fragment3").notLast(),
            more("fragment4").notLast(),
            ping("pongme 2!"),
            more("fragment5")
        };
        Frame whole = text("fragment1fragment2fragment3fragment4fragment5");
        Frame[] pongs = {pong("pongme 1!"), pong("pongme 2!")};
        return Stream.of(
                of("5.19", "text in five fragments, two pings between")
                        .inOnePiece(five)
                        .pongs(pongs)
                        .echoes(whole),
                of("5.20", "text in five fragments, two pings between, frame by frame")
                        .frameByFrame(five)
                        .pongs(pongs)
                        .echoes(whole));
    }
}
