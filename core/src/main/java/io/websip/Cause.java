package io.websip;

/** Why a message or a registration failed: the causes of JsSIP, and {@link #EXPIRED}. */
public enum Cause {
    /** There was no connection, or it was lost before the final answer. No response. */
    CONNECTION_ERROR("Connection Error"),
    /** No final answer came in time: our own clock, never a received 408. No response. */
    REQUEST_TIMEOUT("Request Timeout"),
    /** Any other final answer that is not a 2xx. */
    SIP_FAILURE_CODE("SIP Failure Code"),
    /** The library could not go on. No response. */
    INTERNAL_ERROR("Internal Error"),
    /** 486 or 600. */
    BUSY("Busy"),
    /** 403 or 603. */
    REJECTED("Rejected"),
    /** 300, 301, 302, 305 or 380; where to is in the response's contacts. */
    REDIRECTED("Redirected"),
    /** 480, 410, 408 or 430. */
    UNAVAILABLE("Unavailable"),
    /** 404 or 604. */
    NOT_FOUND("Not Found"),
    /** 484 or 424. */
    ADDRESS_INCOMPLETE("Address Incomplete"),
    /** 488 or 606. */
    INCOMPATIBLE_SDP("Incompatible SDP"),
    /** Of sessions only; kept for programs that translate JsSIP's causes. */
    MISSING_SDP("Missing SDP"),
    /** 401 or 407 that could not be answered, or was given again to the answer. */
    AUTHENTICATION_ERROR("Authentication Error"),
    /** The time ran out that the message was allowed to be held, or that the registrar had granted. No response. */
    EXPIRED("Expired");

    private final String text;

    Cause(String text) {
        this.text = text;
    }

    /** The text of JsSIP, such as {@code Connection Error}. */
    public String text() {
        return text;
    }

    /**
     * The cause that a final response stands for.
     *
     * @param status 300 to 699
     */
    public static Cause ofStatus(int status) {
        return switch (status) {
            case 300, 301, 302, 305, 380 -> REDIRECTED;
            case 401, 407 -> AUTHENTICATION_ERROR;
            case 403, 603 -> REJECTED;
            case 404, 604 -> NOT_FOUND;
            case 408, 410, 430, 480 -> UNAVAILABLE;
            case 424, 484 -> ADDRESS_INCOMPLETE;
            case 486, 600 -> BUSY;
            case 488, 606 -> INCOMPATIBLE_SDP;
            default -> SIP_FAILURE_CODE;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
