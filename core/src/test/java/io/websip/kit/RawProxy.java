package io.websip.kit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on a loopback port for one client, driven by the test's own thread, which says all that HTTP or SOCKS need. Only
 * what is relayed in the end goes by two threads of its own.
 */
final class RawProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Socket> sockets = new ArrayList<>();
    private @Nullable Socket client;
    private @Nullable DataInputStream in;

    RawProxy() {
        this("127.0.0.1", 0);
    }

    /** @param address of the loopback interface, as digits */
    RawProxy(String address, int port) {
        try {
            listening = new ServerSocket(port, 10, InetAddress.getByName(address));
            listening.setSoTimeout((int) Await.CEILING.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Takes the client's connection. */
    void accept() {
        try {
            Socket accepted = listening.accept();
            sockets.add(accepted);
            accepted.setSoTimeout((int) Await.CEILING.toMillis());
            client = accepted;
            in = new DataInputStream(accepted.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the head of a request of HTTP, byte by byte so that nothing after it is taken. */
    String readHead() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.writeBytes(read(1));
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads so many bytes. */
    byte[] read(int count) {
        byte[] bytes = new byte[count];
        try {
            input().readFully(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    void write(String text) {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(byte[] bytes) {
        try {
            socket().getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on all goes to and from this port. */
    void relayTo(int port) {
        try {
            Socket server = new Socket(InetAddress.getByName("127.0.0.1"), port);
            sockets.add(server);
            socket().setSoTimeout(0);
            pump(input(), server.getOutputStream());
            pump(server.getInputStream(), socket().getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pump(InputStream from, OutputStream to) {
        Thread thread = new Thread(
                () -> {
                    try (to) {
                        from.transferTo(to);
                    } catch (IOException e) {
                        // One end is closed; closing the other is all that is left to do.
                    }
                },
                "raw-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the client's connection. */
    void hangUp() {
        try {
            socket().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket socket() {
        if (client == null) {
            throw new IllegalStateException("no client was accepted");
        }
        return client;
    }

    private DataInputStream input() {
        if (in == null) {
            throw new IllegalStateException("no client was accepted");
        }
        return in;
    }

    @Override
    public void close() {
        try {
            for (Socket each : sockets) {
                each.close();
            }
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
