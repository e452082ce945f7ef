package io.websip.interop;

import io.websip.kit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A sipp, which speaks SIP by UDP or TCP and acts out one of the scenarios beside this class (sipp/*.xml). */
final class Sipp implements AutoCloseable {
    /** What carries its messages; {@code user} is the beginning of the user by whom Kamailio knows it. */
    enum Carrier {
        UDP("u1", "udp"),
        TCP("t1", "tcp");

        private final String option;
        private final String user;

        Carrier(String option, String user) {
            this.option = option;
            this.user = user;
        }
    }

    private final Carrier carrier;
    private final int port = Ports.free();
    private final Path folder;
    private final Process process;

    private Sipp(Path folder, Carrier carrier, String scenario, int calls, List<String> more) {
        this.folder = folder;
        this.carrier = carrier;
        try (InputStream in = Sipp.class.getResourceAsStream("sipp/" + scenario)) {
            Files.write(folder.resolve(scenario), in.readAllBytes());
            List<String> command = new ArrayList<>(List.of("sipp", "-sf", scenario, "-m", Integer.toString(calls)));
            command.addAll(List.of("-t", carrier.option, "-i", "127.0.0.1", "-p", Integer.toString(port)));
            command.addAll(List.of("-nostdin", "-timeout", "30s", "-timeout_error"));
            command.addAll(List.of("-trace_msg", "-message_file", "messages.log"));
            command.addAll(more);
            process = Children.start(new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("screen.log").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the test class early, with the reason, where it is not installed. */
    static void assumeInstalled() {
        Peers.assume("sipp", "apt-get install sip-tester", Peers.isOnPath("sipp"));
    }

    /** Bob, who sends so many MESSAGEs, one after another, whose headers are compact and folded. */
    static Sipp sender(Path folder, Carrier carrier, int server, int messages) {
        List<String> more =
                List.of("-au", "bob", "-ap", Account.password("bob"), "-l", "1", "-r", "1000", "127.0.0.1:" + server);
        return new Sipp(folder, carrier, "send.xml", messages, more);
    }

    /** One who takes so many MESSAGEs and answers each with 200. */
    static Sipp receiver(Path folder, Carrier carrier, int messages) {
        Sipp sipp = new Sipp(folder, carrier, "receive.xml", messages, List.of());
        Await.until("sipp to listen", () -> sipp.isListening());
        return sipp;
    }

    private boolean isListening() {
        if (!process.isAlive()) {
            throw new AssertionError("sipp has ended: " + read("screen.log"));
        }
        return carrier == Carrier.TCP ? Ports.listens(port) : Ports.isTakenForUdp(port);
    }

    /** As which it is known to Kamailio. */
    String user() {
        return carrier.user + port;
    }

    /** Waits until all is done, and fails if sipp is not content. */
    void awaitEnd() {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                throw new AssertionError("sipp does not end: " + read("screen.log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while sipp was at work", e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("sipp ended with " + process.exitValue() + ": " + read("screen.log") + messages());
        }
    }

    /** All that it has sent and received. */
    String messages() {
        return read("messages.log");
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
