package io.websip.bench.runner;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Many agents in one JVM. */
final class Scale {
    private static final int SECONDS = 3;
    private static final int IDLE = 2_000;

    private Scale() {}

    /** @param classes core's test classes, one of which measures the engine alone */
    static void run(Settings settings, String classes, Samples samples) throws IOException {
        try (Peer idle = Peer.java(
                List.of(), classes + Jvm.PATH_SEPARATOR + Jvm.CLASS_PATH, "io.websip.bench.IdleAgents", "" + IDLE)) {
            samples.add(Measure.IDLE_AGENT, "websip", Double.parseDouble(idle.read()));
        }
        for (int pass = 0; pass < settings.scalePasses(); pass++) {
            for (int count : settings.fakeAgents()) {
                fake(count, samples);
            }
        }
        live(settings.liveAgents(), samples);
    }

    private static void fake(int count, Samples samples) throws IOException {
        try (Peer agents = Peer.java(List.of("-Xmx512m"), FakeScaleMain.class, "" + count, "" + SECONDS)) {
            double[] figures = figures(agents);
            String who = agents(count);
            samples.add(Measure.FAKE_REGISTRATION, who, figures[0]);
            samples.add(Measure.FAKE_HEAP, who, figures[1] / (1 << 20));
            samples.add(Measure.FAKE_MESSAGE, who, figures[2]);
        }
    }

    private static void live(int count, Samples samples) throws IOException {
        try (Peer server = Peer.java(List.of(), BareServer.class);
                Peer agents = Peer.java(
                        List.of(),
                        LiveScaleMain.class,
                        "ws://127.0.0.1:" + server.read() + "/",
                        "" + count,
                        "" + SECONDS)) {
            double[] figures = figures(agents);
            String who = agents(count) + " on Netty";
            samples.add(Measure.LIVE_REGISTRATION, who, figures[0]);
            samples.add(Measure.IDLE_CONNECTED, who, figures[1]);
            samples.add(Measure.LIVE_LATE, who, figures[2] / 10);
        }
    }

    static String agents(int count) {
        return String.format(java.util.Locale.ROOT, "%,d agents", count);
    }

    private static double[] figures(Peer peer) throws IOException {
        return Arrays.stream(peer.read().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
