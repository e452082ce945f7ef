package io.websip.sip;

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
    void startRow(KnownHeader known) {
        ascii(known.rowStart());
        index[rows * SipHeaders.STRIDE] = SipHeaders.pack(known, at);
    }

    /** The same for a header that is not known. */
    void startRow(String name) {
        ascii(name).ascii(": ");
        index[rows * SipHeaders.STRIDE] = SipHeaders.pack(null, at);
    }

    void endRow() {
        index[rows++ * SipHeaders.STRIDE + 1] = at;
        buffer[at++] = '\r';
        buffer[at++] = '\n';
    }

    int[] index() {
        return index;
    }

    /** The array, which was asked for in just this length. */
    byte[] finish() {
        if (at != buffer.length) {
            throw new IllegalStateException(at + " bytes were written where " + buffer.length + " were counted");
        }
        return buffer;
    }
}
