package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;

/**
 * The server's end of one connection, driven by the test's own thread: it says and hears exactly what the test asks for.
 * A read that takes too long, or a frame that a client may not send, fails the test.
 */
public final class RawWebSocket implements Peer {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Function<UpgradeRequest, String> answer;
    private byte[] lastMask = new byte[0];

    /** @param answer what {@link #welcome} writes */
    RawWebSocket(Socket socket, Function<UpgradeRequest, String> answer) throws IOException {
        this.socket = socket;
        this.answer = answer;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Await.CEILING.toMillis());
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        this.out = socket.getOutputStream();
    }

    /** Reads the client's opening handshake. */
    public UpgradeRequest readRequest() {
        return io(() -> {
            String[] lines = head().split("\r\n", -1);
            Map<String, String> headers = new HashMap<>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                if (colon > 0) {
                    headers.merge(
                            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                            lines[i].substring(colon + 1).strip(),
                            (a, b) -> a + ", " + b);
                }
            }
            return new UpgradeRequest(lines[0], headers);
        });
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads the opening handshake and answers it as a good server does. */
    public UpgradeRequest open() {
        UpgradeRequest request = readRequest();
        write(request.goodAnswer());
        return request;
    }

    @Override
    public void welcome() {
        write(answer.apply(readRequest()));
    }

    /** What was agreed upon in TLS. */
    public ExtendedSSLSession tlsSession() {
        return (ExtendedSSLSession) ((SSLSocket) socket).getSession();
    }

    /** Writes bytes that need not mean anything. */
    public void write(byte[] bytes) {
        io(() -> {
            out.write(bytes);
            out.flush();
            return bytes;
        });
    }

    /** Writes HTTP. */
    public void write(String text) {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends frames of whatever kind, in one piece. */
    @Override
    public void send(Frame... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            all.writeBytes(frame.encode());
        }
        write(all.toByteArray());
    }

    /** Reads one frame and checks what every client frame owes: it is masked, and no extension is used. */
    @Override
    public Frame read() {
        Frame frame = readExtended();
        assertThat(frame.reserved()).as("reserved bits of a client's frame").isZero();
        return frame;
    }

    /** Reads one frame that may use an extension. */
    public Frame readExtended() {
        return io(() -> {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            assertThat(second & 0x80).as("mask bit of a client's frame").isNotZero();
            long length = second & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] mask = in.readNBytes(4);
            lastMask = mask;
            byte[] payload = in.readNBytes(Math.toIntExact(length));
            assertThat((long) payload.length).as("bytes of payload").isEqualTo(length);
            Frame.unmask(payload, mask);
            return new Frame((first & 0x80) != 0, (first >> 4) & 7, first & 0x0f, payload);
        });
    }

    /** The masking key of the frame that was read last. */
    public byte[] lastMask() {
        return lastMask;
    }

    @Override
    public boolean endsWithoutAnotherByte() {
        return io(() -> {
            try {
                return in.read() == -1;
            } catch (SocketException e) {
                return true; // reset
            }
        });
    }

    /** Whether the client ends TCP by a FIN and without another byte: no reset, which may take away what was on its way. */
    public boolean endsInOrder() {
        return io(() -> {
            try {
                return in.read() == -1;
            } catch (SocketException e) {
                return false;
            }
        });
    }

    /** Whether the client's socket is closed, and not only its half of the connection: then what is sent is answered by a reset. */
    public boolean isCutOff() {
        try {
            out.write(0);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public boolean readCloseOrEnd() {
        try {
            return readClose().opcode() == Frame.CLOSE;
        } catch (UncheckedIOException e) {
            return !(e.getCause() instanceof SocketTimeoutException);
        }
    }

    /** {@inheritDoc} It never reads but when it is told to. */
    @Override
    public void stopReading() {}

    /** {@inheritDoc} It never answers but when it is told to. */
    @Override
    public void vanish() {}

    @Override
    public void finish() {
        io(() -> {
            socket.shutdownOutput();
            return socket;
        });
    }

    /** Ends TCP in an orderly way. */
    @Override
    public void close() {
        io(() -> {
            socket.close();
            return socket;
        });
    }

    /** Resets TCP. */
    @Override
    public void reset() {
        io(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
            return socket;
        });
    }

    private interface Io<T> {
        T run() throws IOException;
    }

    private static <T> T io(Io<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
