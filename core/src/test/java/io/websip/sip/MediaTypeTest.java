package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 sections 20.1 and 20.15. */
class MediaTypeTest {
    @Test
    @DisplayName("MSG-07, MSG-22 type and subtype in lower case, parameters by name")
    void parts() throws SipParseException {
        MediaType type = MediaType.parse(" Text / PLAIN ; Charset = \"ISO-8859-1\";x=y");

        assertThat(type.type()).isEqualTo("text");
        assertThat(type.subtype()).isEqualTo("plain");
        assertThat(type.charset()).contains(StandardCharsets.ISO_8859_1);
        assertThat(type.parameters().get("X")).contains("y");
        assertThat(MediaType.of("text/plain").charset()).contains(StandardCharsets.UTF_8);
        assertThat(MediaType.of("text/plain;charset=nonesuch").charset()).isEmpty();
        assertThat(MediaType.of("text/plain;x=y ").charset()).contains(StandardCharsets.UTF_8);
        assertThat(MediaType.of("text/plain;x=\"\" ;y ").parameters().get("x")).contains("");
        assertThat(MediaType.of("a/b;c")).isEqualTo(MediaType.parse("a/b;c")).hasSameHashCodeAs(MediaType.of("a/b;c"));
    }

    @ParameterizedTest
    @DisplayName("white space behind it belongs to nothing")
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "text/plain |",
                "text/plain;charset=UTF-8 |;charset=UTF-8",
                "a/b; c= |; c=",
                "a/b;c=\"d \" \t |;c=\"d \""
            },
            delimiter = '|')
    void whiteSpaceBehind(String text, @Nullable String parameters) throws SipParseException {
        MediaType type = MediaType.parse(text);
        assertThat(type.parameters()).hasToString(parameters == null ? "" : parameters);
        assertThat(type.parameters().isEmpty()).isEqualTo(parameters == null);
        assertThat(type).hasToString(text.strip()).isEqualTo(MediaType.of(text.strip()));
    }

    @Test
    @DisplayName("a boundary may be unquoted with characters that no token has")
    void boundary() throws SipParseException {
        assertThat(MediaType.parse("multipart/mixed;boundary=a:b/c=d?e")
                        .parameters()
                        .get("boundary"))
                .contains("a:b/c=d?e");
    }

    @ParameterizedTest
    @DisplayName("20.1 ranges")
    @CsvSource({
        "*/*,text/plain,true",
        "text/*,Text/HTML,true",
        "text/*,application/json,false",
        "text/plain,text/plain;a=b,true",
        "text/plain,text/html,false",
        "TEXT/plain;q=0.5,text/PLAIN,true"
    })
    void ranges(String range, String type, boolean expected) {
        assertThat(MediaType.of(range).includes(MediaType.of(type))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "foo",
                "text/",
                "/plain",
                "text plain",
                "text/plain x",
                "text/plain;;",
                "text/plain,a/b",
                "t@/p"
            })
    void malformed(String text) {
        assertThat(Faults.isMalformed(() -> MediaType.parse(text))).isTrue();
    }
}
