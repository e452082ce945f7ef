package io.websip.internal.connection;

import io.websip.internal.transaction.MessageOutput;
import io.websip.internal.transaction.Tokens;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.sip.Discard;
import io.websip.sip.DiscardListener;
import io.websip.sip.SipHeaders;
import io.websip.sip.SipLimits;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns what comes over one connection into verified messages. Keep-alives are answered here, broken requests too, and
 * nothing that comes can close the connection (RFC 5626 section 4.4.1, RFC 3261 section 8.2). Confined to the loop.
 */
final class MessageReceiver {
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TransactionLayer layer;
    private final SipLimits limits;
    private final Tokens tokens;
    private final MessageOutput output;
    private final DiscardListener listener;
    private final Runnable pong;
    private boolean closing;

    /**
     * @param listener is notified of what is left out
     * @param pong runs for each lone CRLF
     */
    MessageReceiver(
            TransactionLayer layer,
            SipLimits limits,
            Tokens tokens,
            MessageOutput output,
            DiscardListener listener,
            Runnable pong) {
        this.listener = listener;
        this.layer = layer;
        this.limits = limits;
        this.tokens = tokens;
        this.output = output;
        this.pong = pong;
    }

    /** We have closed: a request that crosses that cannot be answered any more, and is not taken. */
    void closing() {
        closing = true;
    }

    void receive(byte[] message) {
        if (isLineBreaks(message)) {
            if (Arrays.equals(message, PING)) {
                output.send(PONG.clone());
            } else if (Arrays.equals(message, PONG)) {
                pong.run(); // and it is never answered
            }
            return;
        }
        SipMessage parsed;
        try {
            parsed = SipMessage.wrap(message, limits, listener);
            parsed.verify();
        } catch (SipParseException e) {
            malformed(message, e);
            return;
        }
        if (parsed instanceof SipResponse response) {
            OddElements.of(response, listener);
        }
        if (!closing || parsed instanceof SipResponse) {
            layer.receive(parsed);
        }
    }

    private static boolean isLineBreaks(byte[] message) {
        for (byte b : message) {
            if (b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }

    private void malformed(byte[] message, SipParseException why) {
        Discard kind = why.headers().isPresent() ? Discard.MALFORMED_REQUEST : Discard.MALFORMED_RESPONSE;
        listener.discarded(kind, "a malformed message of " + message.length + " bytes: " + why.getMessage());
        why.headers().ifPresent(headers -> refuse(headers, why));
    }

    /** Answers what could be read of a request, without any state; an ACK is never answered. */
    private void refuse(SipHeaders headers, SipParseException why) {
        boolean ack = headers.first("CSeq").orElse("").endsWith("ACK");
        if (ack || !headers.contains("Via")) {
            return;
        }
        SipResponse response =
                SipResponse.to(headers, why.statusHint(), null, tokens.tag()).build();
        output.send(response.unsafeBytes());
    }
}
