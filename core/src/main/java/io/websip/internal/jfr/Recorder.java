package io.websip.internal.jfr;

import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.transport.ServerAddress;

/** Begins the events of a flight recording. Thread-safe; without effect and without cost where nothing is recorded. */
public interface Recorder {
    /**
     * The JDK's flight recorder, or one that records nothing where the runtime image has none, and as long as nobody uses
     * flight recording: it is asked for anew for each event that begins, and kept in no field.
     */
    static Recorder get() {
        return RecorderHolder.recorder();
    }

    /** An attempt to connect, up to its success or its failure. */
    Span attempt(ServerAddress server);

    /** A connection that is open, up to its end. */
    Span connection(ServerAddress server);

    /** A REGISTER up to its outcome, over all its challenges. */
    Span registration(SipRequest register);

    /** A transaction up to its final response, or its end without one. */
    Span transaction(SipRequest request, boolean client);

    /**
     * A message from {@code send} to its outcome.
     *
     * @param size of its body, in bytes
     */
    Span outgoing(SipUri target, int size);

    /** A message from its arrival to its answer. */
    Span incoming(SipRequest request);
}
