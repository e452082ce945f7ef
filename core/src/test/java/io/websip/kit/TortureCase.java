package io.websip.kit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One case of the torture corpus: what is changed in a good message, and what is to become of it. The notation is that of
 * {@code torture/README.txt}.
 *
 * @param name the file and the case
 * @param outcome what stands in the brackets
 * @param edits the lines behind them
 */
record TortureCase(String name, String outcome, List<String> edits) {
    private static final List<String> REQUEST = List.of(
            "Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bKt$N",
            "Max-Forwards: 70",
            "From: \"Bob\" <sip:bob@example.com>;tag=t$N",
            "To: <sip:alice@example.com>",
            "Call-ID: torture$N",
            "CSeq: 1 MESSAGE",
            "Content-Type: text/plain");
    /** The first (that is no control character) and the last of two, three and four octets, and one between them. */
    private static final List<String> LETTERS = List.of(
            "\\xc2\\xa0",
            "\\xc3\\xa9",
            "\\xdf\\xbf",
            "\\xe0\\xa0\\x80",
            "\\xe2\\x82\\xac",
            "\\xef\\xbf\\xbf",
            "\\xf0\\x90\\x80\\x80",
            "\\xf0\\x9f\\x98\\x80",
            "\\xf4\\x8f\\xbf\\xbf");

    /** Too long for what it says, a surrogate, beyond the last letter, cut short, a middle alone, five octets, none of any. */
    private static final List<String> NO_LETTERS = List.of(
            "\\xc0\\x80",
            "\\xc1\\xbf",
            "\\xe0\\x80\\x80",
            "\\xed\\xa0\\x80",
            "\\xf4\\x90\\x80\\x80",
            "\\xe2\\x82",
            "\\xf0\\x9f\\x98",
            "\\x80",
            "\\xf8\\x88\\x80\\x80\\x80",
            "\\xff");

    private static final List<String> RESPONSE =
            List.of("Via: $V", "From: $F", "To: $T;tag=torture", "Call-ID: $I", "CSeq: $C");

    /**
     * This case, or where it has a {@code $U}, which stands for a letter, one for each width that a letter has in UTF-8, and one
     * for each way in which octets are no UTF-8.
     */
    List<TortureCase> ofEachWidth() {
        String[] outcomes = outcome.split("/", -1);
        if (outcomes.length == 1) {
            return List.of(this);
        }
        List<TortureCase> cases = new ArrayList<>();
        cases.add(with("a", outcomes[0]));
        for (String letter : LETTERS) {
            cases.add(with(letter, outcomes[1]));
        }
        for (String octets : NO_LETTERS) {
            cases.add(with(octets, outcomes[2]));
        }
        return cases;
    }

    private TortureCase with(String letter, String result) {
        return new TortureCase(
                name + " with " + letter,
                result,
                edits.stream().map(edit -> edit.replace("$U", letter)).toList());
    }

    /** What the parser is to say: accept, a status, or drop. */
    String parser() {
        String first = outcome.split(" ", 2)[0];
        return List.of("accept", "400", "505", "513", "drop").contains(first) ? first : "accept";
    }

    /** What the agent is to answer: a status, or drop. */
    String agent() {
        return outcome.substring(outcome.indexOf(' ') + 1);
    }

    /** The good request with the changes of this case. */
    byte[] request(int number) {
        return OctetText.octets(edited(edits, "MESSAGE sip:alice@example.com SIP/2.0", REQUEST)
                .replace("$N", Integer.toString(number)));
    }

    /** The good responses with the changes of this case, in order; their marks are yet to be replaced. */
    List<String> responses() {
        List<String> responses = new ArrayList<>();
        List<String> one = new ArrayList<>();
        for (String edit : edits) {
            if (edit.equals("---")) {
                responses.add(edited(one, "SIP/2.0 200 OK", RESPONSE));
                one.clear();
            } else {
                one.add(edit);
            }
        }
        responses.add(edited(one, "SIP/2.0 200 OK", RESPONSE));
        return responses;
    }

    private static String edited(List<String> edits, String goodStart, List<String> goodRows) {
        String start = goodStart;
        List<String> rows = new ArrayList<>(goodRows);
        String body = goodRows == REQUEST ? "Hello" : "";
        boolean length = true;
        for (String edit : edits) {
            String rest = edit.length() > 2 ? edit.substring(2) : "";
            switch (edit.charAt(0)) {
                case '~' -> {
                    return rest;
                }
                case '>' -> start = rest;
                case '=' -> body = rest;
                case '+' -> {
                    rows.add(rest);
                    length &= !isLength(rest);
                }
                case '-' -> {
                    length &= !isLength(rest + ":");
                    rows.removeIf(row -> isNamed(row, rest));
                }
                default -> {
                    length &= !isLength(edit);
                    put(rows, edit);
                }
            }
        }
        if (length) {
            rows.add("Content-Length: " + OctetText.octets(body).length);
        }
        return start + "\\r\\n" + String.join("\\r\\n", rows) + "\\r\\n\\r\\n" + body;
    }

    private static void put(List<String> rows, String row) {
        String name = row.substring(0, row.indexOf(':')).strip();
        for (int i = 0; i < rows.size(); i++) {
            if (isNamed(rows.get(i), name)) {
                rows.set(i, row);
                return;
            }
        }
        rows.add(row);
    }

    private static boolean isLength(String row) {
        String lower = row.toLowerCase(Locale.ROOT).replace(" ", "");
        return lower.startsWith("content-length:") || lower.startsWith("l:");
    }

    private static boolean isNamed(@Nullable String row, String name) {
        return row != null && row.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
    }

    /** The octets of a text in which every mark has been replaced; each character is one octet. */
    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }
}
