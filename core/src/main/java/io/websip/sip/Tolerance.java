package io.websip.sip;

/** How much is overlooked in what is read. What can be read strictly means the same in each of them. */
enum Tolerance {
    /** Nothing beyond what the class documents: for what the program gives, and what is sent. */
    STRICT,

    /** What leaves no doubt of the meaning: for one value that has come from somewhere. */
    RECEIVED,

    /** As {@link #RECEIVED}, and whatever stands where a display name may: for the parts that a request needs. */
    NAMES,

    /** All but what the reader came for: for responses, and for parts that nobody needs (RFC 3261 section 8.2.2). */
    LOOSE
}
