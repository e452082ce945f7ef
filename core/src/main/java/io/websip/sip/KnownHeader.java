package io.websip.sip;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that the library itself reads or that have a compact form (RFC 3261 section 7.3.3 and the RFCs that
 * added others).
 */
enum KnownHeader {
    ACCEPT("Accept"),
    ALLOW("Allow"),
    AUTHENTICATION_INFO("Authentication-Info"),
    AUTHORIZATION("Authorization"),
    CALL_ID("Call-ID", 'i', true),
    CONTACT("Contact", 'm', false),
    CONTENT_DISPOSITION("Content-Disposition"),
    CONTENT_ENCODING("Content-Encoding", 'e', false),
    CONTENT_LENGTH("Content-Length", 'l', true),
    CONTENT_TYPE("Content-Type", 'c', true),
    CSEQ("CSeq", '\0', true),
    DATE("Date"),
    EVENT("Event", 'o', false),
    EXPIRES("Expires"),
    FROM("From", 'f', true),
    MAX_FORWARDS("Max-Forwards", '\0', true),
    MIN_EXPIRES("Min-Expires"),
    PATH("Path"),
    PROXY_AUTHENTICATE("Proxy-Authenticate"),
    PROXY_AUTHENTICATION_INFO("Proxy-Authentication-Info"),
    PROXY_AUTHORIZATION("Proxy-Authorization"),
    REFER_TO("Refer-To", 'r', false),
    REFERRED_BY("Referred-By", 'b', false),
    ACCEPT_CONTACT("Accept-Contact", 'a', false),
    REJECT_CONTACT("Reject-Contact", 'j', false),
    REQUEST_DISPOSITION("Request-Disposition", 'd', false),
    IDENTITY("Identity", 'y', false),
    IDENTITY_INFO("Identity-Info", 'n', false),
    ALLOW_EVENTS("Allow-Events", 'u', false),
    SESSION_EXPIRES("Session-Expires", 'x', false),
    RECORD_ROUTE("Record-Route"),
    REQUIRE("Require"),
    RETRY_AFTER("Retry-After"),
    ROUTE("Route"),
    SERVICE_ROUTE("Service-Route"),
    SUBJECT("Subject", 's', false),
    SUPPORTED("Supported", 'k', false),
    TIMESTAMP("Timestamp"),
    TO("To", 't', true),
    UNSUPPORTED("Unsupported"),
    USER_AGENT("User-Agent"),
    VIA("Via", 'v', false),
    WWW_AUTHENTICATE("WWW-Authenticate");

    private static final KnownHeader[] VALUES = values();
    private static final Map<String, KnownHeader> BY_NAME = new HashMap<>();
    private static final @Nullable KnownHeader[] BY_COMPACT = new @Nullable KnownHeader[256];
    private static final int LETTERS = 32; // the last five bits of a letter are the same in either case
    private static final KnownHeader[] NONE = {};
    private static final KnownHeader[][] BY_LENGTH_AND_LETTER;

    static {
        int longest = 0;
        int nextBit = 1;
        for (KnownHeader h : VALUES) {
            if (h.single || h == VIA) {
                h.bit = nextBit;
                nextBit <<= 1;
            }
            BY_NAME.put(h.text, h);
            BY_NAME.put(h.text.toLowerCase(Locale.ROOT), h);
            if (h.compact != 0) {
                BY_NAME.put(String.valueOf(h.compact), h);
                BY_COMPACT[h.compact] = h;
            }
            longest = Math.max(longest, h.text.length());
        }
        BY_LENGTH_AND_LETTER = new KnownHeader[(longest + 1) * LETTERS][];
        Arrays.fill(BY_LENGTH_AND_LETTER, NONE);
        for (KnownHeader h : VALUES) {
            int place = place(h.text.length(), h.text.charAt(0));
            KnownHeader[] others = BY_LENGTH_AND_LETTER[place];
            BY_LENGTH_AND_LETTER[place] = Arrays.copyOf(others, others.length + 1);
            BY_LENGTH_AND_LETTER[place][others.length] = h;
        }
    }

    private static int place(int length, int first) {
        return length * LETTERS + (first & LETTERS - 1);
    }

    private final String text;
    private final String rowStart;
    private final byte[] octets;
    private final char compact;
    private final boolean single;
    private int bit;

    KnownHeader(String text) {
        this(text, '\0', false);
    }

    KnownHeader(String text, char compact, boolean single) {
        this.text = text;
        this.rowStart = text + ": ";
        this.octets = Bytes.utf8(text);
        this.compact = compact;
        this.single = single;
    }

    /** The long name in its usual spelling. */
    String text() {
        return text;
    }

    /** The name as it is written, with the colon and the space behind it. */
    String rowStart() {
        return rowStart;
    }

    /** Whether a message with two of it is malformed and cannot be ignored (RFC 3261 section 7.3.1). */
    boolean single() {
        return single;
    }

    /** One bit for each header that a parse counts, which are few; 0 for any other. */
    int bit() {
        return bit;
    }

    /** Whether a request or response whose row of it is malformed cannot be taken; the others are ignored. */
    boolean isNeeded(boolean response) {
        return switch (this) {
            case VIA, CSEQ, CONTENT_LENGTH -> true; // a response is matched by these (RFC 3261 section 17.1.3)
            case FROM, TO, CALL_ID, MAX_FORWARDS, CONTENT_TYPE, CONTENT_ENCODING, CONTENT_DISPOSITION, REQUIRE ->
                !response;
            default -> false;
        };
    }

    /** Whether its row may be as long as the message: a list of a response whose every element counts. */
    boolean isLongList() {
        return this == CONTACT || this == SERVICE_ROUTE;
    }

    static KnownHeader of(int ordinal) {
        return VALUES[ordinal];
    }

    static @Nullable KnownHeader of(String name) {
        KnownHeader usual = BY_NAME.get(name);
        if (usual != null) {
            return usual;
        }
        // Of Unicode, not only A to Z become ASCII in lower case: the Kelvin sign becomes k.
        return Bytes.isToken(name) ? BY_NAME.get(name.toLowerCase(Locale.ROOT)) : null;
    }

    static @Nullable KnownHeader of(byte[] b, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return null;
        }
        if (length == 1) {
            return BY_COMPACT[Bytes.lower(b[start]) & 0xff];
        }
        int place = place(length, b[start]);
        if (place >= BY_LENGTH_AND_LETTER.length) {
            return null;
        }
        for (KnownHeader h : BY_LENGTH_AND_LETTER[place]) {
            if (Arrays.equals(b, start, end, h.octets, 0, length) || Bytes.equalsIgnoreCase(b, start, end, h.text)) {
                return h; // nearly always in its usual spelling, for which there is a machine instruction
            }
        }
        return null;
    }
}
