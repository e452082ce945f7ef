package io.websip.internal.jfr;

import jdk.jfr.FlightRecorder;

/** The state of the JDK's flight recorder, asked without loading any event. */
final class FlightRecording {
    private FlightRecording() {}

    /** Whether there is, or was, a recording. */
    static boolean isInUse() {
        return FlightRecorder.isInitialized();
    }
}
