package io.websip.mime;

import io.websip.sip.SipHeaders;
import io.websip.sip.SipMessage;
import io.websip.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The MIME header fields of a body part, in order (RFC 2045 section 3). Immutable: an index over the part's octets; text is made
 * when it is asked for.
 *
 * <p>Names are compared without regard to case. A value is given unfolded, without white space around it.
 */
public final class MimeHeaders {
    static final MimeHeaders NONE = new MimeHeaders(Octets.EMPTY, new int[0], 0);

    /** Four numbers a row: where the name starts and ends, where its value starts and ends. */
    static final int STRIDE = 4;

    private static final List<String> USUAL = List.of(
            "Content-Type",
            "Content-Disposition",
            "Content-Transfer-Encoding",
            "Content-Encoding",
            "Content-Length",
            "Content-ID",
            "Content-Language",
            "Content-Description",
            "Content-Location",
            "MIME-Version");

    private final byte[] bytes;
    private final int[] index;
    private final int count;

    MimeHeaders(byte[] bytes, int[] index, int count) {
        this.bytes = bytes;
        this.index = index;
        this.count = count;
    }

    /** Those of a SIP message that describe its body (RFC 3261 section 7.4.1), as a block of their own with its empty line. */
    static byte[] block(SipMessage message) {
        StringBuilder out = new StringBuilder();
        SipHeaders headers = message.headers();
        for (int row = 0; row < headers.size(); row++) {
            String name = headers.name(row);
            if (isContent(name)) {
                out.append(name).append(": ").append(headers.value(row)).append("\r\n");
            }
        }
        return Octets.utf8(out.append("\r\n").toString());
    }

    static boolean isContent(String name) {
        return name.regionMatches(true, 0, "Content-", 0, 8) || name.equalsIgnoreCase("MIME-Version");
    }

    /** The usual spelling of a name, which some peers ask for; the name itself if it is not known. */
    static String usual(String name) {
        for (String usual : USUAL) {
            if (usual.equalsIgnoreCase(name)) {
                return usual;
            }
        }
        return name;
    }

    /** How many rows there are. */
    public int size() {
        return count;
    }

    /**
     * The name of a row as it stands.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public String name(int row) {
        int at = Objects.checkIndex(row, count) * STRIDE;
        return Octets.string(bytes, index[at], index[at + 1]);
    }

    /**
     * The value of a row.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public String value(int row) {
        int at = Objects.checkIndex(row, count) * STRIDE;
        return Octets.unfolded(bytes, index[at + 2], index[at + 3]);
    }

    private int find(String name, int from) {
        for (int row = from; row < count; row++) {
            if (Octets.isIgnoreCase(bytes, index[row * STRIDE], index[row * STRIDE + 1], name)) {
                return row;
            }
        }
        return -1;
    }

    /** Whether there is at least one row of this name. */
    public boolean contains(String name) {
        return find(name, 0) >= 0;
    }

    /** The value of the first row of this name. */
    public Optional<String> first(String name) {
        int row = find(name, 0);
        return row < 0 ? Optional.empty() : Optional.of(value(row));
    }

    /** The values of all rows of this name. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int row = find(name, 0); row >= 0; row = find(name, row + 1)) {
            values.add(value(row));
        }
        return List.copyOf(values);
    }

    /** The elements of a list header that stand between commas, in lower case; none has a quoted string. */
    List<String> tokens(String name) {
        List<String> tokens = new ArrayList<>();
        for (String value : all(name)) {
            int start = 0;
            while (start <= value.length()) {
                int comma = value.indexOf(',', start);
                int end = comma < 0 ? value.length() : comma;
                String token = value.substring(start, end).strip().toLowerCase(Locale.ROOT);
                if (!token.isEmpty()) {
                    tokens.add(token);
                }
                start = end + 1;
            }
        }
        return tokens;
    }

    /** The rows, one a line. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (int row = 0; row < count; row++) {
            out.append(name(row)).append(": ").append(Visible.line(value(row))).append('\n');
        }
        return out.toString();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof MimeHeaders h && texts().equals(h.texts());
    }

    @Override
    public int hashCode() {
        return texts().hashCode();
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>(2 * count);
        for (int row = 0; row < count; row++) {
            texts.add(name(row));
            texts.add(value(row));
        }
        return texts;
    }
}
