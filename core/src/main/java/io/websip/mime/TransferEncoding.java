package io.websip.mime;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * How the octets of a part are written down (RFC 2045 section 6). SIP carries octets as they are, so that a body to be
 * sent needs none of these (RFC 5621 section 3.2); a received one may have any.
 */
public enum TransferEncoding {
    /** Short lines of ASCII, as they are. */
    SEVEN_BIT("7bit"),
    /** Short lines, as they are. */
    EIGHT_BIT("8bit"),
    /** Octets as they are. */
    BINARY("binary"),
    /** RFC 2045 section 6.8. */
    BASE64("base64"),
    /** RFC 2045 section 6.7. */
    QUOTED_PRINTABLE("quoted-printable");

    private static final int LINE = 76;
    private static final int PAD = -2;
    private static final String HEX = "0123456789ABCDEF";

    private final String token;

    TransferEncoding(String token) {
        this.token = token;
    }

    /** The name in Content-Transfer-Encoding. */
    public String token() {
        return token;
    }

    /** The one of this name, in any case; empty if there is none. */
    public static Optional<TransferEncoding> of(String token) {
        for (TransferEncoding one : values()) {
            if (one.token.equalsIgnoreCase(token.strip())) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Whether the octets stand as they are. */
    boolean isIdentity() {
        return this != BASE64 && this != QUOTED_PRINTABLE;
    }

    /**
     * The octets that these stand for. Characters outside the alphabet of base64 are ignored, and an equals sign of quoted-printable
     * that is no escape stays as it is (RFC 2045 sections 6.7 and 6.8).
     *
     * @throws MimeParseException if base64 ends within an octet
     */
    public byte[] decode(byte[] octets) throws MimeParseException {
        return decode(octets, 0, octets.length);
    }

    byte[] decode(byte[] b, int start, int end) throws MimeParseException {
        return switch (this) {
            case BASE64 -> base64(b, start, end);
            case QUOTED_PRINTABLE -> quotedPrintable(b, start, end);
            default -> Arrays.copyOfRange(b, start, end);
        };
    }

    /** The octets written down, in lines of at most 76 characters where the encoding has lines. */
    public byte[] encode(byte[] octets) {
        return switch (this) {
            case BASE64 -> Base64.getMimeEncoder().encode(octets);
            case QUOTED_PRINTABLE -> toQuotedPrintable(octets);
            default -> octets.clone();
        };
    }

    private static byte[] base64(byte[] b, int start, int end) throws MimeParseException {
        ByteArrayOutputStream out = new ByteArrayOutputStream((end - start) / 4 * 3 + 3);
        int group = 0;
        int digits = 0;
        for (int i = start; i < end; i++) {
            int digit = base64Digit(b[i]);
            if (digit == PAD) {
                break;
            }
            if (digit < 0) {
                continue;
            }
            group = group << 6 | digit;
            if (++digits == 4) {
                out.write(group >> 16);
                out.write(group >> 8);
                out.write(group);
                digits = 0;
                group = 0;
            }
        }
        if (digits == 1) {
            throw MimeParseException.malformed("base64 ends within an octet");
        }
        if (digits > 1) {
            out.write(group >> (digits == 2 ? 4 : 10));
        }
        if (digits == 3) {
            out.write(group >> 2);
        }
        return out.toByteArray();
    }

    private static int base64Digit(int c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return switch (c) {
            case '+' -> 62;
            case '/' -> 63;
            case '=' -> PAD;
            default -> -1;
        };
    }

    private static byte[] quotedPrintable(byte[] b, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        int at = start;
        while (at < end) {
            int next = Octets.nextLine(b, at, end);
            int text = Octets.whiteBefore(b, next, at); // blanks at the end of a line came in on the way
            int lineBreak = lineBreak(b, at, next);
            boolean soft = text > at && b[text - 1] == '=';
            for (int i = at; i < (soft ? text - 1 : text); i++) {
                if (b[i] == '=' && isEscape(b, i, text)) {
                    out.write(Octets.hex(b[i + 1]) << 4 | Octets.hex(b[i + 2]));
                    i += 2;
                } else {
                    out.write(b[i]);
                }
            }
            if (!soft) {
                out.write(b, lineBreak, next - lineBreak);
            }
            at = next;
        }
        return out.toByteArray();
    }

    /** Where the line break at the end of a line starts. */
    private static int lineBreak(byte[] b, int start, int next) {
        int at = next;
        if (at > start && b[at - 1] == '\n') {
            at--;
            if (at > start && b[at - 1] == '\r') {
                at--;
            }
        }
        return at;
    }

    private static boolean isEscape(byte[] b, int at, int end) {
        return at + 2 < end && Octets.hex(b[at + 1]) >= 0 && Octets.hex(b[at + 2]) >= 0;
    }

    private static byte[] toQuotedPrintable(byte[] b) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(b.length * 2);
        int column = 0;
        for (int i = 0; i < b.length; i++) {
            boolean lineEnd = b[i] == '\r' && i + 1 < b.length && b[i + 1] == '\n';
            if (lineEnd) {
                out.write('\r');
                out.write('\n');
                column = 0;
                i++;
                continue;
            }
            boolean last = i + 1 == b.length || b[i + 1] == '\r' || b[i + 1] == '\n';
            boolean plain = b[i] > ' ' && b[i] < 0x7f && b[i] != '=' || Octets.isBlank(b[i]) && !last;
            if (column + (plain ? 1 : 3) >= LINE) {
                out.write('=');
                out.write('\r');
                out.write('\n');
                column = 0;
            }
            if (plain) {
                out.write(b[i]);
                column++;
            } else {
                out.write('=');
                out.write(HEX.charAt(b[i] >> 4 & 0xf));
                out.write(HEX.charAt(b[i] & 0xf));
                column += 3;
            }
        }
        return out.toByteArray();
    }
}
