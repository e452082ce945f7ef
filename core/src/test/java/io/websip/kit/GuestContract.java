package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Transport;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a transport is to the JVM in which it is a guest: its threads, a program that forgets it, and its class loader. */
@Timeout(120)
public abstract class GuestContract extends OctetContract {
    private static final int TRANSPORTS = 10;
    private static final int LOADERS = 3;

    /** The most threads of one transport with an open connection. */
    protected abstract int mostThreads();

    @Test
    void threadsAreDaemonsWithNamesOfOursAndFewAndGoneAfterClose() throws Exception {
        Set<Thread> before = threads();
        List<Transport> transports = new ArrayList<>();
        RawWebSocketServer server = rawServer();
        for (int i = 0; i < TRANSPORTS; i++) {
            Transport transport = transport(KitOptions.DEFAULTS);
            transports.add(transport);
            EventLoop loop = transport.newEventLoop();
            RecordingListener listener = listener(loop);
            transport.connect(server.address("localhost", "/"), loop, listener);
            server.accept().open();
            listener.awaitOpen();
        }
        assertThat(startedSince(before))
                .hasSizeLessThanOrEqualTo(TRANSPORTS * mostThreads())
                .allMatch(Thread::isDaemon, "is a daemon")
                .allMatch(thread -> thread.getName().startsWith("websip-"), "has a name that begins with websip-");
        transports.forEach(Transport::close);
        Await.until("the end of all threads", () -> startedSince(before).isEmpty());
    }

    @Test
    void noThreadIsLeftOfAStartThatFailed() {
        Set<Thread> before = threads();
        Transport transport = transport(KitOptions.DEFAULTS);
        RecordingListener listener = connect(transport, RawWebSocketServer.nobody());
        listener.awaitClosed(Closure.Failed.class);
        assertThat(startedSince(before)).allMatch(Thread::isDaemon);
        transport.close();
        Await.until("the end of all threads", () -> startedSince(before).isEmpty());
    }

    @Test
    void aProgramThatForgetsToCloseEnds() throws Exception {
        RawWebSocketServer server = rawServer();
        Process program = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        String.join(File.pathSeparator, SmallHeap.path(GuestProgram.class, getClass())),
                        GuestProgram.class.getName(),
                        getClass().getName(),
                        server.address().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            RawWebSocket peer = server.accept();
            peer.open();
            assertThat(RawSip.exchange(peer, "alice")).isEqualTo("Hello Bob!");
            assertThat(program.waitFor(Await.CEILING.toSeconds(), TimeUnit.SECONDS))
                    .as("the end of the program")
                    .isTrue();
            assertThat(program.exitValue()).isZero();
        } finally {
            program.destroyForcibly();
        }
    }

    /**
     * The JDK may hold the last of the loaders: in 17, caches of MethodHandle and ObjectMethods keep the class that used them
     * last, until another takes its place.
     */
    @Test
    void aClassLoaderIsCollectedAfterClose() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            loaders.add(usedLoader());
        }
        loaders.remove(LOADERS - 1);
        Await.until("the end of all class loaders but the last", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
    }

    /** Loads all but the JDK by a loader of its own, has one message each way, and closes all. */
    protected final WeakReference<ClassLoader> usedLoader() throws Exception {
        try (RawWebSocketServer server = RawWebSocketServer.plain();
                URLClassLoader loader = new OwnFirst(urls())) {
            Runnable program = (Runnable) loader.loadClass(GuestProgram.class.getName())
                    .getDeclaredConstructor(String.class, String.class)
                    .newInstance(getClass().getName(), server.address().toString());
            Thread thread = new Thread(program, "redeployed");
            thread.setContextClassLoader(loader);
            thread.start();
            RawWebSocket peer = server.accept();
            peer.open();
            RawSip.exchange(peer, "alice");
            peer.readClose();
            peer.close();
            thread.join(Await.CEILING.toMillis());
            assertThat(thread.isAlive()).isFalse();
            return new WeakReference<>(loader);
        }
    }

    /** Looks at its own classes first: on the module path the platform's loader knows the modules of the tests, too. */
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(URL[] urls) {
            super(urls, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                try {
                    return findClass(name);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
        }
    }

    private URL[] urls() throws Exception {
        Set<URL> urls = new HashSet<>();
        for (String each : SmallHeap.path(GuestProgram.class, getClass())) {
            for (String entry : each.split(File.pathSeparator)) {
                if (!entry.isEmpty()) {
                    urls.add(Path.of(entry).toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Those of the JDK itself are in the group named system. */
    private static List<Thread> startedSince(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getThreadGroup() != null
                        && !thread.getThreadGroup().getName().equals("system"))
                .toList();
    }
}
