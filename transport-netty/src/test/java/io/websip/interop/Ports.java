package io.websip.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Ports of the loopback interface. */
final class Ports {
    /** Below those that the system gives to clients, of which one might take a port before the server does. */
    private static final int FIRST = 20_000;

    private static final int END = 32_000;
    private static final Path UDP_SOCKETS = Path.of("/proc/net/udp");
    private static final int ANSWER_MILLIS = 1_000;
    private static final Random RANDOM = new Random();
    private static final Set<Integer> GIVEN = new HashSet<>();

    private Ports() {}

    /** One that nobody listens on, by TCP or UDP, and that was not given before. */
    static synchronized int free() {
        while (true) {
            int port = RANDOM.nextInt(FIRST, END);
            if (!listens(port) && !isTakenForUdp(port) && canBeBound(port) && GIVEN.add(port)) {
                return port;
            }
        }
    }

    private static boolean canBeBound(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether somebody listens there by TCP. */
    static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether somebody there is at work already, and not only listens: one who is asked for nothing that he has. */
    static boolean answersHttp(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'H';
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the system does not show it, by trying to take it, which may be in the way of one who is about to. */
    static boolean isTakenForUdp(int port) {
        if (Files.isReadable(UDP_SOCKETS)) {
            String local = String.format(":%04X ", port);
            try (Stream<String> sockets = Files.lines(UDP_SOCKETS)) {
                return sockets.anyMatch(socket -> socket.contains(local));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }
}
