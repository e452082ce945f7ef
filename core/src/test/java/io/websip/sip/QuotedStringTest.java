package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 sections 7.3.1 and 25.1. */
class QuotedStringTest {
    private static String unquoted(String text) {
        byte[] bytes = Bytes.utf8("x" + text + "y");
        return QuotedString.unquote(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"a\"", "\"a b\"", "\"\\\"\"", "\"\\\\\"", "\"a\\\"b\""})
    void quoted(String text) {
        assertThat(QuotedString.isQuoted(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "a", "ab", "\"a", "a\"", "\"a\"b\"", "\"a\"b", "\"\\\"", "\"a\\\"", " \"a\""})
    void notQuoted(String text) {
        assertThat(QuotedString.isQuoted(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"\"', ''",
        "'\"a\"', a",
        "'\"\\\"\"', '\"'",
        "'\"\\a\\b\"', ab",
        "'\"a\\\\\"', 'a\\'",
        "'\"\\\"', '\\'",
        "'\"ab\\\"', 'ab\\'"
    })
    void escapesAreUndone(String text, String value) {
        assertThat(unquoted(text)).isEqualTo(value);
    }

    @Test
    void foldsAreSpacesAndCannotBeEscaped() {
        assertThat(unquoted("\"a\r\n b\"")).isEqualTo("a b");
        assertThat(unquoted("\"a\r\n \t b\"")).isEqualTo("a b");
        assertThat(unquoted("\"a\n b\"")).isEqualTo("a b");
        assertThat(unquoted("\"a\\\r\n b\"")).isEqualTo("a b");
        assertThat(unquoted("\"a\\\n b\"")).isEqualTo("a b");
        assertThat(unquoted("\"\r\n a\"")).isEqualTo(" a");
        assertThat(unquoted("\"a\r\n \"")).isEqualTo("a ");
        assertThat(unquoted("\"a\\\r\"")).isEqualTo("a ");
        assertThat(unquoted("\"\u20ac\r\n \u20ac\"")).isEqualTo("\u20ac \u20ac");
    }

    @Test
    void whatIsQuotedIsUnquotedAgain() {
        for (String text : new String[] {"", "a", "\"", "\\", "\\\"", "a\\b\"c", "\u20ac", " "}) {
            assertThat(unquoted(QuotedString.quote(text))).isEqualTo(text);
            assertThat(QuotedString.isQuoted(QuotedString.quote(text))).isTrue();
        }
    }
}
