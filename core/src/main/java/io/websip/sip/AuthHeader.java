package io.websip.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A challenge, credentials, or the Authentication-Info that answers them: a scheme and {@code name=value} pairs
 * (RFC 3261 sections 20.6, 20.7, 20.27, 20.28, 20.44; RFC 7616). Immutable.
 *
 * <p>Names and the scheme are compared without regard to case. Of a name that stands twice the first counts. Values come
 * unquoted, whether they were quoted or not, since servers differ in that.
 */
public final class AuthHeader {
    private record Pair(String name, String value) {}

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
            pairs.add(new Pair(name, value(in)));
            in.skipLws();
            if (!in.done() && in.peek() != ',') {
                throw new SipParseException("authentication parameter '" + name + "': a comma is expected behind it");
            }
        }
        return pairs;
    }

    private static String value(Lexer in) throws SipParseException {
        int start = in.at;
        if (in.peek() == '"') {
            in.quoted("authentication parameter");
            return QuotedString.unquote(in.bytes, start, in.at);
        }
        while (!in.done() && in.peek() != ',' && in.peek() != '"' && !Bytes.isLws(in.peek())) {
            in.at++;
        }
        return Bytes.string(in.bytes, start, in.at);
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
        return Optional.ofNullable(value(name));
    }

    private @Nullable String value(String name) {
        for (Pair p : pairs) {
            if (p.name.equalsIgnoreCase(name)) {
                return p.value;
            }
        }
        return null;
    }

    /** The comma list in a parameter such as qop, in lower case; empty if it is absent. */
    public List<String> list(String name) {
        String value = value(name);
        if (value == null) {
            return List.of();
        }
        List<String> items = new ArrayList<>();
        for (String item : value.split(",", -1)) {
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
