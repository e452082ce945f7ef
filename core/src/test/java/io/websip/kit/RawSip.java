package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;

/** SIP by hand: the server's side of an exchange with an agent that does not register. */
public final class RawSip {
    /** The header fields that a response copies from its request (RFC 3261 section 8.2.6.2). */
    private static final List<String> COPIED = List.of("Via:", "From:", "To:", "Call-ID:", "CSeq:");

    private RawSip() {}

    /**
     * One message each way: sends one, awaits its 200 and the agent's own MESSAGE in any order, and answers that 200.
     *
     * @param peer an open WebSocket
     * @param user the agent's user name
     * @return the body of the agent's message
     */
    public static String exchange(RawWebSocket peer, String user) {
        peer.send(Frame.text(message(user, "Hello " + user)));
        String one = peer.read(Frame.TEXT).asText();
        String other = peer.read(Frame.TEXT).asText();
        boolean responseFirst = one.startsWith("SIP/2.0");
        String request = responseFirst ? other : one;
        assertThat(request).startsWith("MESSAGE ");
        assertThat(responseFirst ? one : other).startsWith("SIP/2.0 200 ");
        peer.send(Frame.text(ok(request)));
        return request.substring(request.indexOf("\r\n\r\n") + 4);
    }

    /** The 200 to a request. */
    static String ok(String request) {
        return request.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> COPIED.stream().anyMatch(line::startsWith))
                .map(line -> line.startsWith("To:") ? line + ";tag=kit" : line)
                .collect(Collectors.joining("\r\n", "SIP/2.0 200 OK\r\n", "\r\nContent-Length: 0\r\n\r\n"));
    }

    /** A MESSAGE from bob. */
    static String message(String user, String body) {
        return "MESSAGE sip:" + user + "@example.com SIP/2.0\r\n"
                + "Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bKkit\r\n"
                + "From: <sip:bob@example.com>;tag=kit\r\n"
                + "To: <sip:" + user + "@example.com>\r\n"
                + "Call-ID: kit\r\n"
                + "CSeq: 1 MESSAGE\r\n"
                + "Content-Type: text/plain\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }
}
