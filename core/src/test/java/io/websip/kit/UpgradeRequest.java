package io.websip.kit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * A client's opening handshake (RFC 6455 section 4.1).
 *
 * @param line the request line
 * @param headers by name in lower case
 */
public record UpgradeRequest(String line, Map<String, String> headers) {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** A header's value, empty if there is none. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The Sec-WebSocket-Accept that fits its key. */
    public String acceptKey() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((header("Sec-WebSocket-Key") + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The answer that opens a WebSocket for SIP. */
    public String goodAnswer() {
        return answer(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Accept: " + acceptKey(),
                "Sec-WebSocket-Protocol: sip");
    }

    /** A 101 with these headers. */
    public static String answer(String... headers) {
        return "HTTP/1.1 101 Switching Protocols\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }
}
