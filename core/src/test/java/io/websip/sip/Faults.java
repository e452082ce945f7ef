package io.websip.sip;

/** Catches what parsing throws. */
final class Faults {
    /** A parse of something malformed. */
    interface Parse {
        Object run() throws SipParseException;
    }

    private Faults() {}

    static SipParseException of(Parse parse) {
        Object taken;
        try {
            taken = parse.run();
        } catch (SipParseException e) {
            return e;
        }
        throw new AssertionError("taken: " + taken);
    }

    static boolean isMalformed(Parse parse) {
        try {
            parse.run();
            return false;
        } catch (SipParseException e) {
            return true;
        }
    }
}
