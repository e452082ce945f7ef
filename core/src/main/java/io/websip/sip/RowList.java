package io.websip.sip;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The header rows of a message that is being built: of each the header, if it is a known one, its name and its value. The three
 * stand in one array, since an object for each would be a third of what writing a message allocates.
 */
final class RowList {
    /** A value that is not ASCII text, or that was in another message: octets without line breaks. */
    record Slice(byte[] octets, int start, int end) {
        static Slice of(byte[] octets) {
            return new Slice(octets, 0, octets.length);
        }

        int length() {
            return end - start;
        }
    }

    private static final int FIRST_ROWS = 12;
    private static final int STRIDE = 2; // the known header or the name, and the value: an ASCII String or a Slice

    private Object[] cells = new Object[FIRST_ROWS * STRIDE];
    private int used;

    int size() {
        return used / STRIDE;
    }

    void add(@Nullable KnownHeader known, String name, Object value) {
        grow();
        cells[used] = known == null ? name : known;
        cells[used + 1] = value;
        used += STRIDE;
    }

    private void grow() {
        if (used == cells.length) {
            cells = Arrays.copyOf(cells, used * 2);
        }
    }

    void addFirst(@Nullable KnownHeader known, String name, Object value) {
        grow();
        System.arraycopy(cells, 0, cells, STRIDE, used);
        cells[0] = known == null ? name : known;
        cells[1] = value;
        used += STRIDE;
    }

    /** In the place of the first of that name, the others removed; at the end if there is none. */
    void set(@Nullable KnownHeader known, String name, Object value) {
        for (int row = 0; row < size(); row++) {
            if (is(row, known, name)) {
                cells[row * STRIDE] = known == null ? name : known;
                value(row, value);
                removeFrom(row + 1, known, name);
                return;
            }
        }
        add(known, name, value);
    }

    void remove(@Nullable KnownHeader known, String name) {
        removeFrom(0, known, name);
    }

    private void removeFrom(int first, @Nullable KnownHeader known, String name) {
        int kept = first * STRIDE;
        for (int row = first; row < size(); row++) {
            if (!is(row, known, name)) {
                cells[kept] = cells[row * STRIDE];
                cells[kept + 1] = cells[row * STRIDE + 1];
                kept += STRIDE;
            }
        }
        used = kept;
    }

    void removeLast() {
        used -= STRIDE;
    }

    boolean is(int row, @Nullable KnownHeader known, String name) {
        Object header = cells[row * STRIDE];
        return known == null ? header instanceof String other && other.equalsIgnoreCase(name) : header == known;
    }

    Object value(int row) {
        return cells[row * STRIDE + 1];
    }

    void value(int row, Object value) {
        cells[row * STRIDE + 1] = value;
    }

    /** How many octets {@link #write} writes. */
    long length() {
        long length = 0;
        for (int i = 0; i < used; i += STRIDE) {
            length += cells[i] instanceof KnownHeader known
                    ? known.rowStart().length()
                    : ((String) cells[i]).length() + 2;
            length += cells[i + 1] instanceof String text ? text.length() : ((Slice) cells[i + 1]).length();
            length += 2;
        }
        return length;
    }

    void write(SipWriter out) {
        for (int i = 0; i < used; i += STRIDE) {
            if (cells[i] instanceof KnownHeader known) {
                out.startRow(known);
            } else {
                out.startRow((String) cells[i]);
            }
            if (cells[i + 1] instanceof String text) {
                out.ascii(text);
            } else {
                Slice slice = (Slice) cells[i + 1];
                out.bytes(slice.octets, slice.start, slice.end);
            }
            out.endRow();
        }
    }
}
