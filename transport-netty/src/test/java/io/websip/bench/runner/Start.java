package io.websip.bench.runner;

import java.io.IOException;
import java.util.List;

/** Cold JVMs, in turn: an agent that sends its first message, and Netty's WebSocket alone. */
final class Start {
    static final String AGENT = "websip on Netty";
    static final String ECHO = "raw Netty echo";
    private static final String REQUEST_BYTES = "450";
    private static final String ANSWER_BYTES = "250";

    private Start() {}

    static void run(Settings settings, Samples samples) throws IOException {
        try (Peer server = Peer.java(List.of(), BareServer.class)) {
            String url = "ws://127.0.0.1:" + server.read() + "/";
            for (int pass = 0; pass <= settings.passes(); pass++) {
                double agent = millis("agent", url);
                double echo = millis("echo", url + "echo/" + ANSWER_BYTES, REQUEST_BYTES);
                if (pass > 0) { // the first warms the server, and the disk
                    samples.add(Measure.START, AGENT, agent);
                    samples.add(Measure.START, ECHO, echo);
                }
            }
        }
    }

    private static double millis(String... arguments) throws IOException {
        try (Peer program = Peer.java(List.of(), StartMain.class, arguments)) {
            return Long.parseLong(program.read()) / 1e3;
        }
    }
}
