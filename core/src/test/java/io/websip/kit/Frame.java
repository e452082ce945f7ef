package io.websip.kit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** One WebSocket frame (RFC 6455 section 5.2) as it is on the wire, with a payload that is not masked. */
public record Frame(boolean fin, int reserved, int opcode, byte[] payload) {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final byte[] MASK = {0x12, (byte) 0x87, 0x55, (byte) 0xf0};

    public static Frame of(int opcode, byte[] payload) {
        return new Frame(true, 0, opcode, payload);
    }

    public static Frame text(String text) {
        return of(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Frame binary(byte[] payload) {
        return of(BINARY, payload);
    }

    public static Frame ping(String payload) {
        return of(PING, payload.getBytes(StandardCharsets.UTF_8));
    }

    public static Frame pong(String payload) {
        return of(PONG, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** A close frame without a body. */
    public static Frame close() {
        return of(CLOSE, new byte[0]);
    }

    public static Frame close(int code, String reason) {
        return close(code, reason.getBytes(StandardCharsets.UTF_8));
    }

    public static Frame close(int code, byte[] reason) {
        return of(
                CLOSE,
                ByteBuffer.allocate(2 + reason.length)
                        .putShort((short) code)
                        .put(reason)
                        .array());
    }

    /** The same frame with FIN clear: more fragments follow. */
    public Frame notLast() {
        return new Frame(false, reserved, opcode, payload);
    }

    /** The same frame with these reserved bits, 1 to 7. */
    public Frame withReserved(int bits) {
        return new Frame(fin, bits, opcode, payload);
    }

    /** The close code in a close frame, 1005 where there is none. */
    public int closeCode() {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    /** The reason in a close frame. */
    public String closeReason() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    /** The payload as text. */
    public String asText() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** On the wire as a server sends it. */
    public byte[] encode() {
        return encode(false);
    }

    /** On the wire with a mask, as only a client may send it. */
    public byte[] encodeMasked() {
        return encode(true);
    }

    private byte[] encode(boolean masked) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
        int maskBit = masked ? 0x80 : 0;
        out.write((fin ? 0x80 : 0) | (reserved << 4) | opcode);
        if (payload.length < 126) {
            out.write(maskBit | payload.length);
        } else if (payload.length < 65_536) {
            out.write(maskBit | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(maskBit | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        byte[] body = payload;
        if (masked) {
            out.writeBytes(MASK);
            body = payload.clone();
            unmask(body, MASK);
        }
        out.writeBytes(body);
        return out.toByteArray();
    }

    static void unmask(byte[] payload, byte[] mask) {
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Frame f
                && fin == f.fin
                && reserved == f.reserved
                && opcode == f.opcode
                && Arrays.equals(payload, f.payload);
    }

    @Override
    public int hashCode() {
        return 31 * opcode + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        byte[] shown = payload.length > 64 ? Arrays.copyOf(payload, 64) : payload;
        return "Frame[fin=" + fin + " rsv=" + reserved + " opcode=" + opcode + " length=" + payload.length + " "
                + HexFormat.of().formatHex(shown) + "]";
    }
}
