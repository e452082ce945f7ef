package io.websip.kit;

import io.websip.IncomingMessage;
import io.websip.ReconnectPolicy;
import io.websip.UserAgent;
import io.websip.UserAgentConfig;
import io.websip.UserAgentListener;
import io.websip.sip.SipLimits;
import io.websip.transport.Transport;
import java.lang.reflect.Constructor;
import java.time.Duration;
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

    private SmallAgent() {}

    public static void main(String... arguments) throws Exception {
        Constructor<?> test = Class.forName(arguments[0]).getDeclaredConstructor();
        test.setAccessible(true);
        KitOptions options = KitOptions.DEFAULTS
                .withMaxMessageBytes(BoundsContract.MAX_MESSAGE_BYTES)
                .withCloseTimeout(KitOptions.SHORT);
        UserAgentConfig config = UserAgentConfig.builder()
                .uri("sip:alice@example.com")
                .server(arguments[1])
                .register(false)
                .maxIncomingQueue(ROOM)
                .limits(new SipLimits(BoundsContract.MAX_MESSAGE_BYTES / 2, 256, 8_192))
                .reconnect(ReconnectPolicy.between(Duration.ofMillis(1), Duration.ofMillis(20)))
                .build();
        long nanos = TimeUnit.MICROSECONDS.toNanos(Integer.parseInt(arguments[2]));
        try (Transport transport = ((BoundsContract) test.newInstance())
                        .newBuilder(options)
                        .compression()
                        .build();
                UserAgent alice = UserAgent.create(config, transport)) {
            alice.addListener(UserAgentListener.incoming(message -> listen(message, nanos)));
            alice.start();
            SmallHeap.awaitEnd();
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
