package io.websip.sip;

import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of a list header, each found beside whatever else the rows hold (RFC 3261 section 8.2.2). Goes over each row twice
 * at most. Confined to one call.
 */
final class AddressList {
    private final List<NameAddress> addresses = new ArrayList<>();
    private int leftOut;

    List<NameAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** How many elements had no address in them; a star is none of these. */
    int leftOut() {
        return leftOut;
    }

    /** Adds those of one row, which is unfolded. */
    void addAll(byte[] row) {
        int from = 0;
        boolean opened = false; // a bracket in this element
        boolean within = false; // and not closed
        boolean closes = true; // behind a quote that does not end no other begins
        int at = 0;
        while (at < row.length) {
            int c = row[at];
            int next = at + 1;
            if (c == '"' && closes) {
                int closed = Scan.closedQuote(row, at, row.length);
                closes = closed >= 0;
                next = closes ? closed : next;
            } else if (c == ',' && !within || c == '<' && opened) { // in front of the latter a comma is missing
                add(row, from, at);
                from = c == ',' ? next : at;
                opened = c == '<';
                within = opened;
            } else if (c == '<' || c == '>') {
                within = c == '<';
                opened |= within;
            }
            at = next;
        }
        add(row, from, row.length);
    }

    private void add(byte[] row, int from, int to) {
        int start = Scan.lws(row, from, to);
        int end = Scan.lwsBefore(row, to, start);
        if (start == end) {
            return;
        }
        try {
            addresses.add(NameAddress.parse(row, start, end, "address", Tolerance.LOOSE));
        } catch (SipParseException e) {
            leftOut += end - start == 1 && row[start] == '*' ? 0 : 1;
        }
    }
}
