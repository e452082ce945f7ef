package io.websip.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** From the attempt to connect to the open WebSocket, or to the failure. */
@Name("io.websip.ConnectionAttempt")
@Label("Connection Attempt")
@Description("From the attempt to connect to the open WebSocket, or to the failure")
final class ConnectionAttemptRecording extends SpanRecording {
    @Label("Server")
    final String server;

    ConnectionAttemptRecording(String server) {
        this.server = server;
    }
}
