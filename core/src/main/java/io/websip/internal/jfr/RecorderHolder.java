package io.websip.internal.jfr;

import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.transport.ServerAddress;

/** Chooses the recorder once, by what the runtime image has. */
final class RecorderHolder {
    static final Recorder RECORDER = choose();

    private RecorderHolder() {}

    private static Recorder choose() {
        try {
            Class.forName("jdk.jfr.FlightRecorder");
            return JfrRecorder.isAvailable() ? new JfrRecorder() : new NoRecorder();
        } catch (ClassNotFoundException | LinkageError e) {
            return new NoRecorder(); // the module jdk.jfr is not there, or not readable
        }
    }

    /** Records nothing. */
    private static final class NoRecorder implements Recorder {
        @Override
        public Span attempt(ServerAddress server) {
            return Span.NONE;
        }

        @Override
        public Span connection(ServerAddress server) {
            return Span.NONE;
        }

        @Override
        public Span registration(SipRequest register) {
            return Span.NONE;
        }

        @Override
        public Span transaction(SipRequest request, boolean client) {
            return Span.NONE;
        }

        @Override
        public Span outgoing(SipUri target, int size) {
            return Span.NONE;
        }

        @Override
        public Span incoming(SipRequest request) {
            return Span.NONE;
        }
    }
}
