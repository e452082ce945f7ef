package io.websip.sip;

import org.jspecify.annotations.Nullable;

/**
 * Finds the address in a value that is no name-addr by the letter of RFC 3261 section 25.1. Goes over the value a fixed number of
 * times. Confined to one call.
 */
final class AddressFinder {
    private final byte[] b;
    private final int limit;
    private final Tolerance tolerance;

    AddressFinder(byte[] b, int limit, Tolerance tolerance) {
        this.b = b;
        this.limit = limit;
        this.tolerance = tolerance;
    }

    /** The address; null if there is none that leaves no doubt. */
    @Nullable
    NameAddress find(int from) {
        int start = Scan.lws(b, from, limit);
        int bracket = bracket(start);
        NameAddress inBrackets = bracket < 0 ? null : inBrackets(start, bracket);
        boolean only = tolerance == Tolerance.RECEIVED || bracket >= 0 && tolerance == Tolerance.NAMES;
        return inBrackets != null || only ? inBrackets : bare(start);
    }

    /** The first bracket outside quotes; where the quotes end nowhere, or hold all there is, the first of all. */
    private int bracket(int start) {
        int at = start;
        while (at < limit && b[at] != '<') {
            int closed = b[at] == '"' ? Scan.closedQuote(b, at, limit) : at + 1;
            if (closed < 0) {
                break;
            }
            at = closed;
        }
        if (at < limit && b[at] == '<') {
            return at;
        }
        for (int i = start; i < limit; i++) {
            if (b[i] == '<') {
                return i;
            }
        }
        return -1;
    }

    private @Nullable NameAddress inBrackets(int start, int bracket) {
        int uriStart = Scan.lws(b, bracket + 1, limit);
        while (tolerance == Tolerance.LOOSE && Scan.is(b, uriStart, limit, '<')) {
            uriStart = Scan.lws(b, uriStart + 1, limit);
        }
        int close = uriStart;
        while (close < limit && b[close] != '>' && b[close] != '<') {
            close++;
        }
        if (!Scan.is(b, close, limit, '>') || !isName(start, bracket)) {
            return null;
        }
        return address(start, uriStart, Scan.lwsBefore(b, close, uriStart), close + 1);
    }

    private boolean isName(int start, int end) {
        return switch (tolerance) {
            case STRICT, RECEIVED -> isWellFormed(start, end);
            case NAMES -> !holdsControl(start, end) && !isTwo(start, end);
            case LOOSE -> !holdsControl(start, end);
        };
    }

    private boolean isWellFormed(int start, int end) {
        if (Scan.is(b, start, end, '"')) {
            int closed = Scan.closedQuote(b, start, end);
            return closed >= 0 && Scan.lws(b, closed, end) == end;
        }
        try {
            NameAddress.checkTokens(b, start, end, "address");
            return true;
        } catch (SipParseException e) {
            return false;
        }
    }

    /** A URI, a comma and a bracket are two values, of which it is not for us to choose one. */
    private boolean isTwo(int start, int end) {
        boolean comma = false;
        for (int i = start; i < end; i++) {
            comma |= b[i] == ',';
        }
        return comma && isAddress(start, end);
    }

    private boolean isAddress(int start, int end) {
        return SipUri.schemeEnd(b, start, end) >= 0
                || end - start > 4 && Bytes.equalsIgnoreCase(b, start, start + 4, "tel:");
    }

    /** A name is text. */
    private boolean holdsControl(int start, int end) {
        for (int i = start; i < end; i++) {
            if (b[i] >= 0 && b[i] < ' ' && !Bytes.isLws(b[i]) || b[i] == 0x7f) {
                return true;
            }
        }
        return false;
    }

    /** Without brackets the URI is the last word in front of the parameters, and what stands in front of it the name. */
    private @Nullable NameAddress bare(int start) {
        int at = start;
        boolean closes = true; // behind a quote that does not end no other begins
        while (at < limit && b[at] != ';' && b[at] != '<') {
            int closed = closes && b[at] == '"' ? Scan.closedQuote(b, at, limit) : at + 1;
            closes &= closed >= 0;
            at = closed >= 0 ? closed : at + 1;
        }
        int uriEnd = Scan.lwsBefore(b, at, start);
        int uriStart = uriEnd;
        while (uriStart > start && !Bytes.isLws(b[uriStart - 1])) {
            if (b[uriStart - 1] == '?') {
                return null; // such a URI must stand in brackets (RFC 3261 section 20.10)
            }
            uriStart--;
        }
        return isAddress(uriStart, uriEnd) && !holdsControl(start, uriStart)
                ? address(start, uriStart, uriEnd, uriEnd)
                : null;
    }

    private @Nullable NameAddress address(int start, int uriStart, int uriEnd, int parametersStart) {
        try {
            Uri uri = UriReader.read(b, uriStart, uriEnd, tolerance);
            if (tolerance == Tolerance.LOOSE) {
                return NameAddress.of(b, start, uri, parametersStart, Scan.lwsBefore(b, limit, parametersStart));
            }
            int stop = Parameters.headerEnd(b, parametersStart, limit, "address", tolerance);
            return Parameters.behind(b, stop, limit) < limit
                    ? null
                    : NameAddress.of(b, start, uri, parametersStart, Scan.lwsBefore(b, stop, parametersStart));
        } catch (SipParseException e) {
            return null;
        }
    }
}
