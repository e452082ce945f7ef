package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An agent on this transport in a JVM of 64 MiB, and a peer that sends it what should not fit: it lives, and answers a good
 * message 200. The peer is in the test's own JVM. {@code -Dwebsip.hostile=N} sets how many MiB of messages there are.
 */
@Timeout(300)
public abstract class BoundsContract extends SettingsContract {
    private static final long MEBIBYTES = Long.getLong("websip.hostile", 128);
    static final int MAX_MESSAGE_BYTES = 6 << 20;
    private static final int A_MILLION_VIAS = 5 * 1_000_000 + 2_000;
    private static final int MIB = 1 << 20;
    private static final int FLOOD = 100_000;
    private static final int LARGE = 60_000;
    private static final int LARGE_FLOOD = 2_000;

    private int good;

    private SmallHeap program(RawWebSocketServer server) {
        return program(server, 0);
    }

    /** @param micros how long the program takes for each message */
    private SmallHeap program(RawWebSocketServer server, int micros) {
        return program(server, micros, SmallAgent.Manner.USUAL);
    }

    private SmallHeap program(RawWebSocketServer server, int micros, SmallAgent.Manner manner) {
        return closeLater(SmallHeap.run(
                SmallAgent.class,
                List.of(getClass().getName(), server.address().toString(), Integer.toString(micros), manner.name()),
                getClass()));
    }

    /** Says a good message, and passes over all that is heard until it is answered. */
    private void check(RawWebSocket peer, SmallHeap program) {
        String id = "good-" + ++good;
        peer.send(Frame.text(
                "MESSAGE sip:alice@example.com SIP/2.0\r\nVia: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK"
                        + id + "\r\nFrom: <sip:bob@example.com>;tag=good\r\nTo: <sip:alice@example.com>\r\nCall-ID: "
                        + id
                        + "\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n"));
        RawDeflate deflate = new RawDeflate(false, false); // nothing is heard before the last check, so it is as new
        String heard;
        do {
            heard = new String(read(peer, deflate, program), StandardCharsets.UTF_8);
        } while (!heard.contains("\r\nCall-ID: " + id + "\r\n"));
        assertThat(heard).startsWith("SIP/2.0 200 ");
    }

    private static byte[] read(RawWebSocket peer, RawDeflate deflate, SmallHeap program) {
        try {
            Frame frame = peer.readExtended();
            return frame.reserved() == Bomb.COMPRESSED ? deflate.inflate(frame) : frame.payload();
        } catch (UncheckedIOException e) {
            throw new AssertionError("the connection was lost; " + program.output(), e);
        }
    }

    @Test
    @DisplayName("G9 hostile messages, up to a million Vias in one, on one connection")
    void messages() {
        RawWebSocketServer server = rawServer();
        SmallHeap program = program(server);
        RawWebSocket peer = server.accept();
        peer.open();
        Excess.feed(
                MEBIBYTES * MIB,
                A_MILLION_VIAS,
                message -> peer.send(Frame.binary(message)),
                () -> check(peer, program));
        program.awaitSuccess(20);
    }

