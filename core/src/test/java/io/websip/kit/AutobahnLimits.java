package io.websip.kit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Autobahn cases on large messages, in one frame, in fragments and in chops. */
final class AutobahnLimits {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private static final int[] SIZES = {64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB};
    private static final int[] FRAGMENTS = {64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB};
    private static final int[] CHOPS = {64, 128, 256, 512, KIB, 2 * KIB};

    /** Of which sizes a thousand messages go back and forth, in 9.7 and 9.8. */
    static final int[] ROUND_TRIPS = {0, 16, 64, 256, KIB, 4 * KIB};

    private AutobahnLimits() {}

    static Stream<AutobahnCase> all() {
        return Stream.of(
                        sizes("9.1", Frame.TEXT),
                        sizes("9.2", Frame.BINARY),
                        fragments("9.3", Frame.TEXT),
                        fragments("9.4", Frame.BINARY),
                        chops("9.5", Frame.TEXT),
                        chops("9.6", Frame.BINARY),
                        Stream.of(fragmented("10.1.1", Frame.TEXT, 64 * KIB, 1300)))
                .flatMap(section -> section);
    }

    /** A message of that length; binary ones are no UTF-8, so that they come back as binary. */
    static Frame filled(int opcode, int length) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) (opcode == Frame.TEXT ? '*' : 0xfe));
        return Frame.of(opcode, payload);
    }

    private static Stream<AutobahnCase> sizes(String section, int opcode) {
        return IntStream.range(0, SIZES.length).mapToObj(i -> {
            Frame message = filled(opcode, SIZES[i]);
            return AutobahnCase.of(section + "." + (i + 1), SIZES[i] + " bytes")
                    .inOnePiece(message)
                    .echoes(message);
        });
    }

    private static Stream<AutobahnCase> fragments(String section, int opcode) {
        return IntStream.range(0, FRAGMENTS.length)
                .mapToObj(i -> fragmented(section + "." + (i + 1), opcode, 4 * MIB, FRAGMENTS[i]));
    }

    private static AutobahnCase fragmented(String id, int opcode, int length, int fragment) {
        Frame message = filled(opcode, length);
        List<Frame> fragments = IntStream.range(0, (length + fragment - 1) / fragment)
                .mapToObj(i -> {
                    int from = i * fragment;
                    byte[] part = Arrays.copyOfRange(message.payload(), from, Math.min(length, from + fragment));
                    Frame frame = Frame.of(i == 0 ? opcode : Frame.CONTINUATION, part);
                    return from + fragment < length ? frame.notLast() : frame;
                })
                .toList();
        return AutobahnCase.of(id, length + " bytes in fragments of " + fragment)
                .inOnePiece(fragments.toArray(Frame[]::new))
                .echoes(message);
    }

    private static Stream<AutobahnCase> chops(String section, int opcode) {
        return IntStream.range(0, CHOPS.length).mapToObj(i -> {
            Frame message = filled(opcode, MIB);
            return AutobahnCase.of(section + "." + (i + 1), MIB + " bytes in chops of " + CHOPS[i])
                    .inChops(CHOPS[i], message)
                    .echoes(message);
        });
    }
}
