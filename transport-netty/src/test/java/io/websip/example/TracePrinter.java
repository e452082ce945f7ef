package io.websip.example;

import io.websip.trace.WireMessage;
import io.websip.trace.WireTrace;
import java.io.PrintWriter;

/** Prints what goes over the wire, indented, so that it stands apart from what else is printed. Thread-safe. */
final class TracePrinter implements WireTrace {
    private final PrintWriter out;

    TracePrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void trace(WireMessage message) {
        print(message, message.server().toString());
    }

    /** The same, where the other end is not the server. */
    void print(WireMessage message, String peer) {
        boolean sip = message.kind() == WireMessage.Kind.SIP;
        String what = sip ? message.size() + " bytes" : message.kind().toString();
        String arrow = message.direction() == WireMessage.Direction.SENT ? "--> " : "<-- ";
        String text = arrow + peer + " (" + what + ")\n" + message.text().indent(4);
        synchronized (out) {
            out.print(text);
            out.flush();
        }
    }
}
