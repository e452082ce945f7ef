package io.websip.internal.connection;

/**
 * Where the connection of an agent stands.
 *
 * <pre>
 *            start                opened
 *   IDLE -----------> CONNECTING -----------> OPEN
 *                      ^  ^   | failed         | lost, or left for another server
 *           pause over |  |   v                v
 *                      |  +--------------------+  if a server may be tried now
 *                      |      |                |
 *                      WAITING+----------------+  if all are marked as failed
 *                             |                |
 *                      GIVEN_UP----------------+  if the policy has an end
 *
 *   from every state:  close --> CLOSING, while connections are to end --> CLOSED
 * </pre>
 */
enum LinkState {
    /** Never started. */
    IDLE,
    /** An attempt is under way. */
    CONNECTING,
    /** The WebSocket is open. */
    OPEN,
    /** The pause before the next attempt. */
    WAITING,
    /** No attempt follows. */
    GIVEN_UP,
    /** The orderly close is under way. */
    CLOSING,
    /** Over for good. */
    CLOSED
}
