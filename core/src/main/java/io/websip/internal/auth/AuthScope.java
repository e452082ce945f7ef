package io.websip.internal.auth;

/**
 * Where a request goes, as far as its credentials are concerned: what one destination asks for is shown to no other (RFC 3261
 * sections 22.2 and 22.3). Immutable.
 *
 * @param kind who may answer the request
 * @param destination To and Request-URI of a message, by which receivers are told apart; empty for the registrar
 * @param server tells which realms bear a name of our server
 */
public record AuthScope(Kind kind, String destination, OwnServer server) {
    /** Who may answer a request, and so challenge it. */
    public enum Kind {
        /** Our registrar, or a proxy on the way to it: nobody else sees a REGISTER. */
        REGISTRAR,
        /** Our server, or the receiver of the message. */
        RECEIVER,
        /** The same, and the receiver is not to learn the name of the sender (RFC 3323). */
        ANONYMOUS
    }

    /** Which realms bear a name of our server, where the registrar has not told its realm. */
    public interface OwnServer {
        /** Whether the realm is our domain, or the host of a server that the program has named. */
        boolean isNamed(String realm);
    }

    private static final AuthScope REGISTRAR = new AuthScope(Kind.REGISTRAR, "", realm -> true);

    /** Of a REGISTER. */
    public static AuthScope registrar() {
        return REGISTRAR;
    }

    boolean isRegistrar() {
        return kind == Kind.REGISTRAR;
    }

    boolean isAnonymous() {
        return kind == Kind.ANONYMOUS;
    }
}
