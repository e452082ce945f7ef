package io.websip.transport;

/** Decides between a text and a binary frame (RFC 7118 section 4.2). */
public final class Utf8 {
    private Utf8() {}

    /** Whether all the bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, up to U+10FFFF). */
    public static boolean isValid(byte[] bytes) {
        int i = 0;
        int n = bytes.length;
        while (i < n) {
            int lead = bytes[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            lead &= 0xff;
            int follow;
            int low = 0x80;
            int high = 0xbf;
            if (lead >= 0xc2 && lead <= 0xdf) {
                follow = 1;
            } else if (lead >= 0xe0 && lead <= 0xef) {
                follow = 2;
                low = lead == 0xe0 ? 0xa0 : 0x80;
                high = lead == 0xed ? 0x9f : 0xbf;
            } else if (lead >= 0xf0 && lead <= 0xf4) {
                follow = 3;
                low = lead == 0xf0 ? 0x90 : 0x80;
                high = lead == 0xf4 ? 0x8f : 0xbf;
            } else {
                return false;
            }
            if (n - i <= follow) {
                return false;
            }
            int second = bytes[i + 1] & 0xff;
            if (second < low || second > high) {
                return false;
            }
            for (int k = 2; k <= follow; k++) {
                if ((bytes[i + k] & 0xc0) != 0x80) {
                    return false;
                }
            }
            i += follow + 1;
        }
        return true;
    }
}
