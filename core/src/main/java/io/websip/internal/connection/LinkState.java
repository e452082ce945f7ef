package io.websip.internal.connection;

/**
 * Where the connection of an agent stands.
 *
 * <pre>
 *            start                opened
 *   IDLE -----------> CONNECTING ---------> OPEN
 *    ^                 |      ^              | |
 *    |          closed |      | pause over   | |
 *    |                 v      |              | |
 *    |                WAITING-+ <------------+ |
 *    |                 |             closed    |
 *    |            stop |                       | stop
 *    |                 v                       v
 *    +------------- (none)                  CLOSING
 *    +-----------------------------------------+   closed
 * </pre>
 */
enum LinkState {
    /** Never started, or stopped. */
    IDLE,
    /** An attempt is under way. */
    CONNECTING,
    /** The WebSocket is open. */
    OPEN,
    /** The pause before the next attempt. */
    WAITING,
    /** The orderly close is under way. */
    CLOSING
}
