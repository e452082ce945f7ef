package io.websip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as JNDI writes them, and whatever else a name server may make of them. */
class RecordTextTest {
    @Test
    void srv() {
        assertThat(RecordText.srv("10 60 8443 Edge.Example.COM."))
                .contains(new SrvRecord(10, 60, 8443, "edge.example.com"));
        assertThat(RecordText.srv("0 0 0 .")).contains(new SrvRecord(0, 0, 0, "."));
    }

    @Test
    void naptr() {
        assertThat(RecordText.naptr("10 50 s SIPS+D2W \"\" _sips._ws.example.com."))
                .contains(new NaptrRecord(10, 50, "s", "SIPS+D2W", "", "_sips._ws.example.com"));
    }

    @Test
    void naptrWithStringsInQuotationMarks() {
        assertThat(RecordText.naptr("1 2 \"u\" \"E2U+sip x\" \"!^\\\\+(.*)$!sip:\\\"a\\\"!\" ."))
                .contains(new NaptrRecord(1, 2, "u", "E2U+sip x", "!^\\+(.*)$!sip:\"a\"!", "."));
    }

    @Test
    void addresses() {
        assertThat(RecordText.address("192.0.2.1").orElseThrow().getHostAddress())
                .isEqualTo("192.0.2.1");
        assertThat(RecordText.address("2001:db8:0:0:0:0:0:1").orElseThrow().getHostAddress())
                .isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10",
                "10 60 8443",
                "10 60 8443 ",
                "10 60 8443 a b",
                "10  60 8443 a",
                "-1 60 8443 a",
                "+1 60 8443 a",
                "65536 60 8443 a",
                "1 99999 8443 a",
                "1 1 4294967297 a",
                "1 1 \u0661 a",
                "1 1 x a",
                "1 1 443 a..b",
                "1 1 443 a b.",
                "1 1 443 a/b",
                "1 1 443 ldap://evil/x",
                "1 1 443 \"a\"b",
                "1 1 443 \"a",
                "1 1 443 a\\032b",
                "1 1 443 a\u0000b",
                "1 1 443 a\r\nb"
            })
    void brokenSrvIsLeftOut(String text) {
        assertThat(RecordText.srv(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 2 s SIPS+D2W _sips._ws.example.com.",
                "1 2 s SIPS+D2W \"\" \"\"",
                "1 2 s SIPS+D2W \"\\",
                "1 2 s SIPS+D2W \"\\\" a.",
                "1 2 s SIPS+D2W \"\" a. b.",
                "x 2 s SIPS+D2W \"\" a.",
                "1 2 s SIPS+D2W \"\" a/b."
            })
    void brokenNaptrIsLeftOut(String text) {
        assertThat(RecordText.naptr(text)).isEmpty();
    }

    /** Whatever is no literal would be looked up as a name by the JDK. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "999.1.1.1",
                "1.2.3",
                "1.2.3.4.5",
                "::g",
                ":::",
                "1:2",
                "fe80::1%eth0",
                "a.b.c.d"
            })
    void whatIsNoAddressIsLeftOut(String text) {
        assertThat(RecordText.address(text)).isEmpty();
    }

    @Test
    void tooLongIsLeftOut() {
        assertThat(RecordText.srv("1 1 443 " + "a.".repeat(128))).isEmpty();
        assertThat(RecordText.srv("1 1 443 " + "a".repeat(64))).isEmpty();
        assertThat(RecordText.srv(" ".repeat(1_000_000))).isEmpty();
        assertThat(RecordText.naptr("1 2 s " + "x".repeat(256) + " \"\" a.")).isEmpty();
    }

    @Test
    void nothingThrows() {
        String alphabet = "01 9.:\"\\as+-_\u0000\r\n\u00e9/";
        for (int seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String record = text.toString();
            assertThatCode(() -> {
                        RecordText.srv(record);
                        RecordText.naptr(record);
                        RecordText.address(record);
                    })
                    .as("seed %d: %s", seed, record)
                    .doesNotThrowAnyException();
        }
    }
}
