package io.websip.sip;

/** A kind of input from the network that was not used, or not used whole. */
public enum Discard {
    /** A request that is malformed in a part that every request needs: answered 400, 505 or 513, or not at all. */
    MALFORMED_REQUEST,

    /** A response that names no transaction, since its top Via, its CSeq or its status is malformed, or that is cut short. */
    MALFORMED_RESPONSE,

    /**
     * A header row that was left out of a message that was taken: it is no row, stands twice, is too long, or its value is
     * malformed (RFC 3261 section 8.2.2).
     */
    MALFORMED_FIELD,

    /** A contact, route or challenge of a response that could not be read, while the others of the message could. */
    MALFORMED_ELEMENT,

    /** Octets behind the body that Content-Length bounds, such as a second message (RFC 3261 section 18.3). */
    SURPLUS_OCTETS,

    /**
     * A well-formed response that no request waits for: late, repeated or forged (RFC 3261 section 17.1.3), or one with
     * several Via values, which is meant for somebody else (section 8.1.3.3).
     */
    STRAY_RESPONSE,

    /** An ACK, which ends an INVITE that this agent never takes. */
    STRAY_ACK,

    /** A request that was answered 503, since too many were pending on the connection. */
    EXCESS_REQUEST
}
