package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** G9: whatever the octets, parsing throws SipParseException alone, and after verify no accessor throws. */
class FuzzTest {
    private static final int ROUNDS = 2_000;
    private static final List<byte[]> SEEDS = seeds();

    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(MessageText.request()
                .set("To", "\"B \\\"o\\\\b\"\r\n <sip:b%6fb:p@[2001:db8::1]:5060;lr;x=%41?a=b&c=d>;tag=1;y=\"z;,\"")
                .add("Contact: *, <sip:a@1.2.3.4>;expires=60;q=0.5, tel:+1;x")
                .add("Content-Type: text/plain;charset=\"utf-8\"")
                .add("Route: <sip:r.example.com;lr>, <sips:s;transport=ws>")
                .add("Authorization: Digest username=\"a\", realm=\"b,\\\"\", qop=auth, nc=00000001")
                .body("Gr\u00fc\u00dfe")
                .bytes());
        seeds.add(MessageText.response()
                .start("SIP/2.0 401 Unauthorized")
                .set("Via", "SIP/2.0/WS  h.invalid:1;rport=5;branch=z9hG4bK1 , SIP / 2.0 / TCP\r\n i.example;x=\"y\"")
                .add("WWW-Authenticate: Digest realm=\"a\", nonce=\"b\", qop=\"auth,auth-int\", stale=TRUE")
                .add("m: \u00c4b <sip:c@d>;+sip.instance=\"<urn:uuid:1>\"")
                .add("Expires: 60;x (y)")
                .add("l: 4")
                .body("abcdef")
                .bytes());
        seeds.add(MessageText.request()
                .start("OPTIONS tel:+1-201-555-0123 SIP/2.0")
                .set("CSeq", "2147483647 \t OPTIONS")
                .add("k: path,outbound")
                .add("X-Foo: ;;,,\"")
                .bytes());
        return seeds;
    }

    @ParameterizedTest
    @DisplayName("G9 mutations of good messages")
    @ValueSource(longs = {1, 20_261_124, -7})
    void mutations(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size()));
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes = mutate(bytes, random);
            }
            examine(bytes, "seed " + seed + ", round " + round);
        }
    }

    @Test
    @DisplayName("G9 good messages cut at every octet")
    void truncations() {
        for (byte[] seed : SEEDS) {
            for (int length = 0; length <= seed.length; length++) {
                examine(Arrays.copyOf(seed, length), "cut at " + length);
            }
        }
    }

    @Test
    @DisplayName("G9 good messages with one octet changed, at every place")
    void everyPlace() {
        for (byte[] seed : SEEDS) {
            for (int at = 0; at < seed.length; at++) {
                for (byte octet : new byte[] {'\r', '"', '\\', ';', -1}) {
                    byte[] bytes = seed.clone();
                    bytes[at] = octet;
                    examine(bytes, "octet " + octet + " at " + at);
                }
            }
        }
    }

    private static byte[] mutate(byte[] bytes, RandomGenerator random) {
        int length = bytes.length;
        if (length == 0) {
            return bytes;
        }
        int from = random.nextInt(length);
        int to = Math.min(length, from + 1 + random.nextInt(12));
        byte[] piece = Arrays.copyOfRange(bytes, from, to);
        int at = random.nextInt(length);
        switch (random.nextInt(7)) {
            case 0 -> {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                return flipped;
            }
            case 1 -> {
                return splice(bytes, from, to, new byte[0]);
            }
            case 2 -> {
                return splice(bytes, at, at, piece);
            }
            case 3 -> {
                byte[] octets = new byte[1 + random.nextInt(3)];
                random.nextBytes(octets);
                return splice(bytes, at, at, octets);
            }
            case 4 -> {
                String delimiters = "\r\n \t\"\\<>,;=:%@?[]/*&";
                char c = delimiters.charAt(random.nextInt(delimiters.length()));
                return splice(bytes, at, at + random.nextInt(2), new byte[] {(byte) c});
            }
            case 5 -> {
                return doubledRow(bytes, random);
            }
            default -> {
                byte[] other = SEEDS.get(random.nextInt(SEEDS.size()));
                int start = random.nextInt(other.length);
                return splice(bytes, at, length, Arrays.copyOfRange(other, start, other.length));
            }
        }
    }

    private static byte[] doubledRow(byte[] bytes, RandomGenerator random) {
        String[] rows = new String(bytes, StandardCharsets.ISO_8859_1).split("(?<=\r\n)", -1);
        int row = random.nextInt(rows.length);
        rows[row] += rows[random.nextInt(rows.length)];
        return String.join("", rows).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
        byte[] out = new byte[bytes.length - (to - from) + piece.length];
        System.arraycopy(bytes, 0, out, 0, from);
        System.arraycopy(piece, 0, out, from, piece.length);
        System.arraycopy(bytes, to, out, from + piece.length, bytes.length - to);
        return out;
    }

    private static void examine(byte[] bytes, String origin) {
        try {
            examine(bytes);
        } catch (SipParseException | RuntimeException | AssertionError e) {
            throw new AssertionError(origin + ": " + e + " for\n" + new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
    }

    private static void examine(byte[] bytes) throws SipParseException {
        SipMessage message;
        try {
            message = SipMessage.parse(bytes);
        } catch (SipParseException e) {
            e.headers().ifPresent(headers -> echo(headers, e.statusHint()));
            return;
        }
        rewrite(message);
        try {
            message.verify();
        } catch (SipParseException e) {
            e.headers().ifPresent(headers -> echo(headers, e.statusHint()));
            return;
        }
        Accessors.callAll(message);
        echo(message.headers(), 200);
    }

    private static void rewrite(SipMessage message) throws SipParseException {
        if (message instanceof SipRequest request) {
            SipRequest built = request.toBuilder().build();
            SipRequest again = (SipRequest) SipMessage.parse(built.toBytes());
            assertThat(Rows.of(again)).isEqualTo(Rows.of(built));
            assertThat(Rows.withoutLength(again)).isEqualTo(Rows.withoutLength(request));
            assertThat(again.startLine()).isEqualTo(request.startLine());
            assertThat(again.body()).isEqualTo(request.body());
        }
    }

    /** The answer is one that a parser takes apart into just the rows that were copied. */
    private static void echo(SipHeaders headers, int status) {
        SipResponse answer = SipResponse.to(headers, status, null, "t").build();
        String text = new String(answer.toBytes(), StandardCharsets.ISO_8859_1);
        String[] lines = text.split("\r\n", -1);
        assertThat(lines).hasSize(answer.headers().size() + 3);
        for (int i = 0; i < answer.headers().size(); i++) {
            assertThat(lines[i + 1]).startsWith(answer.headers().name(i) + ": ").doesNotContain("\r", "\n");
        }
    }
}
