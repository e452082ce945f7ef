package io.websip.sip;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One Via value: protocol, sent-by and parameters (RFC 3261 section 20.42). Immutable; kept as the octets it came in and
 * read when asked for.
 */
public final class Via {
    /** What a branch of this RFC's transactions starts with (RFC 3261 section 8.1.1.7). */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final int transportStart;
    private final int transportEnd;
    private final int hostStart;
    private final int hostEnd;
    private final int port;
    private final Parameters parameters;

    private Via(
            Lexer in,
            int start,
            int transportStart,
            int transportEnd,
            int hostStart,
            int hostEnd,
            int port,
            Parameters p,
            int end) {
        this.bytes = in.bytes;
        this.start = start;
        this.transportStart = transportStart;
        this.transportEnd = transportEnd;
        this.hostStart = hostStart;
        this.hostEnd = hostEnd;
        this.port = port;
        this.parameters = p;
        this.end = end;
    }

    /**
     * Reads one value.
     *
     * @throws SipParseException if it is malformed
     */
    public static Via parse(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        Lexer in = new Lexer(b, 0, b.length);
        Via via = read(in);
        if (!in.done()) {
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
            throw new IllegalArgumentException("'" + text + "' is not a Via: " + e.getMessage(), e);
        }
    }

    /** Reads one value and leaves the cursor on the comma behind it, or at the end. */
    static Via read(Lexer in) throws SipParseException {
        in.skipLws();
        int start = in.at;
        in.token("Via protocol");
        in.expectAfterLws('/', "Via");
        in.skipLws();
        in.token("Via version");
        in.expectAfterLws('/', "Via");
        in.skipLws();
        int transportStart = in.at;
        in.token("Via transport");
        int transportEnd = in.at;
        if (!Bytes.isLws(in.peek())) {
            throw new SipParseException("Via: white space expected behind the transport");
        }
        in.skipLws();
        int hostStart = in.at;
        in.host("Via");
        int hostEnd = in.at;
        int port = -1;
        int end = in.at;
        if (in.takeAfterLws(':')) {
            in.skipLws();
            port = in.port("Via");
            end = in.at;
        }
        Parameters parameters = Parameters.ofHeader(in, "Via");
        if (!in.done() && in.peek() != ',') {
            throw new SipParseException("Via: unexpected character behind sent-by");
        }
        if (!parameters.isEmpty()) {
            end = in.at;
            while (Bytes.isLws(in.bytes[end - 1])) {
                end--;
            }
        }
        return new Via(in, start, transportStart, transportEnd, hostStart, hostEnd, port, parameters, end);
    }

    /** The transport as it stands, such as {@code WSS}. */
    public String transport() {
        return Bytes.string(bytes, transportStart, transportEnd);
    }

    /** The host of sent-by; an IPv6 reference has its brackets. */
    public String host() {
        return Bytes.string(bytes, hostStart, hostEnd);
    }

    /** The port of sent-by, or -1 where there is none. */
    public int port() {
        return port;
    }

    /** Host and port as one text, the host in lower case: what transactions are matched by (RFC 3261 section 17.2.3). */
    public String sentBy() {
        String host = host().toLowerCase(java.util.Locale.ROOT);
        return port == -1 ? host : host + ":" + port;
    }

    /** Whether {@link #sentBy} is this, without regard to case. */
    public boolean hasSentBy(String hostAndPort) {
        return port == -1
                ? Bytes.equalsIgnoreCase(bytes, hostStart, hostEnd, hostAndPort) // without a text, as for each response
                : sentBy().equalsIgnoreCase(hostAndPort);
    }

    /** The branch; empty if there is none. */
    public Optional<String> branch() {
        return Optional.ofNullable(branchOrNull());
    }

    @Nullable
    String branchOrNull() {
        return parameters.value("branch");
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
        return parameters;
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
