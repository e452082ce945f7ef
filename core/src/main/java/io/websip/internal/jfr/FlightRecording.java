package io.websip.internal.jfr;

import jdk.jfr.FlightRecorder;

/** The state of the JDK's flight recorder, asked without loading any event. */
final class FlightRecording {
    private FlightRecording() {}

    static boolean isAvailable() {
        return FlightRecorder.isAvailable();
    }

    /** Whether there is, or was, a recording. */
    static boolean isInUse() {
        return FlightRecorder.isInitialized();
    }
}
