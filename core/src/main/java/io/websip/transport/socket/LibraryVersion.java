package io.websip.transport.socket;

import org.jspecify.annotations.Nullable;

/** Refuses a library that is older than a transport needs, before a missing method of it does. */
public final class LibraryVersion {
    private static final int NUMBERS = 3;
    private static final int MAX_DIGITS = 9;

    private LibraryVersion() {}

    /**
     * Checks one version. A version that is unknown passes, such as that of a library which was repackaged without its
     * metadata.
     *
     * @param library its name, such as {@code Netty}
     * @param found the version that it tells of itself, such as {@code 4.2.20.Final}; null if it tells none
     * @param needed three numbers with dots
     * @throws IllegalStateException if what was found is older
     */
    public static void require(String library, @Nullable String found, String needed) {
        int[] has = found == null ? null : numbers(found);
        int[] needs = numbers(needed);
        if (needs == null) {
            throw new IllegalArgumentException("version " + needed + " has not three numbers");
        }
        if (has != null && isOlder(has, needs)) {
            throw new IllegalStateException(
                    "this transport needs " + library + " " + needed + " or newer, but found " + found);
        }
    }

    private static boolean isOlder(int[] has, int[] needs) {
        for (int i = 0; i < NUMBERS; i++) {
            if (has[i] != needs[i]) {
                return has[i] < needs[i];
            }
        }
        return false;
    }

    /** The first three numbers; null if there are not three. */
    private static int @Nullable [] numbers(String version) {
        int[] numbers = new int[NUMBERS];
        int at = 0;
        for (int i = 0; i < NUMBERS; i++) {
            int end = at;
            while (end < version.length() && version.charAt(end) >= '0' && version.charAt(end) <= '9') {
                end++;
            }
            boolean separated = i == NUMBERS - 1 || end < version.length() && version.charAt(end) == '.';
            if (end == at || end - at > MAX_DIGITS || !separated) {
                return null;
            }
            numbers[i] = Integer.parseInt(version.substring(at, end));
            at = end + 1;
        }
        return numbers;
    }
}
