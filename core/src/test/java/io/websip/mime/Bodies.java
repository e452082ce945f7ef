package io.websip.mime;

import io.websip.sip.SipParseException;
import io.websip.sip.Uri;
import java.nio.charset.StandardCharsets;

/** Bodies for tests, and what reading them throws. */
final class Bodies {
    static final Uri ALICE = uri("sip:alice@example.com");
    static final Uri BOB = uri("sip:bob@example.com");

    /** Reading of something malformed. */
    interface Reading {
        Object run() throws MimeParseException;
    }

    private Bodies() {}

    static Uri uri(String text) {
        try {
            return Uri.parse(text);
        } catch (SipParseException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The octets of lines that end in CRLF on the wire. */
    static byte[] wire(String lines) {
        return utf8(lines.replace("\n", "\r\n"));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    static Cpim cpim(String lines) {
        try {
            return Cpim.parse(wire(lines));
        } catch (MimeParseException e) {
            throw new AssertionError(lines, e);
        }
    }

    /** A CPIM message with these lines of metadata and a content. */
    static Cpim withMetadata(String lines) {
        return cpim(lines + "\n\nContent-Type: text/plain\n\nHi");
    }

    static MimeParseException fault(Reading reading) {
        Object taken;
        try {
            taken = reading.run();
        } catch (MimeParseException e) {
            return e;
        }
        throw new AssertionError("taken: " + taken);
    }
}
