package io.websip.internal.registration;

/**
 * Where the binding of an agent stands.
 *
 * <pre>
 *                   register                  2xx with our contact
 *  UNREGISTERED ---------------> REGISTERING ----------------------> REGISTERED --+
 *    ^  ^  ^  ^                   |  |  ^ |                           |   |  ^    | time to refresh
 *    |  |  |  |   failure         |  |  | | 423, once more            |   |  |    v
 *    |  |  |  +-------------------+  |  +-+                           |   |  +-- REFRESHING
 *    |  |  |                         |                                |   |  2xx    |    |
 *    |  |  |       unregister        v            unregister          |   |         |    |
 *    |  |  +------------------- UNREGISTERING <-----------------------+---|---------+    |
 *    |  |      any answer                                                 |              |
 *    |  +-----------------------------------------------------------------+              |
 *    |                        connection lost (from every state)          failure        |
 *    +-----------------------------------------------------------------------------------+
 * </pre>
 */
public enum RegistrationState {
    /** No binding, and no REGISTER under way; perhaps a pause before the next try. */
    UNREGISTERED,
    /** The first REGISTER is under way. */
    REGISTERING,
    /** The registrar holds our binding. */
    REGISTERED,
    /** It holds our binding, and a REGISTER that prolongs it is under way. */
    REFRESHING,
    /** The REGISTER that removes the binding is under way. */
    UNREGISTERING
}
