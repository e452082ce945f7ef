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
        return ascii(text, 0, text.length());
    }

    @SuppressWarnings("deprecation") // exact for ASCII, and without an array in between
    SipWriter ascii(String text, int start, int end) {
        text.getBytes(start, end, buffer, at);
        at += end - start;
        return this;
    }

    SipWriter bytes(byte[] source, int start, int end) {
        System.arraycopy(source, start, buffer, at, end - start);
        at += end - start;
        return this;
    }

    /** Starts a row; its value follows, and {@link #endRow}. */
    SipWriter startRow(String name, @Nullable KnownHeader known) {
        index[rows * SipHeaders.STRIDE] = SipHeaders.pack(known, at);
        ascii(name).ascii(": ");
        index[rows * SipHeaders.STRIDE + 1] = at;
        return this;
    }

    void endRow() {
        index[rows++ * SipHeaders.STRIDE + 2] = at;
        ascii("\r\n");
    }

    int[] index() {
        return index;
    }

    byte[] finish() {
        return at == buffer.length ? buffer : Arrays.copyOf(buffer, at);
    }
}
