package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.transport.Closure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** permessage-deflate (RFC 7692): the offer and its answers, messages both ways, and what must not pass. */
public abstract class CompressionContract extends SettingsContract {
    private static final String ACCEPTED = "permessage-deflate";
    private static final int MIB = 1 << 20;

    private record Agreed(Dialed dialed, RawWebSocket peer) {}

    private Agreed agree(KitOptions options, String extensions) {
        RawWebSocketServer server = rawServer();
        Dialed dialed = dial(newBuilder(options).compression(), server.address());
        RawWebSocket peer = server.accept();
        UpgradeRequest request = peer.readRequest();
        assertThat(request.header("Sec-WebSocket-Extensions")).isEqualTo("permessage-deflate");
        String good = request.goodAnswer();
        peer.write(
                extensions.isEmpty()
                        ? good
                        : good.replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: " + extensions + "\r\n\r\n"));
        return new Agreed(dialed, peer);
    }

    private Agreed open(KitOptions options, String extensions) {
        Agreed agreed = agree(options, extensions);
        agreed.dialed().listener().awaitOpen();
        return agreed;
    }

    @Test
    void nothingIsOfferedUnlessItIsConfigured() {
        RawWebSocketServer server = rawServer();
        dial(builder(), server.address());
        assertThat(server.accept().readRequest().headers()).doesNotContainKey("sec-websocket-extensions");
    }

    // ---- answers ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; server_no_context_takeover",
                "permessage-deflate; server_max_window_bits=15"
            })
    void messagesAreCompressedBothWaysAsTheServerWantsIt(String answer) {
        areCompressedBothWays(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; client_no_context_takeover",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            })
    void aServerThatWantsEachMessageToBeginAnewIsObeyedOrLeft(String answer) {
        if (canBeginAnew()) {
            areCompressedBothWays(answer);
        } else {
            Agreed agreed = agree(DEFAULTS, answer);
            assertThat(agreed.dialed()
                            .listener()
                            .awaitClosed(Closure.Refused.class)
                            .httpStatus())
                    .isEqualTo(101);
        }
    }

    /** Whether client_no_context_takeover can be obeyed; a transport that overrides this says why it cannot. */
    protected boolean canBeginAnew() {
        return true;
    }

    private void areCompressedBothWays(String answer) {
        Agreed agreed = open(DEFAULTS, answer);
        RawDeflate deflate = new RawDeflate(
                answer.contains("server_no_context_takeover"), answer.contains("client_no_context_takeover"));
        String text = "MESSAGE sip:bob@example.com SIP/2.0 ".repeat(20);
        for (int round = 0; round < 3; round++) {
            assertThat(agreed.dialed().connection().send((text + round).getBytes(StandardCharsets.UTF_8)))
                    .isTrue();
            Frame frame = readMessage(agreed.peer());
            assertThat(frame.opcode()).isEqualTo(Frame.TEXT);
            assertThat(frame.payload()).hasSizeLessThan(text.length() / 2);
            assertThat(new String(deflate.inflate(frame), StandardCharsets.UTF_8))
                    .isEqualTo(text + round);
            agreed.peer().send(deflate.deflate(Frame.text(text + round)));
        }
        assertThat(agreed.dialed().listener().awaitTexts(3)).containsExactly(text + 0, text + 1, text + 2);
    }

    @Test
    void aServerMayDeclineAndMessagesAreSentAsTheyAre() {
        Agreed agreed = open(DEFAULTS, "");
        agreed.dialed().connection().send("out".getBytes(StandardCharsets.UTF_8));
        assertThat(agreed.peer().read(Frame.TEXT).asText()).isEqualTo("out");
        agreed.peer().send(Frame.text("in"));
        assertThat(agreed.dialed().listener().awaitTexts(1)).containsExactly("in");
    }

    @Test
    void aCompressedMessageAfterTheServerDeclinedBreaksTheRules() {
        Agreed agreed = open(DEFAULTS, "");
        agreed.peer().send(new RawDeflate(false, false).deflate(Frame.text("in")));
        closesWith(agreed, 1002);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-mystery",
                "permessage-deflate, x-mystery",
                "permessage-deflate; x_mystery=1",
                "permessage-deflate; client_max_window_bits=10",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate, permessage-deflate"
            })
    void anAnswerThatWasNotOfferedIsRefused(String answer) {
        Agreed agreed = agree(DEFAULTS, answer);
        assertThat(agreed.dialed().listener().awaitClosed(Closure.Refused.class).httpStatus())
                .isEqualTo(101);
        assertThat(agreed.dialed().listener().wasOpened()).isFalse();
    }

    // ---- messages ----

    @Test
    void fragmentsOfACompressedMessageAreJoinedWithPingsBetween() {
        Agreed agreed = open(DEFAULTS, ACCEPTED);
        byte[] all = new RawDeflate(false, false).deflate("Hello, Bob! How are you?".getBytes(StandardCharsets.UTF_8));
        int third = all.length / 3;
        agreed.peer()
                .send(
                        new Frame(false, 4, Frame.TEXT, Arrays.copyOf(all, third)),
                        Frame.ping("between"),
                        new Frame(false, 0, Frame.CONTINUATION, Arrays.copyOfRange(all, third, 2 * third)),
                        new Frame(true, 0, Frame.CONTINUATION, Arrays.copyOfRange(all, 2 * third, all.length)));
        assertThat(agreed.dialed().listener().awaitTexts(1)).containsExactly("Hello, Bob! How are you?");
        assertThat(agreed.peer().read(Frame.PONG).asText()).isEqualTo("between");
    }

    @Test
    void messagesThatAreNotCompressedMayComeBetween() {
        Agreed agreed = open(DEFAULTS, ACCEPTED);
        RawDeflate deflate = new RawDeflate(false, false);
        agreed.peer().send(deflate.deflate(Frame.text("one")), Frame.text("two"), deflate.deflate(Frame.text("three")));
        assertThat(agreed.dialed().listener().awaitTexts(3)).containsExactly("one", "two", "three");
    }

    @Test
    void anEmptyMessageAndALongOneThatDoesNotShrinkPassBothWays() {
        Agreed agreed = open(DEFAULTS, ACCEPTED);
        RawDeflate deflate = new RawDeflate(false, false);
        byte[] noise = new byte[300_000];
        new SplittableRandom(7).nextBytes(noise);
        for (byte[] message : List.of(new byte[0], noise)) {
            agreed.dialed().connection().send(message);
            Frame frame = readMessage(agreed.peer());
            byte[] arrived = frame.reserved() == 0 ? frame.payload() : deflate.inflate(frame);
            assertThat(Arrays.equals(arrived, message))
                    .as("the message arrives")
                    .isTrue();
            agreed.peer().send(deflate.deflate(Frame.binary(message)));
        }
        List<byte[]> received = agreed.dialed().listener().awaitMessages(2);
        assertThat(received.get(0)).isEmpty();
        assertThat(Arrays.equals(received.get(1), noise))
                .as("the long message arrives")
                .isTrue();
    }

    /** A whole message, in as many frames as the client likes. */
    private static Frame readMessage(RawWebSocket peer) {
        Frame first = peer.readExtended();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(first.payload());
        for (Frame last = first; !last.fin(); ) {
            last = peer.read(Frame.CONTINUATION);
            payload.writeBytes(last.payload());
        }
        return new Frame(true, first.reserved(), first.opcode(), payload.toByteArray());
    }

    // ---- what must not pass ----

    @Test
    void otherReservedBitsBreakTheRules() {
        Frame text = Frame.text("hi");
        for (Frame[] bad : new Frame[][] {
            {text.withReserved(2)},
            {text.withReserved(1)},
            {Frame.ping("p").withReserved(4)},
            {text.notLast(), Frame.of(Frame.CONTINUATION, new byte[0]).withReserved(4)}
        }) {
            Agreed agreed = open(DEFAULTS, ACCEPTED);
            agreed.peer().send(bad);
            closesWith(agreed, 1002);
        }
    }

    @Test
    void whatCannotBeInflatedClosesTheConnection() {
        Agreed agreed = open(DEFAULTS, ACCEPTED);
        byte[] garbage = new byte[100];
        Arrays.fill(garbage, (byte) 0xff);
        agreed.peer().send(new Frame(true, 4, Frame.TEXT, garbage));
        closesWith(agreed, 1007);
    }

    @Test
    void invalidUtf8IsSeenBehindTheCompression() {
        Agreed agreed = open(DEFAULTS, ACCEPTED);
        agreed.peer().send(new RawDeflate(false, false).deflate(Frame.of(Frame.TEXT, new byte[] {'a', (byte) 0xc0})));
        closesWith(agreed, 1007);
    }

    @Test
    void theCapIsForTheInflatedMessage() {
        KitOptions options = DEFAULTS.withMaxMessageBytes(10_000);
        RawDeflate deflate = new RawDeflate(false, false);
        Agreed agreed = open(options, ACCEPTED);
        agreed.peer().send(deflate.deflate(Frame.binary(new byte[10_000])));
        assertThat(agreed.dialed().listener().awaitMessages(1).get(0)).hasSize(10_000);
        agreed.peer().send(deflate.deflate(Frame.binary(new byte[10_001])));
        closesWith(agreed, 1009);
    }

    @Test
    void fragmentsThatInflateToTooMuchTogetherAreCutOff() {
        Agreed agreed = open(DEFAULTS.withMaxMessageBytes(10_000), ACCEPTED);
        byte[] all = new RawDeflate(false, false).deflate(new byte[20_000]);
        agreed.peer().send(new Frame(false, 4, Frame.BINARY, Arrays.copyOf(all, 5)));
        for (int i = 5; i < all.length; i++) {
            agreed.peer().send(new Frame(i == all.length - 1, 0, Frame.CONTINUATION, new byte[] {all[i]}));
        }
        closesWith(agreed, 1009);
    }

    @Test
    void aBombIsCutOffBeforeItTakesMemory() {
        Agreed agreed = open(DEFAULTS.withMaxMessageBytes(MIB), ACCEPTED);
        byte[] bomb = bomb();
        assertThat(bomb.length).as("within the cap as long as it is compressed").isLessThan(MIB);
        AtomicBoolean over = new AtomicBoolean();
        agreed.dialed().listener().whenClosed(why -> over.set(true));
        System.gc(); // so that what is seen is the bomb's, and not what others left
        long before = usedHeap();
        agreed.peer().send(new Frame(true, 4, Frame.BINARY, bomb));
        AtomicLong peak = new AtomicLong();
        Await.until("the end of the bomb", () -> {
            peak.accumulateAndGet(usedHeap(), Math::max);
            return over.get();
        });
        assertThat(peak.get() - before).as("bytes of heap, of 768 MiB of zeros").isLessThan(192L * MIB);
        closesWith(agreed, 1009);
    }

    private static long usedHeap() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** 768 MiB of zeros: one block for 16 MiB of them, over and over. */
    private static byte[] bomb() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[16 * MIB]);
        byte[] chunk = new byte[MIB];
        int length = deflater.deflate(chunk, 0, chunk.length, Deflater.FULL_FLUSH);
        deflater.end();
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        for (int i = 0; i < 48; i++) {
            bomb.write(chunk, 0, length);
        }
        return bomb.toByteArray();
    }

    private static void closesWith(Agreed agreed, int code) {
        assertThat(agreed.dialed().listener().awaitClosed(Closure.Closed.class).code())
                .isEqualTo(code);
    }
}
