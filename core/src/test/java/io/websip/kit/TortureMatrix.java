package io.websip.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Each header of a good message without its row, with its row twice, empty, folded and by its other names: the cases that
 * {@code torture/matrix.txt} has the outcomes of, one row for each header.
 */
final class TortureMatrix {
    private static final String NONE = "-";
    private static final int COLUMNS = 7;

    private TortureMatrix() {}

    /** The cases for requests, or those for answers. */
    static List<TortureCase> cases(boolean answers) {
        List<TortureCase> cases = new ArrayList<>();
        String start = "";
        for (String line : TortureCorpus.lines("matrix")) {
            if (line.startsWith("== ")) {
                start = line.substring(3);
            } else if (start.startsWith("SIP/") == answers) {
                add(cases, start, line);
            }
        }
        return cases;
    }

    private static void add(List<TortureCase> cases, String start, String line) {
        String[] cells = line.split(" \\| ", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalStateException("the matrix has " + COLUMNS + " columns: " + line);
        }
        int colon = cells[0].indexOf(':');
        String name = cells[0].substring(0, colon);
        String value = cells[0].substring(colon + 2);
        Row row = new Row(cases, start, name);
        row.is(cells[2], "missing");
        row.is(cells[3], "twice", name + ": " + value, name + ": " + value);
        row.is(cells[4], "empty", name + ":");
        row.is(cells[4], "nothing but folds", name + ":\\r\\n \\r\\n\\t");
        row.is(cells[5], "folded", name + ":\\r\\n " + value.replace(" ", "\\r\\n\\t ") + "\\r\\n ");
        row.is(cells[6], "in odd case", oddCase(name) + " \\t:" + value);
        if (!cells[1].equals(NONE)) {
            row.is(cells[6], "in compact form", cells[1] + ": " + value);
            row.is(cells[6], "in compact form and upper case", cells[1].toUpperCase(Locale.ROOT) + " : " + value);
            row.is(cells[3], "in both forms", cells[1] + ": " + value, name + ": " + value);
        }
    }

    private static String oddCase(String name) {
        StringBuilder odd = new StringBuilder(name);
        for (int i = 0; i < odd.length(); i++) {
            char c = odd.charAt(i);
            odd.setCharAt(i, i % 2 == 0 ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return odd.toString();
    }

    /** The cases of one header. */
    private record Row(List<TortureCase> cases, String start, String name) {
        void is(String outcome, String what, String... rows) {
            if (outcome.equals(NONE)) {
                return;
            }
            List<String> edits = new ArrayList<>(List.of("> " + start, "- " + name));
            for (String each : rows) {
                edits.add("+ " + each);
            }
            String message = start.startsWith("SIP/") ? start.substring(8, 11) + " " : "";
            cases.add(new TortureCase("matrix: " + message + name + " " + what, outcome, edits));
        }
    }
}
