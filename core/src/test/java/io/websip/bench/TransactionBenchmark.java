package io.websip.bench;

import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.KeepAlive;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A MESSAGE from one agent to another and its 200 back, through both engines: one client and one server transaction, with all
 * that stands around them but a socket.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls connect first
public class TransactionBenchmark {
    private static final String BODY =
            "Hello, this is one message of a load run, and it is about a hundred bytes long.";

    /** By which algorithm each MESSAGE carries credentials, from a nonce that was given once; NONE for no credentials. */
    @Param({"NONE", "MD5", "SHA-256", "SHA-512-256"})
    public String digest;

    private LocalTransport transport;
    private UserAgent alice;
    private boolean challenged;

    /** For JMH. */
    public TransactionBenchmark() {}

    /** Both agents are there, and the nonce is known. */
    @Setup
    public void connect() {
        transport = new LocalTransport(this::relay);
        challenged = digest.equals("NONE");
        UserAgent bob = started(config("bob"), UserAgentListener.incoming(message -> {}));
        alice = started(config("alice"), null);
        if (!bob.isConnected() || roundTrip().status() != 200) {
            throw new IllegalStateException("the benchmark is broken");
        }
    }

    private static UserAgentConfigBuilder config(String user) {
        return UserAgentConfig.builder()
                .uri("sip:" + user + "@example.com")
                .password("secret")
                .server("ws://example.com")
                .keepAlive(KeepAlive.off())
                .register(false)
                .callbackExecutor(Runnable::run);
    }

    private UserAgent started(UserAgentConfigBuilder config, @Nullable UserAgentListener listener) {
        UserAgent agent = UserAgent.create(config.build(), transport);
        if (listener != null) {
            agent.addListener(listener);
        }
        agent.start();
        transport.run();
        return agent;
    }

    /** To the other of the two. */
    private void relay(LocalTransport.Line from, byte[] message) {
        if (!challenged && message[0] == 'M') {
            challenged = true;
            from.deliver(challenge(message));
            return;
        }
        for (LocalTransport.Line line : transport.lines()) {
            if (line != from) {
                line.deliver(message);
            }
        }
    }

    private byte[] challenge(byte[] message) {
        try {
            return SipResponse.to(SipMessage.parse(message).headers(), 407, null, "challenge")
                    .add(
                            "Proxy-Authenticate",
                            "Digest realm=\"example.com\", nonce=\"dGhpcyBpcyBub3QgYSByZWFsIG9uZQ\", qop=\"auth\", algorithm="
                                    + digest)
                    .build()
                    .toBytes();
        } catch (SipParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One message, one answer. */
    @Benchmark
    public SipResponse roundTrip() {
        CompletableFuture<SipResponse> answer = alice.sendMessage("bob", BODY);
        transport.run();
        return answer.join();
    }
}
