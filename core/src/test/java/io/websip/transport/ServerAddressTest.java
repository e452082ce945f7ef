package io.websip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs of RFC 6455 section 3. */
class ServerAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ws://h | false | h | 80 | /",
                "WSS://H | true | h | 443 | /",
                "ws://h: | false | h | 80 | /",
                "ws://kamailio_1:8080 | false | kamailio_1 | 8080 | /",
                "wss://a_b.example/sip?x=_ | true | a_b.example | 443 | /sip?x=_",
                "ws://1af019b2ba08:5066/ws | false | 1af019b2ba08 | 5066 | /ws",
                "ws://[::1]:5066 | false | [::1] | 5066 | /",
                "ws://[2001:DB8::1]/x | false | [2001:db8::1] | 80 | /x",
                "ws://h?t=1 | false | h | 80 | /?t=1",
                "ws://h//a/./b/../c;p=q?x[0]=/?:@ | false | h | 80 | //a/./b/../c;p=q?x[0]=/?:@",
                "ws://h/a[0] | false | h | 80 | /a%5B0%5D",
                "ws://h/%c3%A4%7c | false | h | 80 | /%c3%A4%7c",
                "ws://h/\u010dadmin?x=\u20ac | false | h | 80 | /%C4%8Dadmin?x=%E2%82%AC"
            })
    void parts(String url, boolean secure, String host, int port, String resource) {
        ServerAddress address = ServerAddress.parse(url);
        assertThat(address.secure()).isEqualTo(secure);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.resource()).isEqualTo(resource);
        assertThat(ServerAddress.parse("ws" + (secure ? "s" : "") + "://" + host + ":" + port + resource))
                .isEqualTo(address);
    }

    @Test
    void whatATokenMayHoldIsEscapedInTheQuery() {
        assertThat(ServerAddress.parse("ws://h/?t=a|b{c}\\^`\"<>").resource())
                .isEqualTo("/?t=a%7Cb%7Bc%7D%5C%5E%60%22%3C%3E");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h",
                "//h",
                "http://h",
                "ws:h",
                "ws:/h",
                "ws://",
                "ws:///x",
                "ws://:80",
                "ws://h:0",
                "ws://h:65536",
                "ws://h:99999999999",
                "ws://h:-1",
                "ws://h:+1",
                "ws://h:x",
                "ws://h:80:80",
                "ws://h h",
                "ws://h\\x",
                "ws://h/#",
                "ws://h#x",
                "ws://u@h",
                "ws://u:p@h",
                "ws://@h",
                "ws://::1",
                "ws://[::1]x",
                "ws://[::1",
                "ws://-h",
                "ws://h..h",
                "ws://3402000000",
                "ws://1.2.3",
                "ws://b\u00fccher.example",
                "ws://%61",
                "ws://h/ ",
                "ws://h/a b",
                "ws://h/\r\nX: y",
                "ws://h/\0",
                "ws://h/\u007f",
                "ws://h/%",
                "ws://h/%4",
                "ws://h/?%zz",
                "ws://h/\ud800"
            })
    void refused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.parse(url))
                .withMessageStartingWith("server ")
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).chars()).noneMatch(Character::isISOControl));
    }

    @Test
    void aPathAndQueryThatNoServerTakesAreRefused() {
        String longest = "/?" + "x".repeat(7_998);
        assertThat(ServerAddress.parse("wss://h" + longest).resource()).isEqualTo(longest);
        for (String resource : new String[] {longest + "x", "/" + "\u20ac".repeat(889), "/" + "x".repeat(1 << 20)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ServerAddress.parse("wss://h" + resource))
                    .withMessageContaining("8000 are allowed")
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
        }
    }
}
