package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values so long that they would take a minute in time that grows with the square of their length, and take tenths of a
 * second in time that grows with it: so wide a margin that no clock can spoil the test.
 */
class LinearTimeTest {
    private static final int LENGTH = 1 << 18;
    private static final SipLimits LIMITS = new SipLimits(SipLimits.MAX_MESSAGE_BYTES, 100_000, 4 * LENGTH);
    private static final Duration BOUND = Duration.ofSeconds(10);

    private static String repeat(String piece) {
        return piece.repeat(LENGTH / piece.length());
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
                        "\r\n \r\n\t")
                .map(piece -> Arguments.of("[" + piece.replace("\r\n", "CRLF").replace("\t", "HT") + "]", piece));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pathological")
    @DisplayName("G9 a value of one piece over and over costs time in proportion")
    void values(String name, String piece) {
        String run = repeat(piece);
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
        assertTimeoutPreemptively(
                BOUND,
                () -> {
                    for (String value : values) {
                        SipMessage m = read(value);
                        if (m != null) {
                            use(m);
                        }
                    }
                },
                name);
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
        m.contentType().ifPresent(MediaType::charset);
        m.headers().seconds("Contact");
        String value = m.headers().first("From").orElseThrow();
        Faults.isMalformed(() -> AuthHeader.parse(value).get("nonesuch"));
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

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = 20_000)
    @DisplayName("G9 many rows, lone line breaks and an endless header cost time in proportion")
    void rows(int count) {
        assertTimeoutPreemptively(BOUND, () -> {
            MessageText text = MessageText.request();
            for (int i = 0; i < count; i++) {
                text.add("k: a");
            }
            SipMessage m = SipMessage.wrap(text.bytes(), LIMITS);
            assertThat(m.headers().list("Supported")).hasSize(count);
            assertThat(((SipRequest) m)
                            .toBuilder().set("Supported", "b").build().headers().list("k"))
                    .containsExactly("b");
            for (String piece : new String[] {"\r", "\n", "\r\n ", "\0", "x"}) {
                byte[] bytes = (text.bytes().length + repeat(piece)).getBytes(StandardCharsets.UTF_8);
                assertThat(Faults.isMalformed(() -> SipMessage.wrap(bytes, LIMITS)))
                        .isTrue();
            }
        });
    }
}
