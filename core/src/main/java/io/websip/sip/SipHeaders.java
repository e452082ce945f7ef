package io.websip.sip;

import io.websip.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The header rows of a message, in order. Immutable: an index over the message's octets; text is made when asked for.
 *
 * <p>Names are compared without regard to case, and a compact form is the same as the long name (RFC 3261 section
 * 7.3.3). A folded value is given unfolded.
 */
public final class SipHeaders {
    /** Two numbers a row: the value's start with the header's ordinal above it, and the value's end with {@link #BREAKS}. */
    static final int STRIDE = 2;

    /** Above the end of a value that holds line breaks: of folds, or alone in a message that is malformed. */
    static final int BREAKS = 1 << 30;

    static final int START_BITS = 24;
    static final int START_MASK = (1 << START_BITS) - 1;

    final byte[] bytes;
    final int[] index;
    final int count;

    SipHeaders(byte[] bytes, int[] index, int count) {
        this.bytes = bytes;
        this.index = index;
        this.count = count;
    }

    /** The first number of a row. */
    static int pack(@Nullable KnownHeader header, int valueStart) {
        return (header == null ? 0 : header.ordinal() + 1) << START_BITS | valueStart;
    }

    int valueStart(int row) {
        return index[row * STRIDE] & START_MASK;
    }

    int valueEnd(int row) {
        return index[row * STRIDE + 1] & ~BREAKS;
    }

    /** In front of the value stands a colon, with white space on both sides or not. */
    private int nameEnd(int row) {
        int colon = Scan.lwsBefore(bytes, valueStart(row), 0) - 1;
        return Scan.lwsBefore(bytes, colon, 0);
    }

    private int nameStart(int nameEnd) {
        int start = nameEnd;
        while (Bytes.isToken(bytes[start - 1])) {
            start--; // a line break, or the start line, stops it
        }
        return start;
    }

    boolean hasBreaks(int row) {
        return index[row * STRIDE + 1] >= BREAKS;
    }

    @Nullable
    KnownHeader known(int row) {
        int ordinal = (index[row * STRIDE] >>> START_BITS) - 1;
        return ordinal < 0 ? null : KnownHeader.of(ordinal);
    }

    /** The first row of this header from the given one on, or -1. */
    int find(KnownHeader header, int from) {
        int wanted = header.ordinal() + 1;
        for (int row = from; row < count; row++) {
            if (index[row * STRIDE] >>> START_BITS == wanted) {
                return row;
            }
        }
        return -1;
    }

    private int find(String name, @Nullable KnownHeader header, int from) {
        if (header != null) {
            return find(header, from);
        }
        for (int row = from; row < count; row++) {
            if (index[row * STRIDE] >>> START_BITS == 0 && nameIs(row, name)) {
                return row;
            }
        }
        return -1;
    }

    private boolean nameIs(int row, String name) {
        int end = nameEnd(row);
        return Bytes.equalsIgnoreCase(bytes, nameStart(end), end, name);
    }

    /** The usual spelling of a header name, of its compact form too; the name itself if it is not known. */
    public static String canonicalName(String name) {
        KnownHeader header = KnownHeader.of(name);
        return header == null ? name : header.text();
    }

    /**
     * Checks what a program gives as a header row.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value holds a control character but a tab, or half
     *     of a surrogate pair
     */
    public static void check(String name, String value) {
        SipMessageBuilder.checkName(name);
        Bytes.checked(name, value);
    }

    /** How many rows there are. */
    public int size() {
        return count;
    }

    /**
     * The name of a row: the usual spelling of a known one, also where it came in its compact form, else as it stands.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public String name(int row) {
        java.util.Objects.checkIndex(row, count);
        KnownHeader header = known(row);
        if (header != null) {
            return header.text();
        }
        int end = nameEnd(row);
        return Bytes.ascii(bytes, nameStart(end), end);
    }

    /**
     * The value of a row, unfolded, without white space around it.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public String value(int row) {
        java.util.Objects.checkIndex(row, count);
        return hasBreaks(row)
                ? Bytes.unfoldedString(bytes, valueStart(row), valueEnd(row))
                : Bytes.string(bytes, valueStart(row), valueEnd(row));
    }

    /** Whether there is at least one row of this name. */
    public boolean contains(String name) {
        return find(name, KnownHeader.of(name), 0) >= 0;
    }

    /** The value of the first row of this name. */
    public Optional<String> first(String name) {
        int row = find(name, KnownHeader.of(name), 0);
        return row < 0 ? Optional.empty() : Optional.of(value(row));
    }

