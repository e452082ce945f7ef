package io.websip.internal.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A message from the program's hand to its outcome, or from its arrival to the program's answer. */
@Name("io.websip.Message")
@Label("Message")
@Description(
        "A message from send to its outcome, or from its arrival to its answer; the outcome is the cause of a failure")
final class MessageRecording extends SpanRecording {
    @Label("Direction")
    @Description("out or in")
    final String direction;

    @Label("Peer Host")
    @Description("The host of the target, or of the sender")
    final String targetHost;

    @Label("Body Size")
    @DataAmount
    final long size;

    @Label("Status")
    @Description("Of the final response; 0 if there was none")
    int status;

    MessageRecording(String direction, String targetHost, int size) {
        this.direction = direction;
        this.targetHost = targetHost;
        this.size = size;
    }

    @Override
    void status(int code) {
        status = code;
    }
}
