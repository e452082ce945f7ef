package io.websip.mime;

/**
 * The limits, and how many containers a piece stands in.
 *
 * @param cpims CPIM messages around it
 * @param multiparts multiparts around it
 */
record Nesting(MimeLimits limits, int cpims, int multiparts) {
    static final Nesting DEFAULT = new Nesting(MimeLimits.DEFAULT, 0, 0);

    static Nesting of(MimeLimits limits) {
        return new Nesting(limits, 0, 0);
    }

    Nesting inCpim() throws MimeParseException {
        if (cpims >= limits.maxCpimDepth()) {
            throw MimeParseException.malformed("more than " + limits.maxCpimDepth() + " CPIM messages in one another");
        }
        return new Nesting(limits, cpims + 1, multiparts);
    }

    Nesting inMultipart() throws MimeParseException {
        if (multiparts >= limits.maxMultipartDepth()) {
            throw MimeParseException.malformed(
                    "more than " + limits.maxMultipartDepth() + " multiparts in one another");
        }
        return new Nesting(limits, cpims, multiparts + 1);
    }
}
