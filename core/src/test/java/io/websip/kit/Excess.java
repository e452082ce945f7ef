package io.websip.kit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Messages that are too much of something: too long to be read at all, or as long as the limits of
 * {@link io.websip.sip.SipLimits#DEFAULT} allow and full of what makes readers slow or fat.
 */
public final class Excess {
    /** A digit of it each stands where a message needs a name of its own. */
    private static final String MARK = "########";

    private static final int ROW = 8_000;
    private static final int ROWS = 7;
    private static final int GOOD_EVERY = 512 * 1024;

    private static final String HEAD = "MESSAGE sip:alice@example.com SIP/2.0\r\n";
    private static final String[] NEEDED = {
        "Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK" + MARK,
        "From: <sip:bob@example.com>;tag=" + MARK,
        "To: <sip:alice@example.com>",
        "Call-ID: excess-" + MARK,
        "CSeq: 1 MESSAGE",
        "Content-Type: text/plain"
    };

    /** Of which one is enough, for a careless reader, to call itself, to start again, or to look for an end. */
    private static final List<String> PIECES = List.of(
            "(",
            "()",
            "\"",
            "\\",
            "\\\"",
            "<",
            ">",
            ",",
            ";",
            ";a",
            ";a=\"b\"",
            "=",
            "%",
            "%41",
            "&a=b",
            "[",
            "@",
            ":",
            "/",
            "\t",
            "\r\n ",
            "\u20ac",
            "\0",
            "1",
            "a",
            "<sip:a@b>,",
            "SIP/2.0/WS a,");

    private static final List<String> BEGINNINGS = List.of(
            "Via: SIP/2.0/WS a;branch=z9hG4bK" + MARK,
            "From: <sip:bob@example.com>;tag=1",
            "From: \"",
            "To: <sip:alice@example.com",
            "Contact: <sip:bob@example.com>",
            "Call-ID: " + MARK,
            "CSeq: 1",
            "Content-Type: text/plain",
            "Content-Length: 5",
            "Content-Disposition: a;handling=optional",
            "Require: ",
            "Date: ");

    private static final Supplier<String> MANY_VIAS =
            () -> ("Via: SIP/2.0/WS a.invalid;branch=z9hG4bK" + "v".repeat(180) + "\r\n").repeat(240);

    /** In order but for its size: it is remembered for a while, and answered with all of itself. */
    private static final List<Supplier<String>> TAKEN = List.of(
            () -> message("Call-ID: " + MARK + "c".repeat(ROW), MANY_VIAS.get(), ""),
            () -> message("From: <sip:bob@example.com>;tag=" + MARK + "f".repeat(ROW), MANY_VIAS.get(), ""),
            () -> message("To: \"" + "t".repeat(ROW) + "\" <sip:alice@example.com>", MANY_VIAS.get(), ""));

    private Excess() {}

    /**
     * Says so many bytes of them, each kind over and over.
     *
     * @param longest how long the longest are
     * @param say sends a message, whose answer nobody waits for
     * @param check looks whether all is well; called again and again
     */
    public static void feed(long bytes, int longest, Consumer<byte[]> say, Runnable check) {
        List<Supplier<String>> within = withinLimits();
        List<Supplier<String>> beyond = beyondLimits(longest);
        long fed = 0;
        long checked = 0;
        for (int number = 0; fed < bytes; number++) {
            List<Supplier<String>> kind;
            if (fed < bytes / 4) {
                kind = TAKEN;
            } else { // half of the bytes each
                kind = number % (1 + longest / (ROW * ROWS)) == 0 ? beyond : within;
            }
            byte[] message = kind.get(number % kind.size())
                    .get()
                    .replace(MARK, String.format("%08d", number))
                    .getBytes(StandardCharsets.UTF_8);
            say.accept(message);
            fed += message.length;
            if (fed - checked >= GOOD_EVERY) {
                checked = fed;
                check.run();
            }
        }
        check.run();
    }

    private static List<Supplier<String>> beyondLimits(int longest) {
        int room = longest - 1_000;
        String start = HEAD + String.join("\r\n", NEEDED) + "\r\n";
        return List.of(
                () -> start + "X: " + "a".repeat(room), // headers without end
                () -> start + "\r\n ".repeat(room / 3),
                () -> start + "X: " + "(".repeat(room),
                () -> start + "v:a\r\n".repeat(room / 5), // a million Vias, where there is room
                () -> start + "v:" + "SIP/2.0/WS a,".repeat(room / 13),
                () -> start + "Content-Length: " + room + "\r\n\r\n" + "b".repeat(room),
                () -> HEAD + "\0".repeat(room),
                () -> "\r\n".repeat(room / 2),
                () -> "SIP/2.0 200 " + "x".repeat(room),
                () -> "SIP/2.0 200 OK\r\n" + "v: SIP/2.0/WS a;branch=z9hG4bK1\r\n".repeat(room / 33),
                () -> "MESSAGE sip:" + "a".repeat(room));
    }

    private static List<Supplier<String>> withinLimits() {
        List<Supplier<String>> texts = new ArrayList<>();
        for (String piece : PIECES) {
            int times = ROW / piece.getBytes(StandardCharsets.UTF_8).length;
            for (String beginning : BEGINNINGS) {
                texts.add(() -> {
                    String run = piece.repeat(times);
                    return message(beginning + run, ("X: " + run + "\r\n").repeat(ROWS - 1), "");
                });
            }
        }
        String filler = ("X: " + "x".repeat(ROW) + "\r\n").repeat(ROWS - 1);
        for (String length : List.of("99999999999999999999", "2147483647", "4294967301", "65535", "-1")) {
            texts.add(() -> message("Content-Length: " + length, filler, ""));
        }
        return texts;
    }

    /** A good message but for one row, which replaces that of its name, and with more rows behind. */
    private static String message(String row, String more, String body) {
        StringBuilder text = new StringBuilder(HEAD);
        String name = row.substring(0, row.indexOf(':') + 1);
        for (String needed : NEEDED) {
            if (!needed.startsWith(name)) {
                text.append(needed).append("\r\n");
            }
        }
        return text.append(row)
                .append("\r\n")
                .append(more)
                .append("\r\n")
                .append(body)
                .toString();
    }
}
