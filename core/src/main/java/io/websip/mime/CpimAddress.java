package io.websip.mime;

import io.websip.sip.SipParseException;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import org.jspecify.annotations.Nullable;

/**
 * An address of a CPIM message (RFC 3862 sections 4.1 to 4.3). The sender claims it: the network checks the From of the SIP
 * message at most (RFC 3428 section 11.5).
 *
 * @param name the formal name, its escapes undone; empty if there is none
 * @param uri the address
 */
public record CpimAddress(String name, Uri uri) {
    private static final String ANONYMOUS = "anonymous.invalid";

    /** Whether the sender hides its identity, as {@code sip:anonymous@anonymous.invalid} (RFC 3323 section 4.1.1.3). */
    public boolean isAnonymous() {
        return isAnonymous(uri);
    }

    static boolean isAnonymous(Uri uri) {
        String text = uri.toString();
        int start = text.indexOf('@') + 1;
        int end = start + ANONYMOUS.length();
        return start > 0
                && text.regionMatches(true, start, ANONYMOUS, 0, ANONYMOUS.length())
                && (end == text.length() || ":;?".indexOf(text.charAt(end)) >= 0);
    }

    /** The URI for the text of an exception: without a password. */
    static String shown(Uri uri) {
        return uri instanceof SipUri sip ? sip.toAor().toString() : uri.toString();
    }

    /** Reads a name and a URI in angle brackets, with or without a space between, or a bare URI; null if it is none of these. */
    static @Nullable CpimAddress read(byte[] b, int from, int to) {
        int start = Octets.skipWhite(b, from, to);
        int end = Octets.whiteBefore(b, to, start);
        String name = "";
        int bracket = start;
        if (start < end && b[start] == '"') {
            int quote = quoteEnd(b, start + 1, end);
            name = CpimText.unescaped(b, start + 1, quote);
            bracket = Octets.skipWhite(b, Math.min(quote + 1, end), end);
        } else {
            int found = Octets.find(b, '<', start, end);
            if (found < end) {
                bracket = found;
                name = CpimText.unescaped(b, start, Octets.whiteBefore(b, bracket, start));
            }
        }
        if (bracket < end && b[bracket] == '<') {
            return of(name, b, bracket + 1, Octets.find(b, '>', bracket, end));
        }
        return bracket == start ? of("", b, start, end) : null;
    }

    private static @Nullable CpimAddress of(String name, byte[] b, int start, int end) {
        try {
            return new CpimAddress(name, Uri.parse(Octets.string(b, start, end).strip()));
        } catch (SipParseException e) {
            return null;
        }
    }

    private static int quoteEnd(byte[] b, int start, int end) {
        int i = start;
        while (i < end && b[i] != '"') {
            i += b[i] == '\\' ? 2 : 1;
        }
        return Math.min(i, end);
    }
}
