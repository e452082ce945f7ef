package io.websip.text;

import java.time.Duration;

/** A time as people read it, such as {@code 20 min 12 s}. */
public final class TimeText {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long TENTH = 100;

    private TimeText() {}

    /**
     * At most two units, rounded to the smaller: {@code 3 d 4 h}, {@code 1 h 5 min}, {@code 20 min 12 s}, {@code 42 s}; below
     * ten seconds with a tenth, {@code 1.5 s}; below one second {@code 250 ms}. Half a unit is rounded up.
     */
    public static String of(Duration time) {
        if (time.isNegative()) {
            return "-" + of(time.getSeconds() == Long.MIN_VALUE ? Duration.ofSeconds(Long.MAX_VALUE) : time.negated());
        }
        long seconds = time.getSeconds();
        if (seconds < 1 && rounded(time, 1) < 1_000) {
            return time.isZero() ? "0 s" : rounded(time, 1) + " ms";
        }
        if (seconds < 10 && rounded(time, TENTH) < 100) {
            long tenths = rounded(time, TENTH);
            return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
        }
        long whole = seconds + (time.getNano() >= 500_000_000 && seconds < Long.MAX_VALUE ? 1 : 0);
        if (whole < HOUR) {
            return two(whole, MINUTE, " min", 1, " s");
        }
        if (halfUp(whole, MINUTE) < DAY) {
            return two(halfUp(whole, MINUTE), HOUR, " h", MINUTE, " min");
        }
        return two(halfUp(whole, HOUR), DAY, " d", HOUR, " h");
    }

    /** In units of so many milliseconds, of a time of less than ten seconds. */
    private static long rounded(Duration time, long millis) {
        long nanos = millis * 1_000_000;
        return (time.toNanos() + nanos / 2) / nanos;
    }

    /** Seconds that are a multiple of the unit. */
    private static long halfUp(long seconds, long unit) {
        long below = seconds / unit * unit;
        return seconds - below >= unit / 2 && below <= Long.MAX_VALUE - unit ? below + unit : below;
    }

    private static String two(long seconds, long large, String largeName, long small, String smallName) {
        long many = seconds / large;
        long few = seconds % large / small;
        if (many == 0) {
            return few + smallName;
        }
        return many + largeName + (few == 0 ? "" : " " + few + smallName);
    }
}
