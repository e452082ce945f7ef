package io.websip.kit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Autobahn cases on UTF-8, whose octets are those of Markus Kuhn's decoder test. */
final class AutobahnUtf8 {
    private static final String KOSME = "cebae1bdb9cf83cebcceb5";
    private static final byte[] GREETING =
            "Hello-\u00b5@\u00df\u00f6\u00e4\u00fc\u00e0\u00e1-UTF-8!!".getBytes(StandardCharsets.UTF_8);

    private AutobahnUtf8() {}

    /** Sections 6.5 to 6.23: section, what it is about, and its sequences in turn; those with a hyphen are not UTF-8. */
    private static final String[][] SEQUENCES = {
        {
            "6.5",
            "valid",
            "68656c6c6f24776f726c64",
            "68656c6c6fc2a2776f726c64",
            "68656c6c6fe282ac776f726c64",
            "68656c6c6ff0a4ada2776f726c64",
            KOSME
        },
        {
            "6.6",
            "prefix of valid text",
            "-ce",
            "ceba",
            "-cebae1",
            "-cebae1bd",
            "cebae1bdb9",
            "-cebae1bdb9cf",
            "cebae1bdb9cf83",
            "-cebae1bdb9cf83ce",
            "cebae1bdb9cf83cebc",
            "-cebae1bdb9cf83cebcce",
            KOSME
        },
        {"6.7", "first of its length", "00", "c280", "e0a080", "f0908080"},
        {"6.8", "first of five or six octets", "-f888808080", "-fc8480808080"},
        {"6.9", "last of its length", "7f", "dfbf", "efbfbf", "f48fbfbf"},
        {"6.10", "last of four, five or six octets", "-f7bfbfbf", "-fbbfbfbfbf", "-fdbfbfbfbfbf"},
        {"6.11", "at a boundary", "ed9fbf", "ee8080", "efbfbd", "f48fbfbf", "-f4908080"},
        {
            "6.12",
            "unexpected continuation",
            "-80",
            "-bf",
            "-80bf",
            "-80bf80",
            "-80bf80bf",
            "-80bf80bf80",
            "-80bf80bf80bf",
            "-" + range(0x80, 0xbf, "")
        },
        {
            "6.13",
            "lonely start",
            "-" + range(0xc0, 0xdf, "20"),
            "-" + range(0xe0, 0xef, "20"),
            "-" + range(0xf0, 0xf7, "20"),
            "-" + range(0xf8, 0xfb, "20"),
            "-" + range(0xfc, 0xfd, "20")
        },
        {
            "6.14",
            "last continuation missing",
            "-c0",
            "-e080",
            "-f08080",
            "-f8808080",
            "-fc80808080",
            "-df",
            "-efbf",
            "-f7bfbf",
            "-fbbfbfbf",
            "-fdbfbfbfbf"
        },
        {"6.15", "incomplete ones in a row", "-c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf"},
        {"6.16", "impossible octets", "-fe", "-ff", "-fefeffff"},
        {"6.17", "overlong slash", "-c0af", "-e080af", "-f08080af", "-f8808080af", "-fc80808080af"},
        {"6.18", "longest overlong", "-c1bf", "-e09fbf", "-f08fbfbf", "-f887bfbfbf", "-fc83bfbfbfbf"},
        {"6.19", "overlong NUL", "-c080", "-e08080", "-f0808080", "-f880808080", "-fc8080808080"},
        {"6.20", "lone surrogate", "-eda080", "-edadbf", "-edae80", "-edafbf", "-edb080", "-edbe80", "-edbfbf"},
        {
            "6.21",
            "pair of surrogates",
            "-eda080edb080",
            "-eda080edbfbf",
            "-edadbfedb080",
            "-edadbfedbfbf",
            "-edae80edb080",
            "-edae80edbfbf",
            "-edafbfedb080",
            "-edafbfedbfbf"
        },
        {
            "6.22",
            "noncharacter",
            "efbfbe",
            "efbfbf",
            "f09fbfbe",
            "f09fbfbf",
            "f0afbfbe",
            "f0afbfbf",
            "f0bfbfbe",
            "f0bfbfbf",
            "f18fbfbe",
            "f18fbfbf",
            "f19fbfbe",
            "f19fbfbf",
            "f1afbfbe",
            "f1afbfbf",
            "f1bfbfbe",
            "f1bfbfbf",
            "f28fbfbe",
            "f28fbfbf",
            "f29fbfbe",
            "f29fbfbf",
            "f2afbfbe",
            "f2afbfbf",
            "f2bfbfbe",
            "f2bfbfbf",
            "f38fbfbe",
            "f38fbfbf",
            "f39fbfbe",
            "f39fbfbf",
            "f3afbfbe",
            "f3afbfbf",
            "f3bfbfbe",
            "f3bfbfbf",
            "f48fbfbe",
            "f48fbfbf"
        },
        {"6.23", "special", "efbfb9", "efbfba", "efbfbb", "efbfbc", "efbfbd", "efbfbe", "efbfbf"},
    };

