package io.websip.example;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The other end of {@link IdleConnectionsTest}, in a JVM of its own so that files and heap there are the client's: welcomes whoever
 * comes, and says no more. Prints its port, and ends when its input does.
 */
final class IdlePeer {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?i)\r\nSec-WebSocket-Key: *(\\S+)");
    private static final int BACKLOG = 1_000;

    private IdlePeer() {}

    public static void main(String[] args) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), BACKLOG);
        Thread welcoming = new Thread(() -> welcome(listening));
        welcoming.setDaemon(true);
        welcoming.start();
        System.out.println(listening.socket().getLocalPort());
        while (System.in.read() != -1) {
            // Nothing is to be said to it.
        }
    }

    private static void welcome(ServerSocketChannel listening) {
        List<SocketChannel> open = new ArrayList<>();
        ByteBuffer head = ByteBuffer.allocateDirect(4096);
        try {
            while (true) {
                SocketChannel client = listening.accept();
                open.add(client);
                client.write(ByteBuffer.wrap(answer(read(client, head)).getBytes(StandardCharsets.ISO_8859_1)));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("after " + open.size() + " connections", e);
        }
    }

    private static String read(SocketChannel client, ByteBuffer buffer) throws IOException {
        String head = "";
        buffer.clear();
        while (!head.endsWith("\r\n\r\n") && client.read(buffer) >= 0) {
            head = StandardCharsets.ISO_8859_1.decode(buffer.duplicate().flip()).toString();
        }
        return head;
    }

    private static String answer(String head) throws GeneralSecurityException {
        Matcher key = KEY.matcher(head);
        if (!key.find()) {
            throw new IllegalStateException("no upgrade request: " + head);
        }
        byte[] digest =
                MessageDigest.getInstance("SHA-1").digest((key.group(1) + GUID).getBytes(StandardCharsets.US_ASCII));
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + Base64.getEncoder().encodeToString(digest)
                + "\r\nSec-WebSocket-Protocol: sip\r\n\r\n";
    }
}
