package io.websip.sip;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes a message into one array and indexes its headers on the way, so that it need not be parsed again. */
final class SipWriter {
    private final byte[] buffer;
    private final int[] index;
    private int at;
    private int rows;

    SipWriter(int capacity, int rowCount) {
        buffer = new byte[capacity];
        index = new int[rowCount * SipHeaders.STRIDE];
    }

    int position() {
        return at;
    }

    SipWriter ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            buffer[at++] = (byte) text.charAt(i);
        }
        return this;
    }

    SipWriter bytes(byte[] source, int start, int end) {
        System.arraycopy(source, start, buffer, at, end - start);
        at += end - start;
        return this;
    }

    void row(String name, @Nullable KnownHeader known, byte[] value, int start, int end) {
        int base = rows++ * SipHeaders.STRIDE;
        index[base] = SipHeaders.pack(known, at);
        ascii(name).ascii(": ");
        index[base + 1] = at;
        bytes(value, start, end);
        index[base + 2] = at;
        ascii("\r\n");
    }

    int[] index() {
        return index;
    }

    byte[] finish() {
        return at == buffer.length ? buffer : Arrays.copyOf(buffer, at);
    }
}
