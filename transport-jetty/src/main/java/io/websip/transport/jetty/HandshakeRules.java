package io.websip.transport.jetty;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** What a 101 must hold to open a WebSocket that speaks SIP; each broken rule is named. */
final class HandshakeRules {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private HandshakeRules() {}

    /** The first rule that the answer breaks, or null. */
    static @Nullable String broken(HttpFields request, HttpFields answer) {
        if (!answer.contains(HttpHeader.UPGRADE, "websocket")) {
            return "Upgrade is not websocket (RFC 6455 section 4.1)";
        }
        if (!answer.contains(HttpHeader.CONNECTION, "upgrade")) {
            return "Connection is not Upgrade (RFC 6455 section 4.1)";
        }
        String key = request.get(HttpHeader.SEC_WEBSOCKET_KEY);
        if (key == null || !accept(key).equals(answer.get(HttpHeader.SEC_WEBSOCKET_ACCEPT))) {
            return "Sec-WebSocket-Accept does not answer our key (RFC 6455 section 4.1)";
        }
        if (answer.contains(HttpHeader.SEC_WEBSOCKET_EXTENSIONS)
                && (!request.contains(HttpHeader.SEC_WEBSOCKET_EXTENSIONS) || !DeflateAnswer.accepts(answer))) {
            return "Sec-WebSocket-Extensions was not offered (RFC 6455 section 4.1)";
        }
        List<String> subprotocols = answer.getValuesList(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL);
        if (subprotocols.isEmpty()) {
            return "Sec-WebSocket-Protocol is missing, sip was demanded (RFC 7118 section 4.1)";
        }
        return subprotocols.equals(List.of("sip")) ? null : "Sec-WebSocket-Protocol is not sip (RFC 7118 section 4.1)";
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
