package io.websip.kit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The peer's end of permessage-deflate (RFC 7692 section 7.2), by the JDK's zlib. */
final class RawDeflate {
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int COMPRESSED = 0b100;

    private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);

    /** Whether what the peer sends, and what it hears, begins anew with each message. */
    private final boolean ownAnew;

    private final boolean clientsAnew;

    RawDeflate(boolean ownAnew, boolean clientsAnew) {
        this.ownAnew = ownAnew;
        this.clientsAnew = clientsAnew;
    }

    /** A message in one frame. */
    Frame deflate(Frame message) {
        return new Frame(true, COMPRESSED, message.opcode(), deflate(message.payload()));
    }

    /** The payload of a message, without the end that is left out. */
    byte[] deflate(byte[] message) {
        if (ownAnew) {
            deflater.reset();
        }
        deflater.setInput(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[64 * 1024];
        int length;
        do {
            length = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, length);
        } while (length == chunk.length);
        byte[] all = out.toByteArray();
        return Arrays.copyOf(all, all.length - TAIL.length);
    }

    /** What a compressed frame of the client's says. */
    byte[] inflate(Frame frame) {
        if (frame.reserved() != COMPRESSED) {
            throw new AssertionError("not compressed: " + frame);
        }
        if (clientsAnew) {
            inflater.reset();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[64 * 1024];
        try {
            for (byte[] piece : new byte[][] {frame.payload(), TAIL}) {
                inflater.setInput(piece);
                while (!inflater.needsInput()) {
                    out.write(chunk, 0, inflater.inflate(chunk));
                }
            }
            int rest = inflater.inflate(chunk);
            while (rest > 0) {
                out.write(chunk, 0, rest);
                rest = inflater.inflate(chunk);
            }
        } catch (DataFormatException e) {
            throw new AssertionError("the client's frame cannot be inflated: " + frame, e);
        }
        return out.toByteArray();
    }
}
