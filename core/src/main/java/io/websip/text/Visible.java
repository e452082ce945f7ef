package io.websip.text;

import java.util.function.UnaryOperator;

/**
 * Text of a peer or of the configuration, made fit for a log, an exception or a terminal. Each character that acts in place
 * of being shown becomes U+FFFD:
 *
 * <ul>
 *   <li>control characters (C0, DEL, C1);
 *   <li>the line and the paragraph separator, U+2028 and U+2029;
 *   <li>characters that change the direction of text (Bidi_Control of Unicode), such as U+202E;
 *   <li>interlinear annotations, U+FFF9 to U+FFFB;
 *   <li>half of a surrogate pair.
 * </ul>
 *
 * <p>No method throws, whatever the text. Thread-safe.
 */
public final class Visible {
    /** How many characters {@link #line(String)} shows. */
    public static final int MAX_LENGTH = 500;

    private static final char REPLACEMENT = '\ufffd';
    private static final String TAIL = "...";

    private Visible() {}

    /** One line of at most {@link #MAX_LENGTH} characters: line breaks and tabs are replaced, too. */
    public static String line(String text) {
        return line(text, MAX_LENGTH);
    }

    /**
     * One line: line breaks and tabs are replaced, too. Of a longer text the beginning is shown, and {@code ...} behind it.
     *
     * @param max how many characters of the text are shown at most
     */
    public static String line(String text, int max) {
        if (text.length() <= max) {
            return shown(text, false);
        }
        boolean pair = max > 0
                && Character.isHighSurrogate(text.charAt(max - 1))
                && Character.isLowSurrogate(text.charAt(max));
        return shown(text.substring(0, pair ? max - 1 : Math.max(max, 0)), false) + TAIL;
    }

    /** As many lines as the text has, of any length: LF and tabs stay, CR LF becomes LF. */
    public static String lines(String text) {
        return shown(text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n"), true);
    }

    /** What a throwable says of itself, on one line. */
    public static String line(Throwable throwable) {
        String own = VisibleFailure.text(throwable);
        return own == null ? throwable.getClass().getName() : line(own);
    }

    /**
     * A throwable whose stack trace can be printed: itself where all its texts are lines of a sensible length, else a copy
     * that has its stack trace, and in visible text its name, message, causes and suppressed throwables. The copy of an
     * {@link javax.net.ssl.SSLException} is one, too.
     */
    public static Throwable failure(Throwable throwable) {
        return new VisibleFailure(UnaryOperator.identity()).of(throwable);
    }

    /** As {@link #failure(Throwable)}. */
    public static Exception failure(Exception exception) {
        return failure(exception, UnaryOperator.identity());
    }

    /**
     * As {@link #failure(Throwable)}, with all texts changed by a function.
     *
     * @param edit such as one that hides secrets; gives the very string back if there is nothing to change
     */
    public static Exception failure(Exception exception, UnaryOperator<String> edit) {
        return new VisibleFailure(edit).of(exception);
    }

    /** Whether a text is shown as it is, on one line. */
    public static boolean isLine(String text) {
        return firstHidden(text, false) < 0;
    }

    private static String shown(String text, boolean lines) {
        int first = firstHidden(text, lines);
        if (first < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        for (int i = first; i < out.length(); i++) {
            char c = out.charAt(i);
            if (isHidden(c, lines) || Character.isSurrogate(c) && !isPaired(text, i)) {
                out.setCharAt(i, REPLACEMENT);
            }
        }
        return out.toString();
    }

    private static int firstHidden(String text, boolean lines) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHidden(c, lines) || Character.isSurrogate(c) && !isPaired(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isPaired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static boolean isHidden(char c, boolean lines) {
        if (c < 0xa0) {
            return (c < ' ' || c >= 0x7f) && !(lines && (c == '\n' || c == '\t'));
        }
        return c == '\u061c'
                || c >= '\u200e' && c <= '\u200f'
                || c >= '\u2028' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069'
                || c >= '\ufff9' && c <= '\ufffb';
    }
}
