package io.websip.mime;

/** The kinds of reports that a sender asks for: the values of Disposition-Notification (RFC 5438 section 7.1.1.2). */
public enum NotificationRequest {
    /** That it was delivered. */
    POSITIVE_DELIVERY("positive-delivery"),
    /** That it could not be delivered. */
    NEGATIVE_DELIVERY("negative-delivery"),
    /** How stores and gateways on the way handle it. */
    PROCESSING("processing"),
    /** That it was shown to its reader. */
    DISPLAY("display");

    private final String token;

    NotificationRequest(String token) {
        this.token = token;
    }

    /** The name on the wire. */
    public String token() {
        return token;
    }
}
