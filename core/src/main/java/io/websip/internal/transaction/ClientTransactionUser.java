package io.websip.internal.transaction;

import io.websip.sip.SipResponse;

/**
 * What a client transaction tells its owner (RFC 3261 section 17.1). All calls are made on the loop, none within
 * {@link TransactionLayer#send}, and none after {@link ClientTransaction#terminate}.
 *
 * <p>Exactly one of {@link #onFinal}, {@link #onTimeout} and {@link #onTransportFailure} is called, once and last.
 */
public interface ClientTransactionUser {
    /** A 1xx came, which ends nothing: the timeout runs on (RFC 4320 section 4). Any number of times, also none. */
    void onProvisional(SipResponse response);

    /** The final response, 200 to 699. */
    void onFinal(SipResponse response);

    /** No final response within the timeout (timer F), to be treated as 408 (RFC 3261 section 8.1.3.1). */
    void onTimeout();

    /**
     * The request could not be sent, or the connection was lost before its final response; to be treated as 503 (RFC
     * 3261 section 8.1.3.1).
     */
    void onTransportFailure();
}
