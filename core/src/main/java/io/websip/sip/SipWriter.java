package io.websip.sip;

import java.util.Arrays;

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

    @SuppressWarnings("deprecation") // exact for ASCII, and without an array in between
    SipWriter ascii(String text) {
        text.getBytes(0, text.length(), buffer, at);
        at += text.length();
        return this;
    }

    SipWriter bytes(byte[] source, int start, int end) {
        System.arraycopy(source, start, buffer, at, end - start);
        at += end - start;
        return this;
    }

    /** Starts a row, with the name, a colon and a space; its value follows, and {@link #endRow}. */
    SipWriter startRow(KnownHeader known) {
        ascii(known.rowStart());
        index[rows * SipHeaders.STRIDE] = SipHeaders.pack(known, at);
        return this;
    }

    /** The same for a header that is not known. */
    SipWriter startRow(String name) {
        ascii(name).ascii(": ");
        index[rows * SipHeaders.STRIDE] = SipHeaders.pack(null, at);
        return this;
    }

    void endRow() {
        index[rows++ * SipHeaders.STRIDE + 1] = at;
        buffer[at++] = '\r';
        buffer[at++] = '\n';
    }

    int[] index() {
        return index;
    }

    byte[] finish() {
        return at == buffer.length ? buffer : Arrays.copyOf(buffer, at);
    }
}
