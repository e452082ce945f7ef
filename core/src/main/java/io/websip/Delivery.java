package io.websip;

/** What the outcome of a message says of its delivery (RFC 3428 section 7). */
public enum Delivery {
    /** It has been delivered to its final destination, which does not mean that anybody has read it: 200. */
    DELIVERED,
    /** It has been accepted for later delivery; whether it arrives is not known: 202. */
    ACCEPTED,
    /** It has not been delivered: a 3xx, 4xx or 5xx, or it was never sent. */
    NOT_DELIVERED,
    /** It reached its destination, which refused it: a 6xx. */
    REFUSED,
    /** It was sent, and no answer came. */
    UNKNOWN;

    /**
     * What a final response says.
     *
     * @param status 200 to 699
     */
    public static Delivery ofStatus(int status) {
        if (status < 300) {
            return status == 202 ? ACCEPTED : DELIVERED;
        }
        return status < 600 ? NOT_DELIVERED : REFUSED;
    }
}
