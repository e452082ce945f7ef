package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.ReconnectPolicy;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("G8: the log says what happens, and no secret")
class LoggingTest {
    /** What an appender would write of it, the stack trace too. */
    private static String line(LogRecord entry) {
        StringWriter out = new StringWriter();
        out.write(entry.getLoggerName().replace("io.websip.", "") + " " + entry.getLevel() + ": "
                + new SimpleFormatter().formatMessage(entry));
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(out));
        }
        return out.toString();
    }

    private static List<String> lines(LogTrap log, Level atLeast) {
        return log.records().stream()
                .filter(entry -> entry.getLevel().intValue() >= atLeast.intValue())
                .map(LoggingTest::line)
                .toList();
    }

    @Test
    @DisplayName("at all levels, in good times and in bad: no password, HA1, digest, nonce or cookie")
    void noSecrets() {
        Confidential life = new Confidential();
        try (LogTrap log = LogTrap.all("io.websip")) {
            life.live();
            assertThat(life.secrets()).hasSizeGreaterThan(20);
            assertThat(lines(log, Level.ALL))
                    .hasSizeGreaterThan(100)
                    .noneMatch(line -> life.secrets().stream().anyMatch(line::contains));
            assertThat(log.records().stream().map(LogRecord::getLoggerName).distinct())
                    .contains(
                            "io.websip.agent",
                            "io.websip.auth",
                            "io.websip.connection",
                            "io.websip.registration",
                            "io.websip.transaction",
                            "io.websip.transport");
        }
        assertThat(life.wire())
                .hasSizeGreaterThan(30)
                .allSatisfy(message -> assertThat(message.text()).doesNotContain(life.secrets()));
    }

    @Test
    @DisplayName("bodies at TRACE only")
    void bodies() {
        try (LogTrap log = LogTrap.all("io.websip")) {
            new Confidential().live();
            assertThat(lines(log, Level.FINE)).hasSizeGreaterThan(50).noneMatch(l -> l.contains(Confidential.BODY));
            assertThat(lines(log, Level.FINER)).anyMatch(l -> l.contains(Confidential.BODY));
        }
    }

    @Test
    @DisplayName("INFO: connected, registered, lost; WARNING: a failed attempt; each with the agent")
    void info() {
        try (LogTrap log = LogTrap.all("io.websip");
                Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            alice.sendMessage("bob", "Hello").join();
            scene.server.endpoint().onNextConnection(Fault.refuse(503));
            scene.connection().abort();
            scene.seconds(60);
            alice.stop().join();
            assertThat(lines(log, Level.INFO))
                    .allMatch(l -> l.contains("sip:alice@example.com"))
                    .extracting(l -> l.replaceAll("(is|has|could) .*", "$1"))
                    .containsExactly(
                            "connection INFO: sip:alice@example.com is",
                            "registration INFO: sip:alice@example.com is",
                            "connection INFO: sip:alice@example.com has",
                            "registration INFO: sip:alice@example.com is",
                            "connection WARNING: sip:alice@example.com has",
                            "connection INFO: sip:alice@example.com is",
                            "registration INFO: sip:alice@example.com is",
                            "connection INFO: sip:alice@example.com has");
        }
    }

    @Test
    @DisplayName("WARNING: a registration that needs a person")
    void warning() {
        try (LogTrap log = LogTrap.all("io.websip");
                Scene scene = new Scene()) {
            scene.server.enqueue(SipMethod.REGISTER, Answer.status(403));
            scene.agent("alice", options -> {}).start();
            scene.run();
            assertThat(lines(log, Level.WARNING))
                    .singleElement()
                    .asString()
                    .matches("registration WARNING: sip:alice@example.com could not register: answered with 403;"
                            + " tried again in \\d+ min( \\d+ s)?");
        }
    }

    @Test
    @DisplayName("DEBUG: a message can be followed by its Call-ID")
    void debug() {
        try (LogTrap log = LogTrap.all("io.websip");
                Scene scene = new Scene(server -> server.user("alice", "secret").challengeMessagesWith(407))) {
            UserAgent alice = scene.sender(options -> options.password("secret"));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.byServer());
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(486));
            alice.sendMessage("bob", "Hello")
                    .handle((response, failure) -> null)
                    .join();
            String callId = scene.messages().get(0).callId();
            assertThat(lines(log, Level.FINE).stream().filter(l -> l.contains(callId)))
                    .hasSize(3)
                    .anyMatch(l -> l.contains("the challenge 407 of MESSAGE") && l.endsWith("is answered"));
            assertThat(lines(log, Level.FINE))
                    .anyMatch(l -> l.matches("transaction FINE: .*\\.invalid: MESSAGE z9hG4bK\\w+ answered with 486"))
                    .contains("agent FINE: a message to example.com failed: Busy");
        }
    }

    @Test
    @DisplayName("WARNING: a program that is too slow, once a minute however many messages are refused")
    void tooSlow() {
        Deque<Runnable> callbacks = new ArrayDeque<>();
        try (LogTrap log = LogTrap.all("io.websip.agent");
                Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent(
                    "alice", options -> options.callbackExecutor(callbacks::add).maxIncomingQueue(1));
            alice.addListener(UserAgentListener.incoming(message -> {}));
            goOn(alice.start());
            scene.run();
            for (int i = 0; i < 5; i++) {
                goOn(scene.server.message("alice", "at once " + i));
            }
            scene.seconds(61);
            for (int i = 0; i < 3; i++) {
                goOn(scene.server.message("alice", "later " + i));
            }
            scene.run();
            assertThat(lines(log, Level.WARNING))
                    .containsExactly(
                            "agent WARNING: sip:alice@example.com had no room for 1 messages:"
                                    + " its listeners are too slow (maxIncomingQueue, maxIncomingBytes)",
                            "agent WARNING: sip:alice@example.com had no room for 4 messages:"
                                    + " its listeners are too slow (maxIncomingQueue, maxIncomingBytes)");
            goOn(alice.stop());
            for (scene.seconds(10); !callbacks.isEmpty(); scene.run()) {
                callbacks.remove().run();
            }
        }
    }

    @Test
    @DisplayName("WARNING: no further attempt follows, but not where the program stops the agent")
    void givenUp() {
        try (LogTrap log = LogTrap.all("io.websip");
                Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice", options -> options.reconnect(ReconnectPolicy.never()));
            scene.connection().abort();
            scene.seconds(60);
            UserAgent bob = scene.started("bob");
            bob.stop().join();
            assertThat(lines(log, Level.WARNING))
                    .containsExactly("connection WARNING: sip:alice@example.com has given up:"
                            + " its reconnect policy allows no further attempt");
            assertThat(alice.isConnected()).isFalse();
        }
    }
}
