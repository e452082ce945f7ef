package io.websip.internal.registration;

import io.websip.internal.transaction.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whom a {@link Registration} tells. All calls on the loop; they may call the registration again. */
public interface RegistrationListener {
    /**
     * The binding has begun, or been refreshed.
     *
     * @param first whether we were not registered before
     */
    void registered(Grant grant, boolean first);

    /**
     * The time to refresh the binding has come; the refresh follows, unless the options leave it to the program.
     *
     * @param left until the binding ends
     */
    void expiring(Duration left);

    /**
     * The binding is gone.
     *
     * @param why how the last request ended; null if there was none, or if the connection was lost
     */
    void unregistered(BindingEnd end, @Nullable Outcome why);

    /**
     * A REGISTER failed; {@link #unregistered} follows if that ends the binding.
     *
     * @param retryIn when the next is sent by itself; null if none is on this connection
     */
    void registrationFailed(Outcome why, @Nullable Duration retryIn);
}
