package io.websip.sip;

import io.websip.text.Visible;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One Via value: protocol, sent-by and parameters (RFC 3261 section 20.42). Immutable; kept as the octets it came in and
 * read when asked for.
 */
public final class Via {
    /** What a branch of this RFC's transactions starts with (RFC 3261 section 8.1.1.7). */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    private static final byte[] USUAL_PROTOCOL = Bytes.utf8("SIP/2.0/");

    private final byte[] bytes;
    private final int start;
    private final int hostStart;
    private final int parametersStart; // behind the host, or the port where there is one
    private final int end;

    private Via(byte[] bytes, int start, int hostStart, int parametersStart, int end) {
        this.bytes = bytes;
        this.start = start;
        this.hostStart = hostStart;
        this.parametersStart = parametersStart;
        this.end = end;
    }

    /**
     * Reads one value as peers send it: one semicolon at its end is left out, and an IPv6 address may lack its brackets.
     *
     * @throws SipParseException if it is malformed
     */
    public static Via parse(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        Via via = read(b, 0, b.length, Tolerance.RECEIVED);
        if (Parameters.behind(b, via.end, b.length) < b.length) {
            throw new SipParseException("Via: one value expected, but more follows");
        }
        return via;
    }

    /**
     * A Via for a new request.
     *
     * @param transport such as {@code WS} or {@code WSS}
     * @param sentBy host, or host and port
     * @throws IllegalArgumentException if a part is malformed
     */
    public static Via of(String transport, String sentBy, String branch) {
        String text = "SIP/2.0/" + transport + " " + sentBy + Parameters.one("branch", branch);
        try {
            Via via = parse(text);
            if (!via.transport().equals(transport) || !via.sentBy().equalsIgnoreCase(sentBy)) {
                throw new SipParseException("transport or sent-by holds more than itself");
            }
            return via;
        } catch (SipParseException e) {
            throw new IllegalArgumentException("'" + Visible.line(text) + "' is not a Via: " + e.getMessage(), e);
        }
    }

    /** Reads one value, which ends at a comma or the end. */
    static Via read(byte[] b, int from, int limit, Tolerance tolerance) throws SipParseException {
        int start = Scan.lws(b, from, limit);
        int transportStart = protocol(b, start, limit);
        int transportEnd = Scan.token(b, transportStart, limit, "Via transport");
        int hostStart = Scan.lws(b, transportEnd, limit);
        if (hostStart == transportEnd) {
            throw new SipParseException("Via: white space expected behind the transport");
        }
        int parametersStart = sentByEnd(b, hostStart, limit);
        int stop;
        if (tolerance == Tolerance.LOOSE) {
            stop = Parameters.looseEnd(b, parametersStart, limit);
        } else {
            stop = Parameters.headerEnd(b, parametersStart, limit, "Via", tolerance);
            int next = Parameters.behind(b, stop, limit);
            if (next < limit && b[next] != ',') {
                throw new SipParseException("Via: unexpected character behind sent-by");
            }
        }
        int end = Scan.lwsBefore(b, stop, parametersStart);
        return new Via(b, start, hostStart, parametersStart, end);
    }

    private static int sentByEnd(byte[] b, int hostStart, int limit) throws SipParseException {
        int bare = Scan.bareIpv6(b, hostStart, limit);
        if (bare >= 0) {
            return bare;
        }
        int hostEnd = Scan.host(b, hostStart, limit, "Via");
        int colon = Scan.after(':', b, hostEnd, limit);
        return colon < 0 ? hostEnd : Scan.port(b, Scan.lws(b, colon, limit), limit, "Via");
    }

    /** The branch in a value that is malformed in front of its parameters, of which a client needs no more; null for none. */
    static @Nullable String branchOf(byte[] b, int from, int limit) {
        int end = Parameters.looseEnd(b, from, limit);
        return Parameters.ofHeader(b, from, end).value("branch");
    }

    /** Over {@code SIP/2.0/}, or another protocol and version. */
    private static int protocol(byte[] b, int start, int limit) throws SipParseException {
        int usualEnd = start + USUAL_PROTOCOL.length;
        if (usualEnd <= limit && Arrays.equals(b, start, usualEnd, USUAL_PROTOCOL, 0, USUAL_PROTOCOL.length)) {
            return Scan.lws(b, usualEnd, limit);
        }
        int nameEnd = Scan.token(b, start, limit, "Via protocol");
        int versionStart = Scan.lws(b, Scan.expect('/', b, nameEnd, limit, "Via"), limit);
        int versionEnd = Scan.token(b, versionStart, limit, "Via version");
        return Scan.lws(b, Scan.expect('/', b, versionEnd, limit, "Via"), limit);
    }

    /** The transport as it stands, such as {@code WSS}. */
    public String transport() {
        int transportEnd = Scan.lwsBefore(bytes, hostStart, start);
        int transportStart = transportEnd;
        while (Bytes.isToken(bytes[transportStart - 1])) {
            transportStart--; // the slash, or white space behind it, stops it
        }
        return Bytes.ascii(bytes, transportStart, transportEnd);
    }

    /** The host of sent-by; an IPv6 reference has its brackets. */
    public String host() {
        return Bytes.ascii(bytes, hostStart, hostEnd());
    }

    private int hostEnd() {
        int at = hostStart;
        if (bytes[at] == '[') {
            while (bytes[at] != ']') {
                at++;
            }
            return at + 1;
        }
        if (Scan.bareIpv6(bytes, hostStart, parametersStart) >= 0) {
            return parametersStart;
        }
        while (at < parametersStart && Bytes.isHost(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The port of sent-by, or -1 where there is none. */
    public int port() {
        int colon = Scan.after(':', bytes, hostEnd(), parametersStart);
        return colon < 0
                ? -1
                : (int) Bytes.number(bytes, Scan.lws(bytes, colon, parametersStart), parametersStart, 65_535);
    }

    /** Host and port as one text, the host in lower case: what transactions are matched by (RFC 3261 section 17.2.3). */
    public String sentBy() {
        String host = host().toLowerCase(Locale.ROOT);
        int port = port();
        return port == -1 ? host : host + ":" + port;
    }

    /** Whether {@link #sentBy} is this, without regard to case. */
    public boolean hasSentBy(String hostAndPort) {
        return port() == -1
                ? Bytes.equalsIgnoreCase(
                        bytes, hostStart, parametersStart, hostAndPort) // without a text, as for each response
                : sentBy().equalsIgnoreCase(hostAndPort);
    }

    /** The branch; empty if there is none. */
    public Optional<String> branch() {
        return Optional.ofNullable(branchOrNull());
    }

    @Nullable
    String branchOrNull() {
        return Parameters.headerValue(bytes, parametersStart, end, "branch");
    }

    /** Whether the branch starts with {@link #MAGIC_COOKIE} and goes on: then it alone identifies the transaction. */
    public boolean hasTransactionBranch() {
        String branch = branchOrNull();
        return branch != null
                && branch.length() > MAGIC_COOKIE.length()
                && branch.regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length());
    }

    /** All parameters, such as branch, received and rport. */
    public Parameters parameters() {
        return Parameters.ofHeader(bytes, parametersStart, end);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Via v && toString().equals(v.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The value as it stood, unfolded. */
    @Override
    public String toString() {
        return Bytes.unfoldedString(bytes, start, end);
    }
}
