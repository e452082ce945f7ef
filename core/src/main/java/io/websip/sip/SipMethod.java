package io.websip.sip;

import io.websip.text.Visible;
import java.util.Map;
import java.util.Objects;

/** A request method (RFC 3261 section 7.1): a token, compared with regard to case. Immutable. */
public final class SipMethod {
    /** RFC 3261 section 13. */
    public static final SipMethod INVITE = new SipMethod("INVITE");

    /** RFC 3261 section 13. */
    public static final SipMethod ACK = new SipMethod("ACK");

    /** RFC 3261 section 9. */
    public static final SipMethod CANCEL = new SipMethod("CANCEL");

    /** RFC 3261 section 15. */
    public static final SipMethod BYE = new SipMethod("BYE");

    /** RFC 3261 section 10. */
    public static final SipMethod REGISTER = new SipMethod("REGISTER");

    /** RFC 3261 section 11. */
    public static final SipMethod OPTIONS = new SipMethod("OPTIONS");

    /** RFC 3428. */
    public static final SipMethod MESSAGE = new SipMethod("MESSAGE");

    /** RFC 6665. */
    public static final SipMethod SUBSCRIBE = new SipMethod("SUBSCRIBE");

    /** RFC 6665. */
    public static final SipMethod NOTIFY = new SipMethod("NOTIFY");

    /** RFC 3903. */
    public static final SipMethod PUBLISH = new SipMethod("PUBLISH");

    /** RFC 6086. */
    public static final SipMethod INFO = new SipMethod("INFO");

    /** RFC 3515. */
    public static final SipMethod REFER = new SipMethod("REFER");

    /** RFC 3311. */
    public static final SipMethod UPDATE = new SipMethod("UPDATE");

    /** RFC 3262. */
    public static final SipMethod PRACK = new SipMethod("PRACK");

    private static final Map<String, SipMethod> KNOWN = Map.ofEntries(
            Map.entry("INVITE", INVITE),
            Map.entry("ACK", ACK),
            Map.entry("CANCEL", CANCEL),
            Map.entry("BYE", BYE),
            Map.entry("REGISTER", REGISTER),
            Map.entry("OPTIONS", OPTIONS),
            Map.entry("MESSAGE", MESSAGE),
            Map.entry("SUBSCRIBE", SUBSCRIBE),
            Map.entry("NOTIFY", NOTIFY),
            Map.entry("PUBLISH", PUBLISH),
            Map.entry("INFO", INFO),
            Map.entry("REFER", REFER),
            Map.entry("UPDATE", UPDATE),
            Map.entry("PRACK", PRACK));

    private final String name;

    private SipMethod(String name) {
        this.name = name;
    }

    /**
     * The method of this name, one of the constants where it is one of them.
     *
     * @throws IllegalArgumentException if the name is not a token
     */
    public static SipMethod of(String name) {
        SipMethod known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        if (!Bytes.isToken(name)) {
            throw new IllegalArgumentException(
                    "method '" + Visible.line(name) + "' is not a token (RFC 3261 section 25.1)");
        }
        return new SipMethod(name);
    }

    /** The method in the slice, or null if it is not a token. */
    static @org.jspecify.annotations.Nullable SipMethod of(byte[] b, int start, int end) {
        if (Bytes.equals(b, start, end, "MESSAGE")) {
            return MESSAGE; // without a String: nearly all that an agent sees
        }
        for (int i = start; i < end; i++) {
            if (!Bytes.isToken(b[i])) {
                return null;
            }
        }
        return start < end ? of(Bytes.string(b, start, end)) : null;
    }

    /** Whether an RFC defines it; an unknown one is answered 501, a known but unsupported one 405. */
    public boolean isKnown() {
        return KNOWN.containsKey(name);
    }

    /** The name as it stands on the wire. */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object o) {
        return this == o || o instanceof SipMethod m && name.equals(m.name);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
