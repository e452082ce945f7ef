package io.websip.internal.jfr;

import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.transport.ServerAddress;

/**
 * Chooses the recorder: the JDK's from when the program, or whoever watches it, first uses flight recording. Not before, since
 * its events take a fifth of the time in which a program starts and sends its first message.
 */
final class RecorderHolder {
    private static final Recorder NONE = new NoRecorder();
    private static final boolean POSSIBLE = isPossible();

    private RecorderHolder() {}

    static Recorder recorder() {
        return POSSIBLE && FlightRecording.isInUse() ? Started.RECORDER : NONE;
    }

    private static boolean isPossible() {
        try {
            Class.forName("jdk.jfr.FlightRecorder");
            FlightRecording.isInUse();
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // the module jdk.jfr is not there, or not readable
        }
    }

    private static final class Started {
        static final Recorder RECORDER = new JfrRecorder();
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
