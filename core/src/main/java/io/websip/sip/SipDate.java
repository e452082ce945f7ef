package io.websip.sip;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The form of the Date header: RFC 1123, always GMT, the day of two digits (RFC 3261 sections 20.17 and 25.1). */
public final class SipDate {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    /** What any writer may come up with is shorter. */
    private static final int MAX_LENGTH = 40;

    private static final String ZONE = " GMT";

    private static final int LAST_YEAR = 9_999;

    private SipDate() {}

    /** Such as {@code Sat, 13 Nov 2010 23:29:00 GMT}; parts of a second are cut off. */
    public static String format(Instant time) {
        return FORM.format(time.atOffset(ZoneOffset.UTC));
    }

    /**
     * The time that the text means; empty if it is malformed, in another zone than GMT, or if its year has not four digits. A
     * day of one digit is taken too.
     */
    public static Optional<Instant> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String bare = text.strip();
        if (!bare.regionMatches(true, bare.length() - ZONE.length(), ZONE, 0, ZONE.length())) {
            return Optional.empty();
        }
        try {
            Instant time = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(bare));
            int year = time.atOffset(ZoneOffset.UTC).getYear();
            return year < 0 || year > LAST_YEAR ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