    /** The octets from the first to before the last, each with something after it. */
    private static String range(int first, int end, String after) {
        StringBuilder hex = new StringBuilder();
        for (int octet = first; octet < end; octet++) {
            hex.append(Integer.toHexString(octet)).append(after);
        }
        return hex.toString();
    }

    static Stream<AutobahnCase> all() {
        return Stream.of(
                        empty(),
                        valid(),
                        invalid(),
                        late(),
                        Arrays.stream(SEQUENCES).flatMap(AutobahnUtf8::sequences))
                .flatMap(section -> section);
    }

    private static AutobahnCase of(String id, String what) {
        return AutobahnCase.of(id, what);
    }

    private static Frame text(byte[] payload) {
        return Frame.of(Frame.TEXT, payload);
    }

    private static Frame more(byte[] payload) {
        return Frame.of(Frame.CONTINUATION, payload);
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets);
    }

    /** Each octet in a fragment of its own. */
    private static Frame[] singly(byte[] octets) {
        Frame[] fragments = new Frame[octets.length];
        for (int i = 0; i < octets.length; i++) {
            byte[] octet = {octets[i]};
            Frame fragment = i == 0 ? text(octet) : more(octet);
            fragments[i] = i == octets.length - 1 ? fragment : fragment.notLast();
        }
        return fragments;
    }

    private static Stream<AutobahnCase> empty() {
        byte[] nothing = {};
        Frame start = text(nothing).notLast();
        return Stream.of(
                of("6.1.1", "empty text").inOnePiece(text(nothing)).echoes(text(nothing)),
                of("6.1.2", "three empty fragments")
                        .inOnePiece(start, more(nothing).notLast(), more(nothing))
                        .echoes(text(nothing)),
                of("6.1.3", "three fragments, the second alone not empty")
                        .inOnePiece(start, more(GREETING).notLast(), more(nothing))
                        .echoes(text(GREETING)));
    }

    private static Stream<AutobahnCase> valid() {
        Frame whole = text(GREETING);
        int boundary = "Hello-\u00b5@\u00df\u00f6\u00e4".getBytes(StandardCharsets.UTF_8).length;
        Frame first = text(Arrays.copyOf(GREETING, boundary)).notLast();
        Frame second = more(Arrays.copyOfRange(GREETING, boundary, GREETING.length));
        return Stream.of(
                of("6.2.1", "valid, in one frame").inOnePiece(whole).echoes(whole),
                of("6.2.2", "valid, in fragments of whole characters")
                        .inOnePiece(first, second)
                        .echoes(whole),
                of("6.2.3", "valid, in fragments of one octet")
                        .inOnePiece(singly(GREETING))
                        .echoes(whole),
                of("6.2.4", "valid Greek, in fragments of one octet")
                        .inOnePiece(singly(hex(KOSME)))
                        .echoes(text(hex(KOSME))));
    }

    private static Stream<AutobahnCase> invalid() {
        byte[] broken = hex(KOSME + "eda080656469746564");
        return Stream.of(
                of("6.3.1", "not valid, in one frame").inOnePiece(text(broken)).closes(1007),
                of("6.3.2", "not valid, in fragments of one octet")
                        .inOnePiece(singly(broken))
                        .closes(1007));
    }

    /** What is not UTF-8 from its twelfth octet on; it may be found out there, and is at the message's end. */
    private static Stream<AutobahnCase> late() {
        byte[] broken = hex(KOSME + "f4908080656469746564");
        return Stream.of(
                of("6.4.1", "beyond U+10FFFF in the second of three fragments")
                        .frameByFrame(fragments(broken, 11, 15))
                        .closes(1007),
                of("6.4.2", "beyond U+10FFFF, its octets in two fragments")
                        .frameByFrame(fragments(broken, 12, 13))
                        .closes(1007),
                of("6.4.3", "beyond U+10FFFF in the second of three chops of a frame")
                        .cutAt(text(broken), 2 + 11, 2 + 15)
                        .closes(1007),
                of("6.4.4", "beyond U+10FFFF, its octets in two chops of a frame")
                        .cutAt(text(broken), 2 + 12, 2 + 13)
                        .closes(1007));
    }

    private static Frame[] fragments(byte[] message, int second, int third) {
        return new Frame[] {
            text(Arrays.copyOf(message, second)).notLast(),
            more(Arrays.copyOfRange(message, second, third)).notLast(),
            more(Arrays.copyOfRange(message, third, message.length))
        };
    }

    private static Stream<AutobahnCase> sequences(String[] row) {
        List<String> octets = Arrays.asList(row).subList(2, row.length);
        return IntStream.range(0, octets.size()).mapToObj(i -> {
            String each = octets.get(i);
            AutobahnCase named = of(row[0] + "." + (i + 1), row[1]);
            if (each.startsWith("-")) {
                return named.inOnePiece(text(hex(each.substring(1)))).closes(1007);
            }
            return named.inOnePiece(text(hex(each))).echoes(text(hex(each)));
        });
    }
}
