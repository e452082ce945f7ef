package io.websip;

import io.websip.sip.SipHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a message may carry beside target, body and content type. Immutable. */
public final class MessageOptions {
    /** Nothing. */
    public static final MessageOptions NONE = builder().build();

    private final List<ExtraHeader> extraHeaders;

    private MessageOptions(Builder builder) {
        this.extraHeaders = List.copyOf(builder.extraHeaders);
    }

    /** Starts with {@link #NONE}. */
    public static Builder builder() {
        return new Builder();
    }

    List<ExtraHeader> extraHeaders() {
        return extraHeaders;
    }

    /** An upper bound of what they add to the message, in bytes. */
    long length() {
        long length = 0;
        for (ExtraHeader header : extraHeaders) {
            length += header.name().length() + 4L + 3L * header.value().length();
        }
        return length;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final List<ExtraHeader> extraHeaders = new ArrayList<>();

        private Builder() {}

        /**
         * Header rows, each as {@code Name: value}, sent in the order given.
         *
         * @throws InvalidHeaderException if one has no colon, its name is not a token, its value holds CR, LF or NUL, or
         *     it is one that only the library may set: Via, From, To, Call-ID, CSeq, Route, Record-Route, Contact,
         *     Content-Length, Content-Type (an argument of send) and Max-Forwards, by long or compact name
         */
        public Builder extraHeaders(String... headers) {
            for (String header : headers) {
                extraHeaders.add(ExtraHeader.parse(header));
            }
            return this;
        }

        /** The options. */
        public MessageOptions build() {
            return new MessageOptions(this);
        }
    }

    /** One header row of the program. */
    record ExtraHeader(String name, String value) {
        /** What makes a message what it is, and what RFC 3428 keeps out of a MESSAGE and its answers. */
        private static final Set<String> RESERVED = Set.of(
                "Via",
                "From",
                "To",
                "Call-ID",
                "CSeq",
                "Route",
                "Record-Route",
                "Contact",
                "Content-Length",
                "Content-Type",
                "Max-Forwards");

        static ExtraHeader parse(String header) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new InvalidHeaderException(
                        "extra header '" + printable(header) + "' must have the form 'Name: value'");
            }
            int nameEnd =
                    colon; // white space in front of the colon is legal (RFC 3261 section 7.3.1), a line break is not
            while (nameEnd > 0 && (header.charAt(nameEnd - 1) == ' ' || header.charAt(nameEnd - 1) == '\t')) {
                nameEnd--;
            }
            String name = header.substring(0, nameEnd);
            String value = header.substring(colon + 1);
            try {
                SipHeaders.check(name, value);
            } catch (IllegalArgumentException e) {
                throw new InvalidHeaderException(
                        "extra header '" + printable(header) + "': " + String.valueOf(e.getMessage()));
            }
            String canonical = SipHeaders.canonicalName(name);
            if (RESERVED.stream().anyMatch(canonical::equalsIgnoreCase)) {
                throw new InvalidHeaderException(
                        "extra header '" + name + "' (" + canonical + ") is set by the library and cannot be given");
            }
            return new ExtraHeader(name, value.strip());
        }

        private static String printable(String s) {
            StringBuilder out = new StringBuilder();
            s.chars().limit(80).forEach(c -> out.append(Character.isISOControl(c) ? '?' : (char) c));
            return out.toString();
        }
    }
}
