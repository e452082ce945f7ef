package io.websip.internal.request;

/** A request is longer than the configuration allows; it was not sent. Made without a stack trace, since a peer may cause it. */
final class RequestTooLongException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    RequestTooLongException(int length, int limit) {
        super("the request is " + length + " bytes long with its route and credentials, the limit is " + limit
                + " (maxMessageBytes)");
    }
}
