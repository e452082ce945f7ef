package io.websip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.websip.sip.SipUri;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no target is named, and the password in it is not. */
class TargetParserTest {
    private static final SipUri OWN = SipUri.of("sip:alice@example.com");

    @ParameterizedTest
    @DisplayName("G8: an exception shows no password that stands in a URI")
    @CsvSource({
        "sip:bob:secret@example com,sip:bob:...@example com",
        "SIPS:bob:secret@,SIPS:bob:...@",
        "bob:secret:and@more@,bob:...@",
        "im:bob:secret@,im:bob:...@",
        "tel:bob:secret@example.com,tel:bob:...@example.com",
        "mailto:bob:secret@example.com,mailto:bob:...@example.com",
        "sip:bob:secret@example.com?x=y,sip:bob:...@example.com?x=y",
        "mailto:bob@example.com,mailto:bob@example.com",
        "sip:[::1]:x,sip:[::1]:x",
        "<bob>,<bob>"
    })
    void shownWithoutPassword(String target, String shown) {
        assertThatExceptionOfType(InvalidTargetException.class)
                .isThrownBy(() -> TargetParser.parse(target, OWN))
                .withMessageStartingWith("invalid target '" + shown + "': ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    private static String target(String given) {
        return TargetParser.parse(given, OWN).toString();
    }

    @ParameterizedTest
    @DisplayName("RFC 3261 19.1.4: a complete URI stays octet by octet, since ; and %3B are two addresses")
    @ValueSource(
            strings = {
                "sip:+358-555-1234567;postd=pp22@example.com;user=phone",
                "sip:a&b@example.com",
                "sip:a=b@example.com",
                "sip:smith,j@example.com",
                "sip:x$1@example.com",
                "sip:room;v=2@example.com",
                "sip:%41@example.com",
                "sip:A@example.com",
                "sip:%2F@example.com",
                "sip:/@example.com",
                "sip:%c3%B6@example.com",
                "sip:a%3Bb@example.com",
                "sip:alice;day=tuesday@atlanta.com",
                "sip:1.2.3@example.com",
                "sip:bob:pass&word@example.com",
                "sip:5550100;phone-context=example.com@example.com;user=phone",
                "sips:bob@EXAMPLE.com:5061;transport=ws;x;y=%20[1]/:&+$",
                "sip:bob@192.0.2.1:5060",
                "sip:bob@[2001:db8::10]:5060",
                "sip:bob@[::ffff:192.0.2.1]",
                "sip:bob@[1:2:3:4:5:6:7:8]",
                "sip:bob@[::]",
                "sip:bob@kamailio_1",
                "sip:bob@1af019b2ba08",
                "sip:bob@example.com.",
                "sip:34020000002000000001@3402000000",
                "sip:34020000002000000001@3402000000.:5060",
                "sip:x@5060",
                "sip:x@010.1.1.1",
                "sip:bob@a--b.invalid"
            })
    void complete(String uri) {
        assertThat(target(uri)).isEqualTo(uri);
    }

    @ParameterizedTest
    @DisplayName("RFC 3261 19.1.2: what the grammar forbids in a complete URI is escaped, and nothing else")
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:9901#1@example.com | sip:9901%231@example.com",
                "sip:jörg;x=y@example.com | sip:j%C3%B6rg;x=y@example.com",
                "sip:john smith@example.com | sip:john%20smith@example.com",
                "sip:ussd^[{1}]`@example.com | sip:ussd%5E%5B%7B1%7D%5D%60@example.com",
                "sip:a@b@example.com | sip:a%40b@example.com",
                "sip:u:p?w;d@example.com | sip:u:p%3Fw%3Bd@example.com",
                "sip:u:p:w@example.com | sip:u:p%3Aw@example.com",
                "bob;x=1@example.com | sip:bob;x=1@example.com",
                "im:b&b@example.com | sip:b&b@example.com",
                "sip:b\"b@example.com | sip:b%22b@example.com",
                "sip:bob@example.com;x=ü | sip:bob@example.com;x=%C3%BC",
                "sip:bob@example.com;x=a b#c | sip:bob@example.com;x=a%20b%23c",
                "sip:bob@example.com;x=a,b | sip:bob@example.com;x=a%2Cb",
                "sip:bob@example.com;x=VG8=;y | sip:bob@example.com;x=VG8%3D;y",
                "sip:bob@example.com;x=\"VG8=\" | sip:bob@example.com;x=%22VG8%3D%22",
                "sip:bob@example.com; | sip:bob@example.com",
                "sip:bob@example.com;lr; | sip:bob@example.com;lr"
            })
    void escaped(String given, String sent) {
        assertThat(target(given)).isEqualTo(sent);
        assertThat(target(sent)).isEqualTo(sent);
    }

    @ParameterizedTest
    @DisplayName("a username is normalized as JsSIP does, separators of a number taken out")
    @CsvSource({
        "%61lice,sip:alice@example.com",
        "a;b,sip:a%3Bb@example.com",
        "a&b=c$d,sip:a%26b%3Dc%24d@example.com",
        "1.2.3,sip:123@example.com",
        "+1-201.555 (0123),sip:+12015550123@example.com",
        "1+2,sip:1+2@example.com",
        "**20,sip:**20@example.com",
        "*97,sip:*97@example.com",
        "#31#,sip:%2331%23@example.com"
    })
    void username(String given, String sent) {
        assertThat(target(given)).isEqualTo(sent);
    }

    @ParameterizedTest
    @DisplayName("RFC 3966 3, RFC 3261 19.1.6: local and global numbers with all their parameters")
    @CsvSource({
        "tel:*97;phone-context=example.com,*97;phone-context=example.com",
        "tel:**20;phone-context=example.com,**20;phone-context=example.com",
        "tel:#31#;phone-context=example.com,%2331%23;phone-context=example.com",
        "tel:%2331%23;phone-context=example.com,%2331%23;phone-context=example.com",
        "tel:*100%23;phone-context=example.com,*100%23;phone-context=example.com",
        "tel:*100#;phone-context=+1,*100%23;phone-context=+1",
        "tel:1A2-bF;phone-context=pbx_1.example.com,1A2bF;phone-context=pbx_1.example.com",
        "tel:abc;phone-context=example.com,abc;phone-context=example.com",
        "tel:1A,1A",
        "tel:*97,*97",
        "tel:5550100;phone-context=example.com,5550100;phone-context=example.com",
        "tel:863-1234;phone-context=+1-914-555,8631234;phone-context=+1-914-555",
        "tel:+1-201-555-0123;ext=22,+12015550123;ext=22",
        "tel:+12015550123;isub=1411,+12015550123;isub=1411",
        "tel:+12015550123;isub=12:34/5;x,+12015550123;isub=12%3A34/5;x",
        "tel:+12015550123;isub=a@b,+12015550123;isub=a%40b",
        "tel:+12015550123;isub=%2a,+12015550123;isub=%2a",
        "tel:+358-555-1234567;postd=pp22,+3585551234567;postd=pp22",
        "TEL:+1;npdi;rn=+15550100,+1;npdi;rn=+15550100",
        "tel:+1;,+1"
    })
    void tel(String given, String user) {
        assertThat(target(given)).isEqualTo("sip:" + user + "@example.com;user=phone");
        assertThat(target(target(given))).as("what comes back").isEqualTo(target(given));
    }

    @ParameterizedTest
    @DisplayName("RFC 3966 3: what is no telephone number")
    @ValueSource(
            strings = {
                "tel:",
                "tel:-",
                "tel:+",
                "tel:+*97",
                "tel:+1A",
                "tel:bob",
                "tel:abc",
                "tel:1+2",
                "tel:%",
                "tel:1%2g",
                "tel:1%40",
                "tel:1@example.com",
                "tel:+1;;x",
                "tel:+1;=x",
                "tel:+1;x y",
                "tel:+1;ext=",
                "tel:+1;ext=abc",
                "tel:1;phone-context=",
                "tel:1;phone-context=bücher.example",
                "tel:1;phone-context=a:5060",
                "tel:1;phone-context=+x",
                "tel:+1;isub=%4"
            })
    void noTel(String given) {
        assertThatExceptionOfType(InvalidTargetException.class).isThrownBy(() -> target(given));
    }

    @ParameterizedTest
    @DisplayName("RFC 3261 25.1: what peers are let off with, a target is not")
    @ValueSource(
            strings = {
                "bob@[:1:]",
                "sip:bob@[::1::2]",
                "sip:bob@[1:2:3]",
                "sip:bob@[1:2:3:4:5:6:7:8:9]",
                "sip:bob@[::1:2:3:4:5:6:7:8]",
                "sip:bob@[::12345]",
                "sip:bob@[::1.2.3.4:1]",
                "sip:bob@[2001:db8:::1]",
                "bob@-example-.com",
                "bob@-example.com",
                "bob@example-.com",
                "bob@example.com-",
                "bob@example.com-.",
                "bob@a.-b.c",
                "bob@example.1.",
                "bob@example.1",
                "sip:bob@h:0",
                "sip:bob@h:",
                "sip:bob@h;transport=",
                "sip:bob@h;transport=;lr",
                "sip:bob@h;;lr",
                "sip:bob@h;;",
                "sip:bob@h;=x",
                "sip:bob@1.2.3",
                "sip:bob@1.2.3.256",
                "sip:bob@h?",
                "sip:a%4@h",
                "sip:\ud800@h",
                "sip:bob@h;x=\ud800",
                "\ud800"
            })
    void strict(String given) {
        assertThatExceptionOfType(InvalidTargetException.class).isThrownBy(() -> target(given));
    }

    @ParameterizedTest
    @DisplayName("digits in the place of a host are an extension that was meant")
    @ValueSource(strings = {"sip:100", "sip:5550100;transport=ws"})
    void extension(String given) {
        assertThatExceptionOfType(InvalidTargetException.class)
                .isThrownBy(() -> target(given))
                .withMessageContaining("it names no user");
    }

    @ParameterizedTest
    @DisplayName("RFC 5890: a domain of other letters is refused, and the way out named")
    @CsvSource({
        "sip:bob@bücher.example,xn--bcher-kva.example",
        "bob@bücher.example:5060,xn--bcher-kva.example",
        "sip:bücher.example;x=y,xn--bcher-kva.example",
        "sip:bob@­,java.net.IDN.toASCII"
    })
    void otherLetters(String given, String way) {
        assertThatExceptionOfType(InvalidTargetException.class)
                .isThrownBy(() -> target(given))
                .withMessageContaining(way);
    }
}
