package io.websip.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A SIP transaction up to its final response. */
@Name("io.websip.Transaction")
@Label("Transaction")
@Description("A SIP transaction up to its final response, or to its end without one")
final class TransactionRecording extends SpanRecording {
    @Label("Method")
    final String method;

    @Label("Client")
    @Description("Whether the request was ours")
    final boolean client;

    @Label("Target Host")
    @Description("The host of the Request-URI")
    final String targetHost;

    @Label("Status")
    @Description("Of the final response; 0 if there was none")
    int status;

    TransactionRecording(String method, boolean client, String targetHost) {
        this.method = method;
        this.client = client;
        this.targetHost = targetHost;
    }

    @Override
    void status(int code) {
        status = code;
    }
}
