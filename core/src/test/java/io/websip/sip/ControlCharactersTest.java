package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.config.Credentials;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 section 25.1: TEXT-UTF8 and quoted strings hold visible characters, blanks and tabs. */
class ControlCharactersTest {
    private static final SipUri BOB = SipUri.of("sip:bob@example.com");

    private static void refused(ThrowingCallable call) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).chars()).noneMatch(Character::isISOControl));
    }

    @ParameterizedTest
    @DisplayName("25.1: no control character but a tab leaves in a value")
    @ValueSource(ints = {0, 1, 7, 8, 10, 11, 12, 13, 14, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9b, 0x9f})
    void controls(int control) {
        String text = "a" + (char) control + "b";
        refused(() -> SipRequest.builder(SipMethod.MESSAGE, BOB).add("X-Foo", text));
        refused(() -> SipRequest.builder(SipMethod.MESSAGE, BOB).set("User-Agent", text));
        refused(() -> SipHeaders.check("X-Foo", text));
        refused(() -> SipResponse.builder(200, text));
        refused(() -> NameAddress.of(text, BOB));
        refused(() -> NameAddress.of(BOB).with("x", "\"" + text + "\""));
        refused(() -> QuotedString.quote(text));
        refused(() -> MediaType.of("text/plain;x=\"" + text + "\""));
        refused(() -> MediaType.of("text/plain;x=\"a\\" + (char) control + "\""));
        refused(() -> Credentials.password(text, "secret"));
        refused(() -> Credentials.password("a", "secret").realm(text));
    }

    @ParameterizedTest
    @DisplayName("25.1: a tab is white space, and other alphabets are text")
    @ValueSource(strings = {"a\tb", "J\u00f6rg", "\u4f60\u597d", "\ud83d\ude00", "\u00a0", "a \u202e b"})
    void text(String text) {
        assertThat(SipRequest.builder(SipMethod.MESSAGE, BOB)
                        .add("X-Foo", text)
                        .build()
                        .headers()
                        .first("X-Foo"))
                .contains(text);
        assertThat(NameAddress.of(text, BOB).displayName()).contains(text);
        assertThat(SipResponse.builder(200, text).build().reason()).isEqualTo(text);
    }

    @ParameterizedTest
    @DisplayName("25.1: what is wrong is named by its code point")
    @CsvSource({"7,U+0007", "27,U+001B", "127,U+007F", "155,U+009B"})
    void named(int control, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SipHeaders.check("X-Foo", "a" + (char) control))
                .withMessageContaining("X-Foo must not hold the control character " + name);
    }

    @ParameterizedTest
    @DisplayName(
            "25.1: a content type of the program has tokens and quoted strings, where a peer's may have anything visible")
    @ValueSource(strings = {"{x}", "\u00fc", "a=b", "@", "a/b"})
    void contentType(String value) throws SipParseException {
        assertThat(MediaType.parse("text/plain;x=" + value).parameters().get("x"))
                .isPresent();
        refused(() -> MediaType.of("text/plain;x=" + value));
        assertThat(MediaType.of("text/plain;x=\"" + value + "\";y;z=1")
                        .parameters()
                        .get("x"))
                .contains(value);
    }
}
