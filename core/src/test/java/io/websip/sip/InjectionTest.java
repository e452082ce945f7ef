package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MSG-26: nothing that the application gives can forge a header line. */
class InjectionTest {
    private static final String BREAKS = "has a CR, LF or NUL";
    private static final SipUri BOB = SipUri.of("sip:bob@example.com");

    private static SipMessageBuilder<SipRequest> builder() {
        return SipRequest.builder(SipMethod.MESSAGE, BOB);
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).as(BREAKS).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @DisplayName("MSG-26 header values, names, reason phrase, display name, content type, tag")
    @ValueSource(strings = {"\r\nX: y", "a\r\nX: y", "a\rX: y", "a\nX: y", "a\n", "a\r", "a\0", "\r\n ", "a\r\n b"})
    void lineBreaks(String text) {
        refused(() -> builder().add("X-Foo", text));
        refused(() -> builder().set("X-Foo", text));
        refused(() -> builder().addFirst("Subject", text));
        refused(() -> builder().add(text, "value"));
        refused(() -> builder().set(text, "value"));
        refused(() -> builder().addFirst(text, "value"));
        refused(() -> builder().set("Content-Type", text));
        refused(() -> SipResponse.builder(200, text));
        refused(() -> SipMethod.of(text));
        refused(() -> MediaType.of("text/plain" + text));
        refused(() -> MediaType.of("text/plain;a=b" + text));
        refused(() -> NameAddress.of(text, BOB));
        refused(() -> NameAddress.of(BOB).with(text, "value"));
        refused(() -> NameAddress.of(BOB).with("name", text));
        refused(() -> Via.of("WS", "host", text));
        refused(() -> Via.of("WS", text, "z9hG4bK1"));
        refused(() -> Via.of(text, "host", "z9hG4bK1"));
        refused(() -> SipUri.of("sip:bob@example.com" + text));
        refused(() -> SipUri.of("sip:" + text + "@example.com"));
        refused(() -> SipUri.of(false, "bob", text, -1));
        SipHeaders headers =
                builder().add("To", "<sip:bob@example.com>").build().headers();
        refused(() -> SipResponse.to(headers, 200, null, text));
    }

    @ParameterizedTest
    @DisplayName("MSG-26 what a value must not hold is named, and shown as an escape")
    @CsvSource({"'a\rb', CR, a\\rb", "'a\nb', LF, a\\nb", "'a\0b', NUL, a\\0b"})
    void named(String value, String name, String shown) {
        assertThatThrownBy(() -> builder().add("X-Foo", value))
                .hasMessageContaining("must not hold " + name + " (")
                .hasMessageEndingWith(shown);
    }

    @ParameterizedTest
    @DisplayName("MSG-26 a URI of another scheme and every value with line breaks")
    @ValueSource(strings = {"\r\nX: y", "\nX", "\r", "\0"})
    void otherUris(String text) {
        assertThat(Faults.isMalformed(() -> Uri.parse("im:bob" + text))).isTrue();
        assertThat(Faults.isMalformed(() -> Uri.parse("sip:bob@h;p=" + text))).isTrue();
        assertThat(Faults.isMalformed(() -> Uri.parse("sip:bob@h?h=" + text))).isTrue();
    }

    @ParameterizedTest
    @DisplayName("MSG-26 a user with line breaks is escaped in a URI")
    @ValueSource(strings = {"\r\nX: y", "a\0b", "b@c", "b c", "%", "<b>", "\"", "b:c"})
    void user(String user) {
        SipUri uri = SipUri.of(false, user, "example.com", -1);

        assertThat(uri.user()).contains(user);
        assertThat(uri.host()).isEqualTo("example.com");
        assertThat(uri.parameters().isEmpty()).isTrue();
        assertThat(uri.toString()).matches("sip:[!-~]+@example\\.com");
    }

    @ParameterizedTest
    @DisplayName("MSG-26 a parameter's value cannot bring another parameter or value")
    @ValueSource(strings = {"a;b=c", "a,<sip:x@y>", "a b", "\"a\";b", "\"a\"\"b\"", "\"a", "a\"", "<", "a>", "", " "})
    void parameters(String value) {
        refused(() -> NameAddress.of(BOB).with("x", value));
        refused(() -> NameAddress.of(BOB).with(value, "x"));
        refused(() -> Via.of("WS", "host", value));
        SipHeaders headers =
                builder().add("To", "<sip:bob@example.com>").build().headers();
        refused(() -> SipResponse.to(headers, 200, null, value));
    }

    @ParameterizedTest
    @DisplayName("MSG-26 a host is a host and nothing more")
    @ValueSource(strings = {"h;x=y", "h?x=y", "u@h", "h:5060", "h,h", "h h", "", "[::1", "h>"})
    void host(String host) {
        refused(() -> SipUri.of(false, "bob", host, -1));
        refused(() -> SipUri.of(false, null, host, -1));
        if (!host.equals("h:5060")) {
            refused(() -> Via.of("WS", host, "z9hG4bK1"));
        }
    }

    @ParameterizedTest
    @DisplayName("MSG-26 header names are tokens")
    @ValueSource(strings = {"", "X Foo", "X:", "X\u00e4", "\u212a", "X@", "(", "Via: x"})
    void names(String name) {
        refused(() -> builder().add(name, "value"));
        refused(() -> builder().set(name, "value"));
    }

    @ParameterizedTest
    @DisplayName("MSG-26 half of a surrogate pair is no text")
    @ValueSource(strings = {"\ud800", "a\udc00b", "\ud800\ud800\udc00"})
    void surrogates(String text) {
        refused(() -> builder().add("Subject", text));
        refused(() -> NameAddress.of(text, BOB));
        refused(() -> SipResponse.builder(200, text));
        refused(() -> SipUri.of(false, text, "h", -1));
    }

    @ParameterizedTest
    @DisplayName("MSG-24 Content-Length is written, never given")
    @ValueSource(strings = {"Content-Length", "content-length", "l", "L"})
    void contentLength(String name) {
        Throwable thrown = catchThrowable(() -> builder().add(name, "0"));

        assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
        refused(() -> builder().set(name, "5"));
    }

    @ParameterizedTest
    @DisplayName("a status code is 100 to 699, with or without a reason phrase")
    @ValueSource(ints = {-1, 0, 1, 99, 700, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void status(int status) {
        refused(() -> SipResponse.builder(status, null));
        refused(() -> SipResponse.builder(status, "OK"));
    }
}
