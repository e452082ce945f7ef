package io.websip.kit;

import static io.websip.kit.Frame.close;
import static io.websip.kit.Frame.ping;
import static io.websip.kit.Frame.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Autobahn cases on closing by the server. */
final class AutobahnClosing {
    private static final Frame HELLO = text("Hello, world!");
    private static final Frame BYE = close(1000, "");

    private AutobahnClosing() {}

    static Stream<AutobahnCase> all() {
        return Stream.of(order(), bodies(), codes("7.7", "", VALID), codes("7.9", "not valid: ", INVALID), beyond())
                .flatMap(section -> section);
    }

    private static final List<Integer> VALID =
            List.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999);

    /** 1016 to 2999 are left to later versions of the protocol (RFC 6455 section 7.4.2). */
    private static final List<Integer> INVALID = List.of(0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999);

    private static AutobahnCase of(String id, String what) {
        return AutobahnCase.of(id, what);
    }

    // ---- 7.1: what comes before and after a close frame ----

    private static Stream<AutobahnCase> order() {
        Frame large = text("BAsd7&jh23".repeat(26_215).substring(0, 256 * 1024));
        Frame last = Frame.of(Frame.CONTINUATION, "fragment2".getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                of("7.1.1", "message, close")
                        .inOnePiece(HELLO, BYE)
                        .echoes(HELLO)
                        .closes(1000),
                of("7.1.2", "close twice").inOnePiece(BYE, BYE).closes(1000),
                of("7.1.3", "close, ping").inOnePiece(BYE, ping("too late")).closes(1000),
                of("7.1.4", "close, message").inOnePiece(BYE, HELLO).closes(1000),
                of("7.1.5", "close between fragments")
                        .inOnePiece(text("fragment1").notLast(), BYE, last)
                        .closes(1000),
                of("7.1.6", "message of 256 KiB, close, ping")
                        .inOnePiece(large, BYE, ping("too late"))
                        .echoes(large)
                        .closes(1000));
    }

    // ---- 7.3, 7.5: the body of a close frame ----

    private static Stream<AutobahnCase> bodies() {
        byte[] notUtf8 = {
            (byte) 0xce, (byte) 0xba, (byte) 0xe1, (byte) 0xbd, (byte) 0xb9, (byte) 0xed, (byte) 0xa0, (byte) 0x80
        };
        return Stream.of(
                of("7.3.1", "no body").inOnePiece(close()).closes(1000, 1005),
                of("7.3.2", "a body of one byte")
                        .inOnePiece(Frame.of(Frame.CLOSE, new byte[] {'a'}))
                        .closes(1002),
                of("7.3.3", "a code alone").inOnePiece(BYE).closes(1000),
                of("7.3.4", "a code and a reason")
                        .inOnePiece(close(1000, "Hello World!"))
                        .closes(1000),
                of("7.3.5", "a reason of 123 bytes")
                        .inOnePiece(close(1000, "*".repeat(123)))
                        .closes(1000),
                of("7.3.6", "a reason of 124 bytes")
                        .inOnePiece(close(1000, "*".repeat(124)))
                        .closes(1002),
                of("7.5.1", "a reason that is not UTF-8")
                        .inOnePiece(close(1000, notUtf8))
                        .closes(1007));
    }

    // ---- 7.7, 7.9, 7.13: codes ----

    private static Stream<AutobahnCase> codes(String section, String prefix, List<Integer> codes) {
        return IntStream.range(0, codes.size()).mapToObj(i -> {
            int code = codes.get(i);
            int answer = prefix.isEmpty() ? code : 1002;
            return of(section + "." + (i + 1), prefix + "code " + code)
                    .inOnePiece(close(code, ""))
                    .closes(answer);
        });
    }

    private static Stream<AutobahnCase> beyond() {
        return Stream.of(
                of("7.13.1", "code 5000").inOnePiece(close(5000, "")).closes(1002),
                of("7.13.2", "code 65535").inOnePiece(close(65_535, "")).closes(1002));
    }
}
