package io.websip.internal.registration;

/** Counts the REGISTERs of an agent. All calls on the loop. */
public interface RegisterCounter {
    /** A REGISTER goes out; one that is sent again for a challenge does not count. */
    void registerSent();

    /** A REGISTER has its outcome, which is no 2xx. */
    void registerFailed();
}
