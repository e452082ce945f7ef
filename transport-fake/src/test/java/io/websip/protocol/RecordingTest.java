package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
        "JFR: connections, registrations, transactions and messages are recorded, without users, bodies and secrets")
class RecordingTest {
    static final List<String> NAMES =
            List.of("ConnectionAttempt", "Connection", "Registration", "Transaction", "Message");

    @TempDir
    private Path folder;

    /** A recording holds also what others have enabled. */
    @BeforeAll
    static void alone() {
        SecretWatch.begin();
        SecretRecording.stop();
    }

    @AfterAll
    static void goOnRecording() {
        SecretRecording.start();
    }

    private List<RecordedEvent> record(Runnable life) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            NAMES.forEach(name -> recording.enable("io.websip." + name).withoutThreshold());
            recording.start();
            life.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private static List<String> of(List<RecordedEvent> events, String name, Function<RecordedEvent, String> text) {
        return events.stream()
                .filter(e -> e.getEventType().getName().equals("io.websip." + name))
                .map(text)
                .toList();
    }

    private static void life() {
        try (Scene scene = new Scene(server -> server.user("alice", "secret"))) {
            scene.server.endpoint().onNextConnection(Fault.refuse(503));
            UserAgent alice = scene.agent("alice", options -> options.password("secret"));
            alice.start();
            scene.seconds(10);
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(486));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.silence());
            alice.sendMessage("bob", "Hello").join();
            alice.sendMessage("sip:bob@elsewhere.example", "Hi")
                    .handle((response, failure) -> null)
                    .join();
            alice.sendMessage("bob", "1").handle((response, failure) -> null).join();
            scene.server.message("alice", "Hello Alice").join();
            alice.stop().join();
        }
    }

    @Test
    @DisplayName("what happened is read back")
    void whatHappened() throws IOException {
        List<RecordedEvent> events = record(RecordingTest::life);
        assertThat(of(events, "ConnectionAttempt", e -> e.getString("server") + " " + e.getString("outcome")))
                .hasSize(2)
                .satisfies(attempts -> {
                    assertThat(attempts.get(0)).startsWith("ws://sip.example.com:80/ refused with HTTP 503");
                    assertThat(attempts.get(1)).isEqualTo("ws://sip.example.com:80/ open");
                });
        assertThat(of(events, "Connection", e -> e.getString("server") + " " + e.getString("outcome")))
                .singleElement()
                .asString()
                .startsWith("ws://sip.example.com:80/ closed with 1000");
        assertThat(of(events, "Registration", e -> e.getString("registrar") + " " + e.getInt("status")))
                .containsExactly("example.com 200", "example.com 200");
        assertThat(of(
                        events,
                        "Transaction",
                        e -> e.getString("method") + (e.getBoolean("client") ? " > " : " < ")
                                + (e.getBoolean("client") ? e.getString("targetHost") + " " : "") + e.getInt("status")
                                + " " + e.getString("outcome")))
                .containsExactly(
                        "REGISTER > example.com 401 answered",
                        "REGISTER > example.com 200 answered",
                        "MESSAGE > example.com 200 answered",
                        "MESSAGE > elsewhere.example 486 answered",
                        "MESSAGE > example.com 0 timed out",
                        "MESSAGE < 200 answered",
                        "REGISTER > example.com 200 answered");
        assertThat(of(
                        events,
                        "Message",
                        e -> e.getString("direction") + " " + e.getString("targetHost") + " " + e.getLong("size") + " "
                                + e.getInt("status") + " " + e.getString("outcome")))
                .containsExactly(
                        "out example.com 5 200 Succeeded",
                        "out elsewhere.example 2 486 Busy",
                        "out example.com 1 0 Request Timeout",
                        "in example.com 11 200 answered");
        assertThat(events).allSatisfy(e -> {
            assertThat(e.getEventType().getCategoryNames()).containsExactly("websip");
            assertThat(e.getEventType().getLabel()).isNotEmpty();
            assertThat(e.getStackTrace()).isNull();
            assertThat(e.getEndTime()).isAfterOrEqualTo(e.getStartTime());
        });
    }

    @Test
    @DisplayName("messages that nobody answers in time end too")
    void lapsed() throws IOException {
        List<RecordedEvent> events = record(() -> {
            try (Scene scene = new Scene()) {
                UserAgent alice = scene.started("alice");
                alice.addListener(UserAgentListener.incoming(IncomingMessage::defer));
                goOn(scene.server.message("alice", "1"));
                scene.seconds(40);
                goOn(scene.server.message("alice", "2"));
                scene.run();
                scene.connection().abort();
                scene.run();
            }
        });
        assertThat(of(events, "Message", e -> e.getInt("status") + " " + e.getString("outcome")))
                .containsExactly("0 timed out", "0 connection lost");
    }

    @Test
    @DisplayName("no user, body or secret is in the recording")
    void nothingConfidential() throws IOException {
        Confidential life = new Confidential();
        List<RecordedEvent> events = record(life::live);
        List<String> forbidden = new ArrayList<>(life.secrets());
        forbidden.addAll(List.of(Confidential.BODY, "alice", "bob"));
        assertThat(events)
                .hasSizeGreaterThan(30)
                .allSatisfy(e -> assertThat(e.toString()).doesNotContain(forbidden));
        String raw = Files.readString(folder.resolve("recording.jfr"), StandardCharsets.ISO_8859_1);
        assertThat(raw).contains("io.websip.Transaction").doesNotContain(forbidden);
    }

    @Test
    @DisplayName("what is off is not recorded")
    void off() throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            NAMES.forEach(name -> recording.disable("io.websip." + name));
            recording.enable("io.websip.Registration");
            recording.start();
            life();
            recording.stop();
            recording.dump(file);
        }
        assertThat(RecordingFile.readAllEvents(file))
                .hasSize(2)
                .allSatisfy(e -> assertThat(e.getEventType().getName()).isEqualTo("io.websip.Registration"));
    }

    /** Run by {@link #withoutFlightRecorder} in a JVM of its own. */
    static final class WithoutFlightRecorder {
        public static void main(String... arguments) {
            life();
            System.out.println(ModuleLayer.boot().findModule("jdk.jfr").isPresent() ? "recorder" : "no recorder");
        }
    }

    @Test
    @DisplayName("a runtime image without jdk.jfr: everything works, and nothing is recorded")
    void withoutFlightRecorder() throws Exception {
        List<String> path = new ArrayList<>();
        for (Class<?> type : List.of(UserAgent.class, Scene.class, Answer.class)) {
            path.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        String tests = System.getProperty("basedir", ".") + "/target/test-classes";
        path.add(tests);
        Path output = folder.resolve("out");
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--limit-modules",
                        "java.base,java.logging",
                        "-cp",
                        String.join(java.io.File.pathSeparator, path),
                        WithoutFlightRecorder.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        assertThat(Files.readAllLines(output)).endsWith("no recorder");
    }
}
