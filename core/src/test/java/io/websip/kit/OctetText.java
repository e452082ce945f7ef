package io.websip.kit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Octets in a form that can be read: printable ASCII as it is, {@code \r \n \t \\}, and <code>\xHH</code> for any other octet.
 * Text that is not ASCII stands for its UTF-8, and <code>\{N text}</code> for N times the text.
 */
public final class OctetText {
    private OctetText() {}

    /**
     * The octets that the text means.
     *
     * @throws IllegalArgumentException if a backslash begins none of the escapes
     */
    public static byte[] octets(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '\\') {
                out.write(in[i]);
                continue;
            }
            i++;
            switch (i < in.length ? in[i] : -1) {
                case 'r' -> out.write('\r');
                case 'n' -> out.write('\n');
                case 't' -> out.write('\t');
                case '\\' -> out.write('\\');
                case 'x' -> {
                    if (i + 2 >= in.length) {
                        throw new IllegalArgumentException("\\x needs two digits: " + text);
                    }
                    out.write(Integer.parseInt(new String(in, i + 1, 2, StandardCharsets.US_ASCII), 16));
                    i += 2;
                }
                case '{' -> {
                    int space = text(in, ' ', i);
                    int end = text(in, '}', space);
                    int times = Integer.parseInt(new String(in, i + 1, space - i - 1, StandardCharsets.US_ASCII));
                    byte[] piece = octets(new String(in, space + 1, end - space - 1, StandardCharsets.UTF_8));
                    for (int n = 0; n < times; n++) {
                        out.writeBytes(piece);
                    }
                    i = end;
                }
                default -> throw new IllegalArgumentException("no such escape at " + (i - 1) + ": " + text);
            }
        }
        return out.toByteArray();
    }

    private static int text(byte[] in, char wanted, int from) {
        for (int i = from; i < in.length; i++) {
            if (in[i] == wanted) {
                return i;
            }
        }
        throw new IllegalArgumentException("no " + wanted + " behind \\{ in " + new String(in, StandardCharsets.UTF_8));
    }

    /** The text of the octets, all in ASCII. */
    public static String of(byte[] octets) {
        StringBuilder out = new StringBuilder(octets.length + 16);
        for (byte octet : octets) {
            switch (octet) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (octet >= ' ' && octet < 0x7f) {
                        out.append((char) octet);
                    } else {
                        out.append(String.format("\\x%02x", octet & 0xff));
                    }
                }
            }
        }
        return out.toString();
    }
}
