package io.websip.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3986 section 3.2.2 and RFC 1035 section 2.3.4, with the names that networks have. */
class HostNamesTest {
    @ParameterizedTest
    @CsvSource({
        "Example.COM,example.com",
        "kamailio_1,kamailio_1",
        "_sip._wss.Example.com,_sip._wss.example.com",
        "1af019b2ba08,1af019b2ba08",
        "3com.com,3com.com",
        "web.1a,web.1a",
        "example.com.,example.com.",
        "a--b.c,a--b.c",
        "192.0.2.1,192.0.2.1",
        "010.1.1.1,010.1.1.1",
        "[::1],[::1]",
        "[2001:DB8::1],[2001:db8::1]",
        "xn--bcher-kva.example,xn--bcher-kva.example"
    })
    void hosts(String given, String normal) {
        assertThat(HostNames.normal(given)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                ".a",
                "-a",
                "a-",
                "a.-b",
                "a b",
                "a\r\nb",
                "a\0",
                "a%41",
                "a:b",
                "a/b",
                "a@b",
                "3402000000",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "0010.1.1.1",
                "host.1",
                "[",
                "[]",
                "[::1",
                "[h]",
                "[:1:]",
                "::1"
            })
    void noHosts(String given) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostNames.normal(given));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 254})
    void tooLong(int length) {
        String host = length == 64 ? "a".repeat(64) : "ab.".repeat(84) + "ab";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostNames.normal(host))
                .withMessageContaining(String.valueOf(length));
    }

    @ParameterizedTest
    @CsvSource({
        "b\u00fccher.example,xn--bcher-kva.example",
        "m\u00fcnchen,xn--mnchen-3ya",
        "b\u00fc_cher,java.net.IDN.toASCII"
    })
    void otherLettersAreRefusedWithTheWayOut(String given, String way) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostNames.normal(given))
                .withMessageContaining(way);
    }

    @ParameterizedTest
    @CsvSource({
        "wss://h:0/sip?token=x,wss://h:0/sip",
        "wss://h/sip#x?y,wss://h/sip",
        "wss://u:p@h/x,wss://...@h/x",
        "u:p@h,...@h",
        "h?token=x,h",
        "h?next=ws://x,h",
        "wss://u:p?w@h,wss://...",
        "wss://u:p/w@h/,wss://...@h/",
        "wss://u:p//w@h/,wss://...@h/",
        "wss:u://p@h,...@h",
        "wss://h/?mail=a@b&token=x,wss://...",
        "wss://u%3Apassword%40h/x,wss://...@h/x",
        "wss://u:password%40h/,wss://...@h/",
        "wss:/u%3Apassword%40h,...@h",
        "wss://u%3Apassword/x,wss://.../x",
        "wss://u:password%2540h/x,wss://.../x",
        "wss://h%3Ftoken=x,wss://...",
        "h%3Ftoken=x/y,.../y",
        "wss://u:password/,wss://u:.../",
        "wss://:password,wss://:...",
        "wss://h:1:password/,wss://h:.../",
        "wss://u@h:password,wss://...@h:...",
        "wss://h/?mail=a%40b&token=x,wss://...",
        "wss://[::1]:0/x,wss://[::1]:0/x",
        "wss://h:70000/x,wss://h:70000/x",
        "/ws,/ws",
        "'wss://h\u001b[2J/\r\n',wss://h\ufffd[2J/\ufffd\ufffd"
    })
    void shown(String url, String shown) {
        assertThat(HostNames.shown(url)).isEqualTo(shown);
    }
}
