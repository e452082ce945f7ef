package io.websip.internal.registration;

import io.websip.internal.transaction.Outcome;
import java.util.function.Consumer;

/** How a {@link Registration} sends: the agent's way, with challenges answered. Called on the loop. */
public interface RegisterSender {
    /** Whether there is a connection on which a REGISTER could go. */
    boolean isOpen();

    /**
     * Sends one REGISTER with the Call-ID of all the others and the next CSeq (RFC 3261 section 10.2).
     *
     * @param expires seconds, in the Contact and in the Expires header; 0 removes the binding
     * @param outbound whether to register by RFC 5626, with a reg-id
     * @param result called once, on the loop, never within this call
     */
    void register(long expires, boolean outbound, Consumer<Outcome> result);
}
