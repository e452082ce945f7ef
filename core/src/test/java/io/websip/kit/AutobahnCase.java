package io.websip.kit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One case after the Autobahn test suite: what a server sends to a client that echoes, and what must come of it.
 *
 * @param id its section there, such as {@code 6.4.1}
 * @param what it is about
 * @param pieces what is written, one write each
 * @param echoes the messages that the client is told, and sends back
 * @param pongs the payloads of the pongs that it owes
 * @param codes the close codes of which it must send one; empty where it must stay open, so that an orderly close by the
 *     server follows
 */
record AutobahnCase(
        String id, String what, List<byte[]> pieces, List<Frame> echoes, List<Frame> pongs, List<Integer> codes) {

    /** A case in which nothing is sent yet, and nothing comes of it. */
    static AutobahnCase of(String id, String what) {
        return new AutobahnCase(id, what, List.of(), List.of(), List.of(), List.of());
    }

    /** These frames are sent in one piece. */
    AutobahnCase inOnePiece(Frame... frames) {
        return pieces(List.of(octets(frames)));
    }

    /** These frames are sent one by one. */
    AutobahnCase frameByFrame(Frame... frames) {
        return pieces(Arrays.stream(frames).map(Frame::encode).toList());
    }

    /** These frames are sent octet by octet. */
    AutobahnCase octetByOctet(Frame... frames) {
        return inChops(1, frames);
    }

    /** These frames are sent in pieces of that many octets, without regard to where a frame begins. */
    AutobahnCase inChops(int length, Frame... frames) {
        byte[] all = octets(frames);
        List<byte[]> chops = new ArrayList<>();
        for (int at = 0; at < all.length; at += length) {
            chops.add(Arrays.copyOfRange(all, at, Math.min(all.length, at + length)));
        }
        return pieces(chops);
    }

    /** This frame is sent in pieces that begin at these offsets, its head counted. */
    AutobahnCase cutAt(Frame frame, int... offsets) {
        byte[] all = frame.encode();
        List<byte[]> cut = new ArrayList<>();
        int from = 0;
        for (int to : offsets) {
            cut.add(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        cut.add(Arrays.copyOfRange(all, from, all.length));
        return pieces(cut);
    }

    private static byte[] octets(Frame... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            all.writeBytes(frame.encode());
        }
        return all.toByteArray();
    }

    private AutobahnCase pieces(List<byte[]> sent) {
        return new AutobahnCase(id, what, sent, echoes, pongs, codes);
    }

    AutobahnCase echoes(Frame... messages) {
        return new AutobahnCase(id, what, pieces, List.of(messages), pongs, codes);
    }

    AutobahnCase pongs(Frame... owed) {
        return new AutobahnCase(id, what, pieces, echoes, List.of(owed), codes);
    }

    /** The client closes, with one of these codes. */
    AutobahnCase closes(Integer... allowed) {
        return new AutobahnCase(id, what, pieces, echoes, pongs, List.of(allowed));
    }

    /** Its section and what it is about, as a test's name. */
    @Override
    public String toString() {
        return id + " " + what;
    }
}
