package io.websip.internal.registration;

/**
 * Where the binding of an agent stands.
 *
 * <pre>
 *                   register                  2xx with our contact
 *  UNREGISTERED ---------------> REGISTERING ----------------------> REGISTERED ------+
 *    ^  ^  ^  ^                   |  |  ^ |                          |  |  ^  ^       | time to refresh,
 *    |  |  |  |   failure         |  |  | | 423, 439: once more      |  |  |  |       v or register
 *    |  |  |  +-------------------+  |  +-+                          |  |  |  +-- REFRESHING
 *    |  |  |                         |                               |  |  | 2xx, or a   | |
 *    |  |  |       unregister        v            unregister         |  |  | failure     | |
 *    |  |  +------------------- UNREGISTERING <----------------------+  |  | that may    | |
 *    |  |      any answer                                               |  | pass        | |
 *    |  +---------------------------------------------------------------+  +-------------+ |
 *    |              connection lost (from every state), or time over                       |
 *    +-------------------------------------------------------------------------------------+
 *                                   refused, or our contact is not listed
 * </pre>
 *
 * <p>Where the granted time is over while a refresh is under way, REFRESHING becomes REGISTERING. What is to follow a
 * REGISTER under way waits for its end: an unregister in REGISTERING or REFRESHING, a register in UNREGISTERING.
 */
public enum RegistrationState {
    /** No binding, and no REGISTER under way; perhaps a pause before the next try. */
    UNREGISTERED,
    /** The first REGISTER is under way. */
    REGISTERING,
    /** The registrar holds our binding; perhaps the last refresh has failed, and this is the pause before the next. */
    REGISTERED,
    /** It holds our binding, and a REGISTER that prolongs it is under way. */
    REFRESHING,
    /** The REGISTER that removes the binding is under way. */
    UNREGISTERING
}
