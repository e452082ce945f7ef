package io.websip.interop;

import io.websip.kit.Await;
import io.websip.kit.KitCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Kamailio of the test's own, on free ports of the loopback interface; it is gone with {@link #close}. */
final class Kamailio implements AutoCloseable {
    private static final String HOW_TO_GET_IT =
            "apt-get install kamailio kamailio-websocket-modules kamailio-tls-modules kamailio-extra-modules";

    private static final int ANSWER_SECONDS = 5;

    private final Path folder;
    private final List<String> switches;
    private final int ws = Ports.free();
    private final int wss = Ports.free();
    private final int sip;
    private @Nullable Process process;

    /** Starts one; what it may be told stands at the top of kamailio.cfg. */
    Kamailio(Path folder, String... switches) {
        this(folder, Ports.free(), List.of(switches));
    }

    private Kamailio(Path folder, int sip, List<String> switches) {
        this.folder = folder;
        this.sip = sip;
        this.switches = switches;
        write("cert.pem", KitCertificates.localhostPem());
        write("key.pem", KitCertificates.localhostKeyPem());
        try (InputStream in = Kamailio.class.getResourceAsStream("kamailio.cfg")) {
            write("kamailio.cfg", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** Starts two that share their registrations. */
    static List<Kamailio> cluster(Path first, Path second) {
        int a = Ports.free();
        int b = Ports.free();
        Kamailio one = node(first, a, b);
        try {
            return List.of(one, node(second, b, a));
        } catch (RuntimeException | Error e) {
            one.close();
            throw e;
        }
    }

    private static Kamailio node(Path folder, int port, int other) {
        return new Kamailio(
                folder,
                port,
                List.of(
                        "WITH_DMQ",
                        "DMQ_SELF=\"sip:127.0.0.1:" + port + "\"",
                        "DMQ_PEER=\"sip:127.0.0.1:" + other + "\""));
    }

    /** Ends the test class early, with the reason, where Kamailio is not installed. */
    static void assumeInstalled() {
        Peers.assume("Kamailio", HOW_TO_GET_IT, binary().isPresent());
    }

    private static Optional<Path> binary() {
        return Stream.of("/usr/sbin/kamailio", "/usr/bin/kamailio", "/usr/local/sbin/kamailio")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    String url(boolean secure) {
        return secure ? "wss://localhost:" + wss : "ws://127.0.0.1:" + ws;
    }

    int port(boolean secure) {
        return secure ? wss : ws;
    }

    /** Whether it takes WebSockets there, in the clear or by TLS. */
    boolean hasPort(int port) {
        return port == ws || port == wss;
    }

    /** Where it speaks SIP by UDP and TCP, on the loopback interface. */
    int sipPort() {
        return sip;
    }

    /** Starts it again on the same ports. */
    void start() {
        List<String> command = new ArrayList<>(List.of(
                binary().orElseThrow().toString(),
                "-f",
                folder.resolve("kamailio.cfg").toString(),
                "-A",
                "WS_PORT=" + ws,
                "-A",
                "WSS_PORT=" + wss,
                "-A",
                "SIP_PORT=" + sip,
                "-A",
                "CTL=\"unix:" + folder.resolve("ctl") + "\"",
                "-A",
                "TLS_KEY=\"" + folder.resolve("key.pem") + "\"",
                "-A",
                "TLS_CERT=\"" + folder.resolve("cert.pem") + "\""));
        for (String option : withNonceSeconds()) {
            command.addAll(List.of("-A", option));
        }
        command.addAll(List.of(
                "-l",
                "udp:127.0.0.1:" + sip,
                "-l",
                "tcp:127.0.0.1:" + sip,
                "-l",
                "tcp:127.0.0.1:" + ws,
                "-l",
                "tls:127.0.0.1:" + wss,
                "-DD",
                "-E",
                "-m",
                "256",
                "-M",
                "8",
                "-Y",
                folder.toString()));
        try {
            process = Children.start(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            awaitAtWork(process);
        } catch (AssertionError e) {
            Children.kill(process.toHandle());
            throw e;
        }
    }

    private void awaitAtWork(Process started) {
        Await.until("Kamailio to be at work; see its log", () -> {
            if (!started.isAlive()) {
                throw new AssertionError("Kamailio ended:\n" + logText());
            }
            return Ports.listens(wss) && Ports.listens(sip) && Ports.answersHttp(ws);
        });
    }

    /** What it does at this moment: its processes, whether it answers by HTTP and by its control socket, and its log. */
    String state() {
        Process running = process;
        if (running == null) {
            return "Kamailio on ports " + ws + " and " + wss + " was killed by the test";
        }
        if (!running.isAlive()) {
            return "Kamailio on ports " + ws + " and " + wss + " HAS ENDED with " + running.exitValue() + ", its log:\n"
                    + logText();
        }
        StringBuilder text = new StringBuilder("Kamailio on ports ")
                .append(ws)
                .append(" and ")
                .append(wss);
        text.append(Ports.answersHttp(ws) ? " answers" : " DOES NOT ANSWER").append(" by HTTP within a second\n");
        running.descendants().forEach(child -> text.append(processState(child.pid())));
        for (String question :
                List.of("core.uptime", "core.tcp_info", "stats.get_statistics usrloc: websocket: tmx:")) {
            text.append(question).append(":\n").append(ask(question));
        }
        return text.append("its log:\n").append(logText()).toString();
    }

    private static String processState(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return "process " + stat.substring(0, Math.min(40, stat.length())) + "..., waits in "
                    + Files.readString(Path.of("/proc/" + pid + "/wchan")) + '\n';
        } catch (IOException e) {
            return "process " + pid + ": " + e + '\n';
        }
    }

    private String ask(String question) {
        List<String> command = new ArrayList<>(List.of("kamcmd", "-s", "unix:" + folder.resolve("ctl")));
        command.addAll(List.of(question.split(" ")));
        try {
            Process asked = Children.start(new ProcessBuilder(command).redirectErrorStream(true));
            if (!asked.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                return "(no answer within " + ANSWER_SECONDS + " s)\n";
            }
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(" + e + ")\n";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "(interrupted)\n";
        }
    }

    /** Fails, with its log, if it has ended by itself. */
    void requireAlive() {
        Process running = process;
        if (running == null || !running.isAlive()) {
            throw new AssertionError("Kamailio has ended:\n" + logText());
        }
    }

    private List<String> withNonceSeconds() {
        List<String> all = new ArrayList<>(switches);
        if (all.stream().noneMatch(option -> option.startsWith("NONCE_SECONDS="))) {
            all.add("NONCE_SECONDS=300");
        }
        return all;
    }

    /** Kills it with all its processes, so that it says goodbye to nobody. */
    void kill() {
        Process killed = process;
        if (killed == null) {
            return;
        }
        List<ProcessHandle> family = Children.kill(killed.toHandle());
        Await.until("Kamailio to be gone", () -> family.stream().noneMatch(ProcessHandle::isAlive));
        Await.until("its ports to be free", () -> !Ports.listens(ws) && !Ports.listens(wss));
        process = null;
    }

    @Override
    public void close() {
        kill();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private String logText() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
