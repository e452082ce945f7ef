package io.websip.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("text of a peer is made visible before anybody sees it")
class VisibleTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 8, 9, 0xa, 0xb, 0xc, 0xd, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0x61c, 0x200e, 0x200f, 0x2028,
                0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xfff9, 0xfffb, 0xd800, 0xdbff, 0xdc00, 0xdfff
            })
    @DisplayName("a character that acts in place of being shown is replaced on a line")
    void replaced(int character) {
        assertThat(Visible.line("a" + (char) character + "b")).isEqualTo("a\ufffdb");
        assertThat(Visible.line((char) character + "")).isEqualTo("\ufffd");
        assertThat(Visible.isLine("a" + (char) character)).isFalse();
    }

    @Test
    @DisplayName("each character of the two lowest blocks is replaced exactly if Java calls it a control")
    void controls() {
        for (char c = 0; c < 0x250; c++) {
            assertThat(Visible.line(String.valueOf(c)).equals("\ufffd"))
                    .as("U+%04X", (int) c)
                    .isEqualTo(Character.isISOControl(c));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Zoë sagt \"hi\" {0} 'x' \\",
                "\ud83d\ude00\ud83d\ude00",
                "\u05d0\u0628 \u4f60\u597d",
                "\ufffd",
                "\u200d\u00a0\ufeff"
            })
    @DisplayName("any other text stays the very object that it was")
    void untouched(String text) {
        assertThat(Visible.line(text)).isSameAs(text);
        assertThat(Visible.lines(text)).isSameAs(text);
        assertThat(Visible.isLine(text)).isTrue();
    }

    @Test
    @DisplayName("in several lines LF and tabs stay, CR LF is LF, a lone CR is replaced")
    void lines() {
        assertThat(Visible.lines("a\r\nb\n\tc\rd\u2028e\u001b[2J\ud800"))
                .isEqualTo("a\nb\n\tc\ufffdd\ufffde\ufffd[2J\ufffd");
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 6, abcdef", "abcdef, 5, abcde...", "abcdef, 0, ...", "abcdef, -1, ..."})
    @DisplayName("a line has a length at most")
    void bounded(String text, int max, String shown) {
        assertThat(Visible.line(text, max)).isEqualTo(shown);
    }

    @Test
    @DisplayName("a surrogate pair is not cut in two")
    void pairs() {
        assertThat(Visible.line("ab\ud83d\ude00c", 3)).isEqualTo("ab...");
        assertThat(Visible.line("ab\ud83d\ude00c", 4)).isEqualTo("ab\ud83d\ude00...");
        assertThat(Visible.line("\ud83d\ud83d\ude00\ude00")).isEqualTo("\ufffd\ud83d\ude00\ufffd");
    }

    @Test
    @DisplayName("what has no other bound has 500 characters")
    void defaultBound() {
        assertThat(Visible.line("x".repeat(70_000))).isEqualTo("x".repeat(500) + "...");
    }

    @Test
    @DisplayName("a throwable is one line, also if its own methods throw")
    void throwables() {
        assertThat(Visible.line(new IllegalStateException("bye\n2026 INFO forged")))
                .isEqualTo("java.lang.IllegalStateException: bye\ufffd2026 INFO forged");
        Exception broken = new Exception() {
            @Override
            public String toString() {
                throw new AssertionError();
            }
        };
        assertThat(Visible.line(broken)).isEqualTo(broken.getClass().getName());
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @DisplayName("throwables that suppress each other are looked at for a while only")
    void suppressed() {
        List<Throwable> all =
                Stream.generate(() -> new Throwable("x")).limit(12).toList();
        for (Throwable one : all) {
            all.stream().filter(other -> other != one).forEach(one::addSuppressed);
        }
        assertThat(Visible.failure(all.get(0))).hasToString("java.lang.Throwable: x");
    }

    @Test
    @DisplayName("the copy of a failure of TLS is one, too, also as a cause")
    void tls() {
        Exception forged = new SSLException("CN=\u001b[2J is not trusted");
        assertThat(Visible.failure(forged))
                .isInstanceOf(SSLException.class)
                .hasToString("javax.net.ssl.SSLException: CN=\ufffd[2J is not trusted");
        assertThat(Visible.failure(new IllegalStateException("x", forged)))
                .isNotInstanceOf(SSLException.class)
                .hasCauseInstanceOf(SSLException.class);
    }
}