    @Test
    @DisplayName(
            "G7, G10 a flood for a slow program: what it has no room for is answered 503 with Retry-After, and all that is"
                    + " answered 200 was delivered, once")
    void flood() {
        RawWebSocketServer server = rawServer();
        SmallHeap program = program(server, 1_000);
        RawWebSocket peer = server.accept();
        peer.open();
        Flood flood = Flood.of(FLOOD, peer);
        program.awaitSuccess(20);
        List<String> delivered = program.output()
                .lines()
                .filter(line -> line.startsWith(SmallAgent.DELIVERED))
                .map(line -> line.substring(SmallAgent.DELIVERED.length()))
                .toList();
        assertThat(flood.taken()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(SmallAgent.ROOM);
        assertThat(delivered).containsExactlyElementsOf(flood.taken());
        assertThat(flood.refused()).doesNotHaveDuplicates().hasSize(FLOOD - delivered.size());
        assertThat(program.output().lines().filter(line -> line.contains("had no room for")))
                .hasSizeBetween(1, 5);
    }

    @Test
    @DisplayName("G9, G10 large messages for a slow program with the default limits: the surplus is answered 503")
    void largeForSlow() {
        RawWebSocketServer server = rawServer();
        SmallHeap program = program(server, 5_000, SmallAgent.Manner.DEFAULTS);
        RawWebSocket peer = server.accept();
        peer.open();
        Flood flood = Flood.of(LARGE_FLOOD, "x".repeat(LARGE), peer);
        check(peer, program);
        program.awaitSuccess(20);
        assertThat(flood.taken()).doesNotHaveDuplicates().hasSizeGreaterThan((8 << 20) / (2 * LARGE));
        assertThat(flood.refused())
                .doesNotHaveDuplicates()
                .hasSize(LARGE_FLOOD - flood.taken().size());
        assertThat(flood.refused()).isNotEmpty();
    }

    @Test
    @DisplayName(
            "G9, G10 large messages for a program that defers, with the default limits: the surplus is answered 503")
    void largeForDeferring() {
        RawWebSocketServer server = rawServer();
        SmallHeap program = program(server, 0, SmallAgent.Manner.DEFERRING);
        RawWebSocket peer = server.accept();
        peer.open();
        Flood flood = Flood.unanswered(LARGE_FLOOD, 100, "x".repeat(LARGE), peer);
        check(peer, program);
        program.awaitSuccess(20);
        assertThat(flood.taken()).doesNotHaveDuplicates();
        assertThat(flood.taken().size() + flood.refused().size()).isEqualTo(LARGE_FLOOD - 100);
    }

    /** What does not come as a message. */
    enum Bomb {
        ENDLESS_FRAGMENTS(true) {
            @Override
            void drop(RawWebSocket peer) {
                peer.send(Frame.binary(new byte[0]).notLast());
                Frame[] more = new Frame[16];
                Arrays.fill(
                        more, Frame.of(Frame.CONTINUATION, new byte[64 * 1024]).notLast());
                for (int i = 0; i < 256; i++) {
                    peer.send(more);
                }
            }
        },
        EMPTY_FRAGMENTS(false) {
            @Override
            void drop(RawWebSocket peer) {
                Frame[] more = new Frame[100_000];
                Arrays.fill(more, Frame.of(Frame.CONTINUATION, new byte[0]).notLast());
                peer.send(Frame.binary(new byte[0]).notLast());
                for (int i = 0; i < 20; i++) {
                    peer.send(more);
                }
                peer.send(Frame.of(Frame.CONTINUATION, new byte[0]));
            }
        },
        FRAGMENTS_OF_ONE_BYTE(false) {
            @Override
            void drop(RawWebSocket peer) {
                Frame[] more = new Frame[100_000];
                Arrays.fill(more, Frame.of(Frame.CONTINUATION, new byte[1]).notLast());
                peer.send(Frame.binary(new byte[0]).notLast());
                for (int i = 0; i < 10; i++) {
                    peer.send(more);
                }
                peer.send(Frame.of(Frame.CONTINUATION, new byte[0]));
            }
        },
        A_FRAME_OF_EXABYTES(true) {
            @Override
            void drop(RawWebSocket peer) {
                peer.write(new byte[] {(byte) 0x82, 127, 0x7f, -1, -1, -1, -1, -1, -1, -1});
                peer.write(new byte[MIB]);
            }
        },
        ZEROS(true) {
            @Override
            void drop(RawWebSocket peer) {
                peer.send(new Frame(true, COMPRESSED, Frame.BINARY, zeros(768)));
            }
        },
        ZEROS_IN_FRAGMENTS(true) {
            @Override
            void drop(RawWebSocket peer) {
                byte[] zeros = zeros(16);
                peer.send(new Frame(false, COMPRESSED, Frame.BINARY, zeros));
                for (int i = 0; i < 48; i++) {
                    peer.send(Frame.of(Frame.CONTINUATION, zeros).notLast());
                }
            }
        },
        ZEROS_JUST_WITHIN_THE_CAP(false) {
            @Override
            void drop(RawWebSocket peer) {
                byte[] zeros = zeros(5);
                for (int i = 0; i < 100; i++) {
                    peer.send(new Frame(true, COMPRESSED, Frame.BINARY, zeros));
                }
            }
        };

        static final int COMPRESSED = 4;

        /** Whether the connection has to be closed for it. */
        final boolean closes;

        Bomb(boolean closes) {
            this.closes = closes;
        }

        abstract void drop(RawWebSocket peer);

        /** Compressed. */
        static byte[] zeros(int mebibytes) {
            Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
            byte[] some = new byte[MIB];
            byte[] chunk = new byte[MIB];
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            deflater.setInput(some);
            int length = deflater.deflate(chunk, 0, chunk.length, Deflater.FULL_FLUSH);
            for (int i = 0; i < mebibytes; i++) {
                out.write(chunk, 0, length);
            }
            deflater.end();
            return Arrays.copyOf(out.toByteArray(), out.size() - 4); // without the end that is left out
        }
    }

    @Test
    @DisplayName("G9 what does not come as a message")
    void bombs() {
        RawWebSocketServer server = rawServer();
        SmallHeap program = program(server);
        for (Bomb bomb : Bomb.values()) {
            RawWebSocket peer = server.accept();
            peer.write(peer.readRequest()
                    .goodAnswer()
                    .replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"));
            if (bomb.closes) {
                assertThat(isCutBy(bomb, peer) || peer.readCloseOrEnd())
                        .as("the end of %s; %s", bomb, program.output())
                        .isTrue();
            } else {
                bomb.drop(peer);
                check(peer, program);
            }
            peer.close();
        }
        RawWebSocket last = server.accept();
        last.open();
        check(last, program);
        program.awaitSuccess(20);
    }

    /** Before all of it was sent. */
    private static boolean isCutBy(Bomb bomb, RawWebSocket peer) {
        try {
            bomb.drop(peer);
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }
}
