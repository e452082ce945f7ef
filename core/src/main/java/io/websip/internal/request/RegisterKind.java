package io.websip.internal.request;

/** What a REGISTER asks for (RFC 3261 section 10.2). */
public enum RegisterKind {
    /** Our own binding: to be made, prolonged, or removed. */
    OWN_CONTACT,
    /** A list of all bindings: there is no Contact. */
    FETCH,
    /** The end of all bindings: {@code Contact: *} and {@code Expires: 0}, and nothing else of a contact. */
    ALL_CONTACTS
}
