package io.websip.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTextTest {
    @ParameterizedTest
    @DisplayName(
            "a password in what may be a SIP URI is not shown, whether a scheme stands in front, and escaped or not")
    @CsvSource({
        "sip:u:p@h,sip:u:...@h",
        "SIPS:u:p:q@r@h:5061;x=y,SIPS:u:...@h:5061;x=y",
        "sip:u:@h,sip:u:...@h",
        "sip:u@h:5060,sip:u@h:5060",
        "sip:u@[::1],sip:u@[::1]",
        "sip:h:5060;x=y,sip:h:5060;x=y",
        "urn:uuid:0,urn:uuid:0",
        "nothing,nothing",
        "alice:password@example.com,alice:...@example.com",
        "alice:password@h?x=1,alice:...@h?x=1",
        "a b:password@h,a b:...@h",
        "x:a:password@h,x:...@h",
        "alice@h:5060,alice@h:5060",
        "sip:a:password%40h,sip:a:...%40h",
        "sip:a%3Apassword%40h,sip:a%3A...%40h",
        "sip:a%3apassword%40h,sip:a%3a...%40h",
        "a%3Apassword%40h,a%3A...%40h",
        "sip:a%3Ab%40c@h,sip:a%3Ab%40c@h",
        "sip:a%40h:5060,sip:a%40h:5060",
        "mailto:a:password@h,mailto:a:...@h",
        "http://a:password@h,http://a:...@h",
        "'',''"
    })
    void withoutPassword(String text, String shown) {
        assertThat(UriText.withoutPassword(text)).isEqualTo(shown);
    }
}
