package io.websip.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Dates of RFC 3339. Written in UTC and whole seconds, since peers echo other forms as they like. */
final class InternetTime {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int NANO_DIGITS = 9;
    private static final int LAST_YEAR = 9_999;
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private InternetTime() {}

    /**
     * The text.
     *
     * @throws IllegalArgumentException if its year has not four digits
     */
    static String format(Instant time) {
        if (!isWritable(time)) {
            throw new IllegalArgumentException(
                    "a date has a year of four digits (RFC 3339 section 1), not that of " + time);
        }
        return FORM.format(time);
    }

    private static boolean isWritable(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    /**
     * The time that the text means; empty if it is malformed, or if its year in UTC has not four digits. A leap second is the second
     * behind it.
     */
    static Optional<Instant> parse(String given) {
        String text = given.strip();
        if (text.length() < 20 || !separators(text)) {
            return Optional.empty();
        }
        int second = number(text, 17, 2, 60);
        int hour = number(text, 11, 2, 23);
        int minute = number(text, 14, 2, 59);
        int year = number(text, 0, 4, LAST_YEAR);
        if (second < 0 || hour < 0 || minute < 0 || year < 0) {
            return Optional.empty();
        }
        int at = 19;
        int nanos = 0;
        if (text.charAt(at) == '.') {
            int start = ++at;
            while (at < text.length() && digit(text, at) >= 0) {
                if (at - start < NANO_DIGITS) {
                    nanos = nanos * 10 + digit(text, at);
                }
                at++;
            }
            if (at == start) {
                return Optional.empty();
            }
            for (int i = at - start; i < NANO_DIGITS; i++) {
                nanos *= 10;
            }
        }
        int offset = offsetMinutes(text, at);
        if (offset == Integer.MIN_VALUE) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.of(year, number(text, 5, 2, 12), number(text, 8, 2, 31));
            long seconds = ((day.toEpochDay() * 24 + hour) * 60 + minute - offset) * 60 + second;
            return Optional.of(Instant.ofEpochSecond(seconds, nanos)).filter(InternetTime::isWritable);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean separators(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && "Tt ".indexOf(text.charAt(10)) >= 0
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /** The offset from UTC in minutes; the smallest int if the text does not end in Z or a numeric offset. */
    private static int offsetMinutes(String text, int at) {
        int left = text.length() - at;
        if (left == 1 && (text.charAt(at) | 0x20) == 'z') {
            return 0;
        }
        if (left != 6 || text.charAt(at + 3) != ':' || "+-".indexOf(text.charAt(at)) < 0) {
            return Integer.MIN_VALUE;
        }
        int hours = number(text, at + 1, 2, 23);
        int minutes = number(text, at + 4, 2, 59);
        if (hours < 0 || minutes < 0) {
            return Integer.MIN_VALUE;
        }
        int offset = hours * 60 + minutes;
        return text.charAt(at) == '-' ? -offset : offset;
    }

    private static int digit(String text, int at) {
        char c = text.charAt(at);
        return c >= '0' && c <= '9' ? c - '0' : -1;
    }

    /** That many digits; -1 if there are others, or if the number is greater. */
    private static int number(String text, int at, int digits, int max) {
        int n = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = digit(text, i);
            if (digit < 0) {
                return -1;
            }
            n = n * 10 + digit;
        }
        return n > max ? -1 : n;
    }
}
