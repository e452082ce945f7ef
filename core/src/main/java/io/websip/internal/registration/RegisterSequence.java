package io.websip.internal.registration;

import io.websip.internal.transaction.Tokens;
import io.websip.sip.CSeq;

/**
 * The Call-ID of all REGISTERs and the CSeq that grows by one with each (RFC 3261 section 10.2). Numbers end below 2**31
 * (section 8.1.1.5); before they are used up another Call-ID begins. Confined to the loop.
 */
final class RegisterSequence {
    /** So many numbers one REGISTER may take, for itself and its repetitions after challenges. */
    private static final int RESERVE = 64;

    private final Tokens tokens;
    private String callId;
    private long cseq;

    /** @param used the number after which it goes on */
    RegisterSequence(Tokens tokens, long used) {
        this.tokens = tokens;
        this.callId = tokens.callId();
        this.cseq = used;
    }

    /** The Call-ID of a REGISTER that begins now. */
    String callId() {
        if (cseq > CSeq.MAX - RESERVE) {
            callId = tokens.callId();
            cseq = 0;
        }
        return callId;
    }

    /** The number of the next request with that Call-ID. */
    long next() {
        return ++cseq;
    }
}
