package io.websip.transport.socket;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Retry-After header of an answer that refuses the upgrade (RFC 9110 section 10.2.3). */
public final class RetryAfter {
    /** A server's wish is taken for at most this, 30 days. */
    public static final Duration MAX = Duration.ofDays(30);

    private static final int MAX_LENGTH = 40;
    private static final int MAX_DIGITS = 10;

    private RetryAfter() {}

    /**
     * Seconds, or a date of the form {@code Fri, 31 Dec 2027 23:59:59 GMT}.
     *
     * @param value of the header; null if there is none
     * @param now of which a date is counted
     * @return zero to {@link #MAX}; empty if there is none or it is malformed
     */
    public static Optional<Duration> parse(@Nullable String value, Instant now) {
        String text = value == null || value.length() > MAX_LENGTH ? "" : value.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(text.length() > MAX_DIGITS ? MAX : bounded(Duration.ofSeconds(Long.parseLong(text))));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Optional.of(bounded(Duration.between(now, date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration time) {
        return time.isNegative() ? Duration.ZERO : time.compareTo(MAX) > 0 ? MAX : time;
    }
}
