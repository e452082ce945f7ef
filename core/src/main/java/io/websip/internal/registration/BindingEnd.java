package io.websip.internal.registration;

/** Why there is a binding no longer. */
public enum BindingEnd {
    /** We wanted it gone. */
    ASKED,
    /** The connection was lost, and with it the way to us. */
    CONNECTION_LOST,
    /** Its time was over, and no refresh had succeeded. */
    LAPSED,
    /** The registrar does not list it any more, or will not have it refreshed. */
    REFUSED
}
