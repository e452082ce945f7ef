package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 sections 19.1.2 and 25.1: what may stand in a URI that is sent. */
class GivenUriTest {
    @ParameterizedTest
    @DisplayName("19.1.2 what a peer left raw is sent escaped, and means the same")
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:9901#1@h|sip:9901%231@h",
                "sip:j\u00f6rg:p@h|sip:j%C3%B6rg:p@h",
                "sip:u@h:5060;x=a,b;\u00fc;lr|sip:u@h:5060;x=a%2Cb;%C3%BC;lr",
                "sip:h;p=\u20ac?Subject=\u00fc&a=b|sip:h;p=%E2%82%AC?Subject=%C3%BC&a=b",
                "SIPS:#@h|SIPS:%23@h"
            })
    void escaped(String raw, String sent) {
        SipUri uri = SipUri.of(raw);

        assertThat(uri).hasToString(raw);
        assertThat(uri.escaped()).hasToString(sent);
        assertThat(uri.matches(SipUri.of(sent))).isTrue();
        assertThat(SipUri.of(sent).matches(uri)).isTrue();
        assertThat(uri.matchKey()).isEqualTo(SipUri.of(sent).matchKey());
    }

    @ParameterizedTest
    @DisplayName("19.1.2 a URI in which nothing is raw is itself")
    @ValueSource(
            strings = {
                "sip:h",
                "sip:a;b=c&d,e$f?g/h+i%41%2f@H:1;p;q=[1]/:&+$;r=%20;s=?x=%20&y=[1]/?:+$",
                "sips:u:p&=+$,@[::1];lr="
            })
    void legal(String text) {
        SipUri uri = SipUri.of(text);

        assertThat(uri.escaped()).isSameAs(uri);
    }

    @ParameterizedTest
    @DisplayName("19.1.4 reserved characters are not their escapes")
    @CsvSource({"sip:a;b@h,sip:a%3Bb@h", "sip:/@h,sip:%2F@h", "sip:a@h,sip:a%40@h"})
    void reserved(String one, String other) {
        assertThat(SipUri.of(one).matches(SipUri.of(other))).isFalse();
    }

    @Test
    @DisplayName("19.1.2 the URI of a name address, between what stands around it")
    void nameAddress() throws SipParseException {
        assertThat(NameAddress.parse("\"J\u00f6rg #1\" <sip:j\u00f6rg@h;lr>;x=\"y\"")
                        .escaped())
                .hasToString("\"J\u00f6rg #1\" <sip:j%C3%B6rg@h;lr>;x=\"y\"");
        assertThat(NameAddress.parse("sip:a#b@h;tag=1").escaped()).hasToString("<sip:a%23b@h>;tag=1");
        NameAddress legal = NameAddress.parse("Bob <sip:b@h>");
        assertThat(legal.escaped()).isSameAs(legal);
        NameAddress other = NameAddress.parse("<tel:#31#>");
        assertThat(other.escaped()).isSameAs(other);
    }

    @ParameterizedTest
    @DisplayName("25.1 what a program gives is no URI, and the text says why")
    @CsvSource({
        "' sip:a@h',white space",
        "'sip:a@h ',white space",
        "'sip:a\u001b@h',control characters",
        "'sip:a@h;x=\u0085',control characters",
        "'sip:<a@h',angle brackets",
        "'sip:\ud800@h',half of a surrogate pair",
        "'sip:a@b\u00fccher.example',xn--bcher-kva.example",
        "'sip:a@[:1:]',IPv6",
        "'sip:a@-h',hyphen",
        "'sip:a@h.1',IPv4",
        "'sip:a@h:0',port",
        "'sip:a@h;x=',no value",
        "'sip:a@h;;x',no name",
        "'tel:1',scheme",
        "'',scheme"
    })
    void malformed(String text, String why) {
        assertThatExceptionOfType(SipParseException.class)
                .isThrownBy(() -> SipUri.given(text))
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @DisplayName("25.1 digits without a dot are a domain, digits with dots an IPv4 address")
    @CsvSource({
        "3402000000,true",
        "3402000000.,true",
        "5060,true",
        "1,true",
        "010.1.1.1,true",
        "1.2.3.4.,true",
        "1.2.3,false",
        "1.2,false",
        "1.2.3.4.5,false",
        "1.2.3.256,false",
        "1..,false",
        ".1,false"
    })
    void digits(String host, boolean good) {
        assertThat(Scan.isHost(host)).isEqualTo(good);
    }
}
