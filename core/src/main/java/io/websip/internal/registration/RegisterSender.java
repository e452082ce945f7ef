package io.websip.internal.registration;

import io.websip.internal.transaction.Outcome;
import java.util.function.Consumer;

/** How a {@link Registration} sends: the agent's way, with challenges answered. Called on the loop. */
public interface RegisterSender {
    /**
     * Sends one REGISTER with the Call-ID of all the others and the next CSeq (RFC 3261 section 10.2).
     *
     * @param expires seconds, in the Contact and in the Expires header; 0 removes the binding
     * @param result called once, on the loop, never within this call
     */
    void register(long expires, Consumer<Outcome> result);
}
