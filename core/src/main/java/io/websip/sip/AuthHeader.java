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
        Lexer in = new Lexer(b, 0, b.length);
        in.skipLws();
        int start = in.at;
        in.token("authentication scheme");
        String scheme = Bytes.string(b, start, in.at);
        if (in.done()) {
            return new AuthHeader(scheme, List.of());
        }
        if (!Bytes.isLws(in.peek())) {
            throw new SipParseException("authentication: white space expected behind the scheme");
        }
        return new AuthHeader(scheme, pairs(in));
    }

    /**
     * Reads an Authentication-Info value, which has no scheme.
     *
     * @throws SipParseException if it is malformed
     */
    public static AuthHeader parseInfo(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        return new AuthHeader("", pairs(new Lexer(b, 0, b.length)));
    }

    private static List<Pair> pairs(Lexer in) throws SipParseException {
        List<Pair> pairs = new ArrayList<>();
        in.skipLws();
        while (!in.done()) {
            if (in.takeAfterLws(',')) {
                in.skipLws();
                continue; // empty list elements are skipped
            }
            int nameStart = in.at;
            in.token("authentication parameter");
            String name = Bytes.string(in.bytes, nameStart, in.at);
            in.expectAfterLws('=', "authentication parameter '" + name + "'");
            in.skipLws();
            pairs.add(pair(name, in));
            in.skipLws();
            if (!in.done() && in.peek() != ',') {
                throw new SipParseException("authentication parameter '" + name + "': a comma is expected behind it");
            }
        }
        return pairs;
    }

    private static Pair pair(String name, Lexer in) throws SipParseException {
        int start = in.at;
        if (in.peek() == '"') {
            in.quoted("authentication parameter");
            return new Pair(
                    name, QuotedString.unquote(in.bytes, start, in.at), Bytes.string(in.bytes, start + 1, in.at - 1));
        }
        while (!in.done() && in.peek() != ',' && in.peek() != '"' && !Bytes.isLws(in.peek())) {
            in.at++;
        }
        String value = Bytes.string(in.bytes, start, in.at);
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
