package io.websip;

/** Who brought an event about. */
public enum Originator {
    /** This program. */
    LOCAL,
    /** The peer or a server on the way, by a message of its own. */
    REMOTE,
    /** The library: a time-out, a lost connection, a fault of its own. */
    SYSTEM
}