    /** The values of all rows of this name, one for each row, commas and all: right for the authentication headers. */
    public List<String> all(String name) {
        KnownHeader header = KnownHeader.of(name);
        List<String> values = new ArrayList<>();
        for (int row = find(name, header, 0); row >= 0; row = find(name, header, row + 1)) {
            values.add(value(row));
        }
        return List.copyOf(values);
    }

    /**
     * The values of all rows of this name, split at the commas outside quotes and angle brackets: right for the list
     * headers, such as Allow, Supported, Contact or Route (RFC 3261 section 7.3.1). Empty elements are left out.
     */
    public List<String> list(String name) {
        KnownHeader header = KnownHeader.of(name);
        List<String> values = new ArrayList<>();
        for (int row = find(name, header, 0); row >= 0; row = find(name, header, row + 1)) {
            split(row, values);
        }
        return List.copyOf(values);
    }

    private void split(int row, List<String> values) {
        int from = valueStart(row);
        int end = valueEnd(row);
        boolean quoted = false;
        boolean bracketed = false;
        for (int i = from; i < end; i++) {
            int c = bytes[i];
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '<' || c == '>') {
                bracketed = c == '<';
            } else if (c == ',' && !bracketed) {
                addElement(from, i, values);
                from = i + 1;
            }
        }
        addElement(from, end, values);
    }

    private void addElement(int from, int to, List<String> values) {
        String value = Bytes.unfoldedString(bytes, from, to).strip();
        if (!value.isEmpty()) {
            values.add(value);
        }
    }

    /**
     * The name addresses of a list header such as Contact, Route or Service-Route. Each is found beside one that is malformed, in
     * front of which a comma is missing, or that is malformed in a part behind its URI; one whose URI is malformed is left out
     * (RFC 3261 section 8.2.2).
     */
    public List<NameAddress> addresses(String name) {
        return addressList(name).addresses();
    }

    /** How many values of a list header {@link #addresses} leaves out, since they are malformed. */
    public int unreadableAddresses(String name) {
        return addressList(name).leftOut();
    }

    private AddressList addressList(String name) {
        KnownHeader header = KnownHeader.of(name);
        AddressList list = new AddressList();
        for (int row = find(name, header, 0); row >= 0; row = find(name, header, row + 1)) {
            byte[] value = Bytes.unfold(bytes, valueStart(row), valueEnd(row));
            list.addAll(value);
        }
        return list;
    }

    /** The media types and ranges of a list header such as Accept; malformed ones are left out. */
    public List<MediaType> mediaTypes(String name) {
        List<MediaType> types = new ArrayList<>();
        for (String value : list(name)) {
            try {
                types.add(MediaType.parse(value, Tolerance.LOOSE));
            } catch (SipParseException e) {
                continue; // a value that is not needed is ignored (RFC 3261 section 8.2.2)
            }
        }
        return List.copyOf(types);
    }

    /**
     * The number of seconds in a header such as Expires, Min-Expires or Retry-After, whose comment and parameters are
     * left aside; at most 2**32-1. Empty if it is absent or malformed.
     */
    public OptionalLong seconds(String name) {
        Optional<String> value = first(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        String text = value.get();
        int digits = 0;
        while (digits < text.length() && Bytes.isDigit(text.charAt(digits))) {
            digits++;
        }
        String rest = text.substring(digits).strip();
        return rest.isEmpty() || rest.startsWith(";") || rest.startsWith("(")
                ? deltaSeconds(text.substring(0, digits))
                : OptionalLong.empty();
    }

    /** Delta-seconds of RFC 3261 section 20.19; what is above 2**32-1 counts as that. */
    static OptionalLong deltaSeconds(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(Bytes::isDigit)) {
            return OptionalLong.empty();
        }
        byte[] b = Bytes.utf8(digits);
        long max = 0xffff_ffffL;
        long n = Bytes.number(b, 0, b.length, max);
        return OptionalLong.of(n < 0 ? max : n);
    }

    /** Each name and value, in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int row = 0; row < count; row++) {
            action.accept(name(row), value(row));
        }
    }

    /** The rows, one a line; credentials are left out. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (int row = 0; row < count; row++) {
            KnownHeader h = known(row);
            boolean secret = h == KnownHeader.AUTHORIZATION || h == KnownHeader.PROXY_AUTHORIZATION;
            out.append(name(row))
                    .append(": ")
                    .append(secret ? "(credentials)" : Visible.line(value(row), Integer.MAX_VALUE))
                    .append("\r\n");
        }
        return out.toString();
    }
}
