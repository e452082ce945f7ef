package io.websip.example;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Prints what goes over the wire, without what a digest is worth. */
final class WireTrace {
    private final PrintWriter out;

    WireTrace(PrintWriter out) {
        this.out = out;
    }

    void sent(String to, byte[] message) {
        print("--> " + to, message);
    }

    void received(String from, byte[] message) {
        print("<-- " + from, message);
    }

    private void print(String direction, byte[] message) {
        StringBuilder shown =
                new StringBuilder(direction).append(" (").append(message.length).append(" bytes)\n");
        boolean body = false;
        for (String line : new String(message, StandardCharsets.UTF_8).split("\r\n", -1)) {
            shown.append("    ").append(body ? line : redacted(line)).append('\n');
            body |= line.isEmpty();
        }
        synchronized (out) {
            out.print(shown);
            out.flush();
        }
    }

    private static String redacted(String line) {
        boolean credentials = line.regionMatches(true, 0, "Authorization:", 0, 14)
                || line.regionMatches(true, 0, "Proxy-Authorization:", 0, 20);
        return credentials ? line.replaceAll("(response|cnonce)=\"[^\"]*\"", "$1=\"...\"") : line;
    }
}
