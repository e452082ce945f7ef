package io.websip.kit;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.ReconnectPolicy;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipLimits;
import io.websip.transport.Transport;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The program in the small JVM of {@link BoundsContract}: an agent on the transport of the test whose class is named, which
 * connects to the named URL, and prints what it gets.
 */
final class SmallAgent {
    static final String DELIVERED = "delivered ";

    /** How many messages may wait. */
    static final int ROOM = 1_000;

    /** What the program does with messages, and with which limits. */
    enum Manner {
        /** Returns soon, and takes longer messages than are usual. */
        USUAL,
        /** Returns late, with all limits as they are by default. */
        DEFAULTS,
        /** Answers later, with all limits as they are by default. */
        DEFERRING
    }

    private static final Queue<IncomingMessage> DEFERRED = new ArrayDeque<>(); // confined to the callback lane

    private SmallAgent() {}

    public static void main(String... arguments) throws Exception {
        Constructor<?> test = Class.forName(arguments[0]).getDeclaredConstructor();
        test.setAccessible(true);
        KitOptions options = KitOptions.DEFAULTS
                .withMaxMessageBytes(BoundsContract.MAX_MESSAGE_BYTES)
                .withCloseTimeout(KitOptions.SHORT);
        UserAgentConfigBuilder builder = UserAgentConfig.builder()
                .uri("sip:alice@example.com")
                .server(arguments[1])
                .register(false)
                .reconnect(ReconnectPolicy.between(Duration.ofMillis(1), Duration.ofMillis(20)));
        Manner manner = Manner.valueOf(arguments[3]);
        if (manner == Manner.USUAL) {
            builder.maxIncomingQueue(ROOM).limits(new SipLimits(BoundsContract.MAX_MESSAGE_BYTES / 2, 256, 8_192));
        }
        UserAgentConfig config = builder.build();
        long nanos = TimeUnit.MICROSECONDS.toNanos(Integer.parseInt(arguments[2]));
        try (Transport transport = ((BoundsContract) test.newInstance())
                        .newBuilder(options)
                        .compression()
                        .build();
                UserAgent alice = UserAgent.create(config, transport)) {
            alice.addListener(UserAgentListener.incoming(message -> {
                if (manner == Manner.DEFERRING) {
                    defer(message);
                } else {
                    listen(message, nanos);
                }
            }));
            alice.start();
            SmallHeap.awaitEnd();
        }
    }

    /** Accepts each message once a hundred others have come, and the last ones never. */
    private static void defer(IncomingMessage message) {
        message.defer();
        DEFERRED.add(message);
        if (DEFERRED.size() > 100 || message.request().callId().startsWith("good")) {
            IncomingMessage next = message.request().callId().startsWith("good") ? message : DEFERRED.remove();
            next.accept();
            System.out.println(DELIVERED + next.request().callId());
        }
    }

    /** Takes its time. */
    private static void listen(IncomingMessage message, long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
            System.out.println(DELIVERED + message.request().callId());
        }
    }
}
