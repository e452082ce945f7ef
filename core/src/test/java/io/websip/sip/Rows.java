package io.websip.sip;

import java.util.ArrayList;
import java.util.List;

/** The rows of a message as text, for comparison. */
final class Rows {
    private Rows() {}

    static List<String> of(SipMessage message) {
        return of(message.headers());
    }

    static List<String> of(SipHeaders headers) {
        List<String> rows = new ArrayList<>();
        headers.forEach((name, value) -> rows.add(name + ": " + value));
        return rows;
    }

    /** Without Content-Length, which a rewritten message has last. */
    static List<String> withoutLength(SipMessage message) {
        List<String> rows = of(message);
        rows.removeIf(row -> row.startsWith("Content-Length: "));
        return rows;
    }
}
