package io.websip.sip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of a good message, of which a test spoils one thing. */
final class MessageText {
    private String startLine;
    private final List<String> lines = new ArrayList<>();
    private byte[] body = new byte[0];
    private Charset charset = StandardCharsets.UTF_8;

    private MessageText(String startLine, String cseq) {
        this.startLine = startLine;
        lines.add("Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK776asdhds");
        lines.add("Max-Forwards: 70");
        lines.add("From: Alice <sip:alice@example.com>;tag=1928301774");
        lines.add("To: Bob <sip:bob@example.com>");
        lines.add("Call-ID: a84b4c76e66710");
        lines.add("CSeq: " + cseq);
    }

    static MessageText request() {
        return new MessageText("MESSAGE sip:bob@example.com SIP/2.0", "314159 MESSAGE");
    }

    static MessageText response() {
        return new MessageText("SIP/2.0 200 OK", "314159 MESSAGE").without("Max-Forwards");
    }

    /** The text with each line feed made CRLF. */
    static byte[] crlf(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    MessageText start(String line) {
        startLine = line;
        return this;
    }

    /** Puts a line in the place of the one of that name, which must be there. */
    MessageText set(String name, String value) {
        for (int i = 0; i < lines.size(); i++) {
            if (named(lines.get(i), name)) {
                lines.set(i, name + ": " + value);
                return this;
            }
        }
        throw new AssertionError("no line " + name);
    }

    /** Puts a whole line, as it is, in the place of the one of that name. */
    MessageText replace(String name, String line) {
        lines.replaceAll(old -> named(old, name) ? line : old);
        return this;
    }

    MessageText without(String name) {
        lines.removeIf(line -> named(line, name));
        return this;
    }

    MessageText add(String line) {
        lines.add(line);
        return this;
    }

    private static boolean named(String line, String name) {
        return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
    }

    MessageText body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    MessageText body(byte[] octets) {
        body = octets;
        return this;
    }

    /** From now on each character of the text is the octet of that number. */
    MessageText octetForOctet() {
        charset = StandardCharsets.ISO_8859_1;
        return this;
    }

    byte[] bytes() {
        String head = startLine + "\r\n" + String.join("\r\n", lines) + (lines.isEmpty() ? "\r\n" : "\r\n\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(charset));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** The message, parsed and verified. */
    SipMessage message() throws SipParseException {
        SipMessage message = SipMessage.parse(bytes());
        message.verify();
        return message;
    }

    SipHeaders headers() throws SipParseException {
        return message().headers();
    }

    /** Why the message is refused, by parsing or by verifying. */
    SipParseException fault() {
        try {
            message();
        } catch (SipParseException e) {
            return e;
        }
        throw new AssertionError("taken: " + new String(bytes(), StandardCharsets.UTF_8));
    }
}
