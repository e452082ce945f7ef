package io.websip.sip;

import org.jspecify.annotations.Nullable;

/**
 * What the language makes of one message of a corpus.
 *
 * @param message the message, if it was taken
 * @param fault why not, if it was not
 */
record TortureVerdict(
        @Nullable SipMessage message, @Nullable SipParseException fault) {
    static TortureVerdict of(byte[] bytes) {
        SipMessage message;
        try {
            message = SipMessage.parse(bytes);
            message.verify();
        } catch (SipParseException e) {
            return new TortureVerdict(null, e);
        }
        Accessors.callAll(message);
        return new TortureVerdict(message, null);
    }

    /** As the tables of the corpora write it: accept, the status of the answer, or drop where none may be sent. */
    @Override
    public String toString() {
        if (fault == null) {
            return "accept";
        }
        return fault.headers().isPresent() ? String.valueOf(fault.statusHint()) : "drop";
    }

    SipMessage taken() {
        if (message == null) {
            throw new AssertionError("refused", fault);
        }
        return message;
    }
}
