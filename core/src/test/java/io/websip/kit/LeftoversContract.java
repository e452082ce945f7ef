package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What connections leave behind that have come and gone: no open file, no direct memory, no thread. */
public abstract class LeftoversContract extends OctetContract {
    /** After these all is loaded, and every pool is as large as it gets. */
    private static final int ROUNDS_BEFORE = 50;

    /** Each thread of a transport has pools of its own; the kit's have two or fewer. */
    private static final int LOOPS = 2;

    private static final int ROUNDS = 1_000;

    /** Handshakes of TLS take their time. */
    private static final int SECURE_ROUNDS = 200;

    /** Sockets that are still being closed when one looks, and the JVM's own files. */
    private static final int FILES_OF_SLACK = 10;

    /** A pool of buffers grows by chunks. */
    private static final long BYTES_OF_SLACK = 1 << 20;

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    /** Direct memory in bytes that the transport's library holds and the JDK does not count. */
    protected long uncountedDirectMemory() {
        return 0;
    }

    /** One in ten is refused. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionsThatComeAndGoLeaveNothingBehind(boolean secure) {
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        Transport transport = transport(secure ? DEFAULTS.trustingKitCa() : DEFAULTS);
        RawWebSocketServer server =
                secure ? closeLater(RawWebSocketServer.secure(KitCertificates.localhost())) : rawServer();
        for (int loop = 0; loop < LOOPS; loop++) {
            comeAndGo(ROUNDS_BEFORE, transport, server);
        }
        long files = openFiles();
        long memory = directMemory();
        comeAndGo(secure ? SECURE_ROUNDS : ROUNDS, transport, server);
        Await.until("no more open files than before", () -> openFiles() <= files + FILES_OF_SLACK);
        Await.until("no more direct memory than before", () -> directMemory() <= memory + BYTES_OF_SLACK);
        transport.close();
        Await.until("the end of all threads", () -> startedSince(threads).isEmpty());
    }

    private void comeAndGo(int rounds, Transport transport, RawWebSocketServer server) {
        EventLoop loop = transport.newEventLoop();
        for (int round = 0; round < rounds; round++) {
            RecordingListener listener = listener(loop);
            Connection connection = transport.connect(server.address(), loop, listener);
            RawWebSocket peer = server.accept();
            if (round % 10 == 9) {
                peer.readRequest();
                peer.write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
                listener.awaitClosed(Closure.Refused.class);
                peer.close();
                continue;
            }
            peer.open();
            listener.awaitOpen();
            connection.close(1000, "");
            peer.read(Frame.CLOSE);
            peer.send(Frame.close(1000, ""));
            peer.close();
            listener.awaitClosed(Closure.Closed.class);
        }
    }

    /** Where the system does not say, none. */
    private static long openFiles() {
        if (!Files.isDirectory(OPEN_FILES)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long directMemory() {
        return uncountedDirectMemory()
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    private static Set<Thread> startedSince(Set<Thread> before) {
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(before);
        return now;
    }
}
