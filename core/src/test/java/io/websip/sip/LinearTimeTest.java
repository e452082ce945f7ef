package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Four times the input may cost four times the work, and not sixteen times: counted in the processor's time of this thread,
 * which others on the machine do not lengthen, and in bytes allocated.
 */
class LinearTimeTest {
    private static final int LENGTH = 1 << 14;
    private static final int TIMES = 4;
    private static final SipLimits LIMITS = new SipLimits(SipLimits.MAX_MESSAGE_BYTES, 100_000, 4 * TIMES * LENGTH);

    /** Between what grows in proportion and what grows with the square. */
    private static final int BOUND = TIMES * TIMES / 2;

    private static final int ROUNDS = 2;
    private static final int ATTEMPTS = 6;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Cost(long nanos, long bytes) {
        /** The least of some rounds: what was compiled or collected between counts for one of them only. */
        static Cost of(IntConsumer work, int length) {
            long nanos = Long.MAX_VALUE;
            long bytes = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
                long before = THREADS.getCurrentThreadCpuTime();
                work.accept(length);
                nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - before);
                bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
            }
            return new Cost(nanos, bytes);
        }

        boolean isAtMost(int times, Cost other) {
            return nanos <= times * other.nanos && bytes <= times * other.bytes;
        }
    }

    /** What code costs that was compiled meanwhile says little, so it may try again; what is quadratic remains so. */
    private static void assertLinear(IntConsumer work, int length) {
        Cost more = Cost.of(work, TIMES * length); // and compiles it
        Cost less = Cost.of(work, length);
        for (int i = 0; i < ATTEMPTS; i++) {
            less = Cost.of(work, length);
            more = Cost.of(work, TIMES * length);
            if (more.isAtMost(BOUND, less)) {
                return;
            }
        }
        assertThat(more).as("the cost of %d times as much as %s", TIMES, less).isNull();
    }

    @Test
    @DisplayName("what grows with the square of its input is seen")
    void theSquareIsSeen() {
        byte[] octets = new byte[TIMES * LENGTH];
        int[] found = {0};
        assertThatThrownBy(() -> assertLinear(
                        length -> {
                            for (int i = 0; i < length; i++) {
                                for (int at = i; at < length && octets[at] == 0; at++) {
                                    found[0]++;
                                }
                            }
                        },
                        LENGTH / 4))
                .isInstanceOf(AssertionError.class);
        assertThat(found[0]).isNotZero();
    }

    private static String repeat(String piece, int length) {
        return piece.repeat(length / piece.length());
    }

    static Stream<Arguments> pathological() {
        return Stream.of(
                        " ",
                        ",",
                        ";",
                        "\"",
                        "\\",
                        "<",
                        ">",
                        "=",
                        ":",
                        "%",
                        "@",
                        "?",
                        "[",
                        "&",
                        ".",
                        "\t",
                        "\r\n ",
                        "a",
                        "1",
                        ";a",
                        ";a=b",
                        ";a=\"b\"",
                        ";a ",
                        ", ",
                        "<,",
                        "\"\",",
                        "\\\"",
                        "a ",
                        "a.",
                        "\u20ac",
                        ";%41=1",
                        "&a=b",
                        "\"\r\n ",
                        ",a=b",
                        "<sip:a@b>,",
                        "SIP/2.0/WS a,",
                        "()",
                        "\r\n \r\n\t",
                        " \r\n ",
                        "<",
                        "<sip:a@b> ",
                        ";;",
                        ";=x",
                        ";a=\"",
                        "=\"\\",
                        "\"\\",
                        "::",
                        ",a")
                .map(piece -> Arguments.of("[" + piece.replace("\r\n", "CRLF").replace("\t", "HT") + "]", piece));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pathological")
    @DisplayName("G9 a value of one piece over and over costs time in proportion")
    void values(String name, String piece) {
        assertLinear(
                length -> {
                    String run = repeat(piece, length);
                    String[] values = {
                        run,
                        "<sip:a@b>" + run,
                        "<sip:a@b" + run + ">",
                        "sip:a@b?a=b" + run,
                        "\"" + run,
                        "SIP/2.0/WS a" + run,
                        "a/b" + run,
                        "Digest a=b" + run
                    };
                    for (String value : values) {
                        SipMessage m = read(value);
                        if (m != null) {
                            use(m);
                        }
                    }
                },
                LENGTH);
    }

    private static @Nullable SipMessage read(String value) {
        byte[] bytes = MessageText.request()
                .set("From", value)
                .add("Contact: " + value)
                .add("v: " + value)
                .add("Content-Type: " + value)
                .bytes();
        try {
            return SipMessage.wrap(bytes, LIMITS);
        } catch (SipParseException e) {
            e.headers()
                    .ifPresent(
                            headers -> SipResponse.to(headers, 400, null, "t").build());
            return null;
        }
    }

    private static void use(SipMessage m) {
        assertThat(m.vias()).isNotEmpty();
        m.hasSeveralVias();
        m.contacts().forEach(NameAddress::tag);
        m.headers().unreadableAddresses("Contact");
        m.headers().mediaTypes("Contact");
        m.contentType().ifPresent(MediaType::charset);
        m.headers().seconds("Contact");
        String value = m.headers().first("From").orElseThrow();
        Faults.isMalformed(() -> AuthHeader.parse(value).get("nonesuch"));
        Faults.isMalformed(() -> AuthHeader.parseChallenge(value).get("nonesuch"));
        Faults.isMalformed(() -> MediaType.parse(value).parameters().get("nonesuch"));
        Faults.isMalformed(() -> Via.parse(value).branch());
        Faults.isMalformed(() -> {
            SipUri uri = SipUri.parse(value);
            return uri.matches(SipUri.parse(value)) && uri.toAor().matches(uri.withoutHeaders());
        });
        Faults.isMalformed(() -> {
            NameAddress from = NameAddress.parse(value);
            if (from.uri() instanceof SipUri uri) {
                assertThat(uri.matches(SipUri.parse(uri.toString()))).isTrue();
            }
            return from.displayName().isEmpty()
                    && from.with("x", "y").parameters().names().isEmpty();
        });
    }

    @Test
    @DisplayName("G9 many rows cost time in proportion")
    void rows() {
        assertLinear(
                count -> {
                    MessageText text = MessageText.request();
                    for (int i = 0; i < count; i++) {
                        text.add("k: a");
                    }
                    SipMessage m = wrapped(text.bytes());
                    assertThat(m.headers().list("Supported")).hasSize(count);
                    assertThat(((SipRequest) m)
                                    .toBuilder()
                                            .set("Supported", "b")
                                            .build()
                                            .headers()
                                            .list("k"))
                            .containsExactly("b");
                },
                5_000);
    }

    @Test
    @DisplayName(
            "G9 a header that stands as often as a message holds it costs time in proportion, and so does a response")
    void repetitions() {
        assertLinear(
                count -> {
                    MessageText text = MessageText.response().without("CSeq");
                    for (int i = 0; i < count; i++) {
                        text.add("k: a");
                    }
                    text.add("CSeq: 1 MESSAGE");
                    for (int i = 0; i < count; i++) {
                        text.add("CSeq: 1 MESSAGE").add("To: x").add("no row");
                    }
                    assertThat(wrapped(text.bytes()).headers().all("CSeq")).hasSize(1);
                },
                2_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {";x", ";;", ";=", "\"", "\\\"", "<", "<sip:a@b>", "a,", " ", ": "})
    @DisplayName("G9 a response of one piece over and over costs time in proportion")
    void responses(String piece) {
        assertLinear(
                length -> {
                    String run = repeat(piece, length);
                    SipMessage m = wrapped(MessageText.response()
                            .set("Via", "SIP/2.0/WS a" + run + ";branch=z9hG4bKx")
                            .set("From", run)
                            .set("To", "<sip:a@b>" + run)
                            .add("Contact: " + run)
                            .bytes());
                    m.topBranch();
                    m.hasSeveralVias();
                    m.contacts().forEach(NameAddress::wellFormed);
                    Faults.isMalformed(() -> {
                        m.verify();
                        return m;
                    });
                    try {
                        m.to().displayName();
                        m.from().with("x", "y");
                    } catch (MalformedHeaderException e) {
                        m.headers().unreadableAddresses("From");
                    }
                },
                LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n ", "\0", "x"})
    @DisplayName("G9 lone line breaks and an endless header cost time in proportion")
    void endless(String piece) {
        String start = new String(MessageText.request().bytes(), StandardCharsets.UTF_8);
        String open = start.substring(0, start.length() - 2) + "X: ";
        assertLinear(
                length -> {
                    byte[] bytes = (open + repeat(piece, length)).getBytes(StandardCharsets.UTF_8);
                    assertThat(Faults.isMalformed(() -> SipMessage.wrap(bytes, LIMITS)))
                            .isTrue();
                },
                8 * LENGTH);
    }

    private static SipMessage wrapped(byte[] bytes) {
        try {
            return SipMessage.wrap(bytes, LIMITS);
        } catch (SipParseException e) {
            throw new AssertionError(e);
        }
    }
}
