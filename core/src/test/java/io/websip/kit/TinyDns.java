package io.websip.kit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server on a loopback UDP socket, of just what a test needs (RFC 1035 section 4). Answers are made of bytes. */
public final class TinyDns implements AutoCloseable {
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int AAAA = 28;
    private static final int SRV = 33;
    private static final int NAPTR = 35;

    private static final int RESPONSE = 0x8180;
    private static final int NAME_ERROR = 3;
    private static final int POINTER_TO_QUESTION = 0xc00c;
    private static final int TTL = 300;

    private record Answer(int type, byte[] data) {}

    private final DatagramSocket socket;
    private final Thread thread;
    private final Map<String, List<Answer>> answers = new HashMap<>();
    private final Map<String, Integer> codes = new HashMap<>();
    private final Map<String, byte[]> raw = new HashMap<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();

    /** A server without a record, whose socket is open. */
    public TinyDns() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "tiny-dns");
        thread.setDaemon(true);
    }

    /** Answers from now on; no record is added any more. */
    public TinyDns start() {
        thread.start();
        return this;
    }

    /** As JNDI wants it. */
    public String url() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    /** The queries so far: the number of their type, and the name. */
    public List<String> queries() {
        return queries;
    }

    /** Adds a record. */
    public TinyDns srv(String name, int priority, int weight, int port, String target) {
        return add(name, SRV, data -> {
            data.writeShort(priority);
            data.writeShort(weight);
            data.writeShort(port);
            writeName(data, target);
        });
    }

    /** Adds a record. */
    public TinyDns naptr(
            String name, int order, int preference, String flags, String service, String regexp, String next) {
        return add(name, NAPTR, data -> {
            data.writeShort(order);
            data.writeShort(preference);
            for (String string : List.of(flags, service, regexp)) {
                data.writeByte(string.length());
                data.writeBytes(string);
            }
            writeName(data, next);
        });
    }

    /** Adds an A or AAAA record. */
    public TinyDns address(String name, String ip) throws IOException {
        byte[] bytes = InetAddress.getByName(ip).getAddress();
        return add(name, bytes.length == 4 ? A : AAAA, data -> data.write(bytes));
    }

    /** The response code to each query for the name. */
    public TinyDns code(String name, int code) {
        codes.put(name, code);
        return this;
    }

    /** What is answered to each query for the name, after the 12 bytes of the header, whatever it may be. */
    public TinyDns garbage(String name, byte[] bytes) {
        raw.put(name, bytes);
        return this;
    }

    private interface Content {
        void writeTo(DataOutputStream data) throws IOException;
    }

    private TinyDns add(String name, int type, Content content) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            content.writeTo(new DataOutputStream(bytes));
            answers.computeIfAbsent(name, n -> new ArrayList<>()).add(new Answer(type, bytes.toByteArray()));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeName(DataOutputStream data, String name) throws IOException {
        for (String label : name.split("\\.")) {
            if (!label.isEmpty()) {
                data.writeByte(label.length());
                data.writeBytes(label);
            }
        }
        data.writeByte(0);
    }

    private void serve() {
        byte[] buffer = new byte[4_096];
        while (!socket.isClosed()) {
            DatagramPacket query = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(query);
                byte[] response = answer(ByteBuffer.wrap(query.getData(), 0, query.getLength()));
                socket.send(new DatagramPacket(response, response.length, query.getSocketAddress()));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private byte[] answer(ByteBuffer query) throws IOException {
        int id = query.getShort(0);
        query.position(12);
        StringBuilder name = new StringBuilder();
        for (int length = query.get(); length != 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append(name.length() == 0 ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        int type = query.getShort();
        query.getShort();
        byte[] question = new byte[query.position() - 12];
        query.get(12, question);
        queries.add(type + " " + name);
        return response(id, name.toString(), type, question);
    }

    private byte[] response(int id, String name, int type, byte[] question) throws IOException {
        List<Answer> known = answers.getOrDefault(name, List.of());
        List<Answer> matching = known.stream()
                .filter(a -> a.type() == type || a.type() == CNAME)
                .toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeShort(id);
        data.writeShort(
                RESPONSE | codes.getOrDefault(name, known.isEmpty() && !raw.containsKey(name) ? NAME_ERROR : 0));
        data.writeShort(1);
        data.writeShort(raw.containsKey(name) ? 1 : matching.size());
        data.writeInt(0);
        if (raw.containsKey(name)) {
            data.write(question);
            data.write(raw.get(name));
            return bytes.toByteArray();
        }
        data.write(question);
        for (Answer answer : matching) {
            data.writeShort(POINTER_TO_QUESTION);
            data.writeShort(answer.type());
            data.writeShort(1);
            data.writeInt(TTL);
            data.writeShort(answer.data().length);
            data.write(answer.data());
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
