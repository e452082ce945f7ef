package io.websip.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A WebSocket from its opening to its end. */
@Name("io.websip.Connection")
@Label("Connection")
@Description("A WebSocket from its opening to its end; the outcome says how it was closed")
final class ConnectionRecording extends SpanRecording {
    @Label("Server")
    final String server;

    ConnectionRecording(String server) {
        this.server = server;
    }
}
