package io.websip.internal.location;

/**
 * What may be looked up next. Immutable.
 *
 * @param kind of which type
 * @param secure whether what it leads to is wss
 */
record Question(Kind kind, String name, boolean secure) {
    enum Kind {
        /** SRV records, whose targets are looked up next. */
        SRV,
        /** Addresses of a host that the domain has named, at the default port. */
        HOST,
        /** Addresses of the domain itself, which has not said that it has servers. */
        GUESS
    }

    static Question srv(String name, boolean secure) {
        return new Question(Kind.SRV, name, secure);
    }

    static Question host(String name, boolean secure) {
        return new Question(Kind.HOST, name, secure);
    }

    static Question guess(String domain) {
        return new Question(Kind.GUESS, domain, false);
    }
}
