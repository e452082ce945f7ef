package io.websip.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * A challenge, credentials, or the Authentication-Info that answers them: a scheme and {@code name=value} pairs
 * (RFC 3261 sections 20.6, 20.7, 20.27, 20.28, 20.44; RFC 7616). Immutable.
 *
 * <p>Names and the scheme are compared without regard to case. Of a name that stands twice the first counts. Values come
 * unquoted, whether they were quoted or not, since servers differ in that.
 */
public final class AuthHeader {
    /** The value without quotes and escapes, and as it stood between its quotes. */
    private record Pair(String name, String value, String quoted) {}

    private final String scheme;
    private final List<Pair> pairs;

    private AuthHeader(String scheme, List<Pair> pairs) {
        this.scheme = scheme;
        this.pairs = List.copyOf(pairs);
    }

    /**
     * Reads a challenge or credentials.
     *
     * @throws SipParseException if it is malformed
     */
    public static AuthHeader parse(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        int start = Scan.lws(b, 0, b.length);
        int schemeEnd = schemeEnd(b, start);
        List<Pair> pairs = new ArrayList<>();
        pairs(b, schemeEnd, false, pairs);
        return new AuthHeader(Bytes.string(b, start, schemeEnd), pairs);
    }

    /**
     * Reads a challenge as peers send it: a parameter without a value is left out, a semicolon or white space may stand for a
     * comma, and a second challenge in the same value, which RFC 3261 section 7.3.1 forbids, ends the first.
     *
     * @throws SipParseException if it is malformed in another way
     */
    public static AuthHeader parseChallenge(String text) throws SipParseException {
        return parseChallenges(text).get(0);
    }

    /**
     * Reads the challenges of one value, each as {@link #parseChallenge} does. RFC 3261 section 7.3.1 allows one, HTTP several
     * (RFC 9110 section 11.6.1). What stands behind a malformed one is left out.
     *
     * @return at least one
     * @throws SipParseException if the first is malformed
     */
    public static List<AuthHeader> parseChallenges(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        List<AuthHeader> challenges = new ArrayList<>(1);
        int at = Scan.lws(b, 0, b.length);
        do {
            List<Pair> pairs = new ArrayList<>();
            try {
                int schemeEnd = schemeEnd(b, at);
                int next = pairs(b, schemeEnd, true, pairs);
                challenges.add(new AuthHeader(Bytes.string(b, at, schemeEnd), pairs));
                at = next;
            } catch (SipParseException e) {
                if (challenges.isEmpty()) {
                    throw e;
                }
                return List.copyOf(challenges);
            }
        } while (at < b.length);
        return List.copyOf(challenges);
    }

    private static int schemeEnd(byte[] b, int start) throws SipParseException {
        int end = Scan.token(b, start, b.length, "authentication scheme");
        if (end < b.length && !Bytes.isLws(b[end])) {
            throw new SipParseException("authentication: white space expected behind the scheme");
        }
        return end;
    }

    /**
     * Reads an Authentication-Info value, which has no scheme.
     *
     * @throws SipParseException if it is malformed
     */
    public static AuthHeader parseInfo(String text) throws SipParseException {
        List<Pair> pairs = new ArrayList<>();
        pairs(Bytes.utf8(text), 0, false, pairs);
        return new AuthHeader("", pairs);
    }

    /** Adds the pairs from there on, and says where they end: in front of another challenge, or at the end. */
    private static int pairs(byte[] b, int from, boolean tolerant, List<Pair> pairs) throws SipParseException {
        int end = b.length;
        int at = Scan.lws(b, from, end);
        while (at < end) {
            if (b[at] == ',' || tolerant && b[at] == ';') {
                at = Scan.lws(b, at + 1, end);
                continue; // empty list elements are skipped
            }
            int nameEnd = Scan.token(b, at, end, "authentication parameter");
            String name = Bytes.string(b, at, nameEnd);
            int equals = Scan.after('=', b, nameEnd, end);
            if (tolerant && equals < 0) {
                if (isScheme(b, at, nameEnd)) {
                    return at;
                }
                at = Scan.lws(b, nameEnd, end);
                continue;
            }
            int valueStart = Scan.lws(b, Scan.expect('=', b, nameEnd, end, "authentication parameter"), end);
            int valueEnd = valueEnd(b, valueStart);
            pairs.add(pair(name, b, valueStart, valueEnd));
            at = Scan.lws(b, valueEnd, end);
            if (at < end && b[at] != ',' && !tolerant) {
                throw new SipParseException("authentication parameter '" + name + "': a comma is expected behind it");
            }
        }
        return end;
    }

    /** Whether a challenge begins here: with a known scheme, or any in front of a realm. */
    private static boolean isScheme(byte[] b, int start, int end) {
        int next = Scan.lws(b, end, b.length);
        int nextEnd = Scan.anyToken(b, next, b.length);
        return next > end
                && Scan.after('=', b, nextEnd, b.length) >= 0
                && (Bytes.equalsIgnoreCase(b, next, nextEnd, "realm")
                        || Bytes.equalsIgnoreCase(b, start, end, "Digest")
                        || Bytes.equalsIgnoreCase(b, start, end, "Basic"));
    }

    private static int valueEnd(byte[] b, int start) throws SipParseException {
        if (Scan.is(b, start, b.length, '"')) {
            return Scan.quoted(b, start, b.length, "authentication parameter");
        }
        int at = start;
        while (at < b.length && b[at] != ',' && b[at] != '"' && !Bytes.isLws(b[at])) {
            at++;
        }
        return at;
    }

    private static Pair pair(String name, byte[] b, int start, int end) {
        if (Scan.is(b, start, end, '"')) {
            return new Pair(name, QuotedString.unquote(b, start, end), Bytes.string(b, start + 1, end - 1));
        }
        String value = Bytes.string(b, start, end);
        return new Pair(name, value, value.replace("\\", "\\\\"));
    }

    /** The scheme as it stands, such as {@code Digest}; empty for Authentication-Info. */
    public String scheme() {
        return scheme;
    }

    /** Whether the scheme is Digest (RFC 7616). */
    public boolean isDigest() {
        return scheme.equalsIgnoreCase("Digest");
    }

    /** The value of a parameter; empty if it is absent. */
    public Optional<String> get(String name) {
        return find(name).map(Pair::value);
    }

    /**
     * The value of a parameter as it stood, or would stand, between quotes, with its escapes: what an answer echoes octet by octet
     * (RFC 3261 section 22.4). Empty if it is absent.
     */
    public Optional<String> quoted(String name) {
        return find(name).map(Pair::quoted);
    }

    private Optional<Pair> find(String name) {
        for (Pair p : pairs) {
            if (p.name.equalsIgnoreCase(name)) {
                return Optional.of(p);
            }
        }
        return Optional.empty();
    }

    /** The comma list in a parameter such as qop, in lower case; empty if it is absent. */
    public List<String> list(String name) {
        StringTokenizer value = new StringTokenizer(get(name).orElse(""), ",");
        List<String> items = new ArrayList<>();
        while (value.hasMoreTokens()) {
            String item = value.nextToken();
            if (!item.isBlank()) {
                items.add(item.strip().toLowerCase(Locale.ROOT));
            }
        }
        return List.copyOf(items);
    }

    /** The scheme and the names, without the values, some of which are secrets. */
    @Override
    public String toString() {
        return scheme + " " + pairs.stream().map(Pair::name).toList();
    }
}
