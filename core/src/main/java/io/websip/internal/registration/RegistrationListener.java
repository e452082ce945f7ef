package io.websip.internal.registration;

import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whom a {@link Registration} tells. All calls on the loop. */
public interface RegistrationListener {
    /**
     * The binding has begun, or been refreshed.
     *
     * @param first whether we were not registered before
     */
    void registered(SipResponse response, Duration expires, boolean first);

    /**
     * The binding is gone.
     *
     * @param asked whether we wanted it gone
     * @param why how the request ended that ended it; null if the connection was lost
     */
    void unregistered(boolean asked, @Nullable Outcome why);

    /** A REGISTER failed; {@link #unregistered} follows if there was a binding. */
    void registrationFailed(Outcome why);
}
