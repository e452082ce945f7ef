package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.text.UriText;
import io.websip.text.Visible;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 section 19.1, RFC 5118. */
class SipUriTest {
    @Test
    @DisplayName("URI-01 all parts")
    void allParts() {
        SipUri uri = SipUri.of("SIPS:%61liCE:pa%20ss@versaTICA.Com:6060;TRansport=TCp;Foo=ABc;baz"
                + "?X-Header-1=AaA1&X-Header-2=BbB&x-header-1=AAA2");

        assertThat(uri.scheme()).isEqualTo("sips");
        assertThat(uri.secure()).isTrue();
        assertThat(uri.user()).contains("aliCE");
        assertThat(uri.rawUser()).contains("%61liCE");
        assertThat(uri.password()).contains("pa ss");
        assertThat(uri.host()).isEqualTo("versaTICA.Com");
        assertThat(uri.port()).isEqualTo(6060);
        assertThat(uri.parameters().get("transport")).contains("TCp");
        assertThat(uri.parameters().get("baz")).contains("");
        assertThat(uri.parameters().names()).containsExactly("TRansport", "Foo", "baz");
        assertThat(uri.headers()).contains("X-Header-1=AaA1&X-Header-2=BbB&x-header-1=AAA2");
        assertThat(uri.withoutHeaders().headers()).isEmpty();
        assertThat(uri.toAor()).hasToString("sips:%61liCE@versatica.com");
        assertThat(uri.toString()).startsWith("SIPS:%61liCE");
    }

    @Test
    @DisplayName("URI-01 the least of parts")
    void leastParts() {
        SipUri uri = SipUri.of("sip:h");

        assertThat(uri.user()).isEmpty();
        assertThat(uri.rawUser()).isEmpty();
        assertThat(uri.password()).isEmpty();
        assertThat(uri.port()).isEqualTo(-1);
        assertThat(uri.headers()).isEmpty();
        assertThat(uri.isLooseRouter()).isFalse();
        assertThat(uri.withoutHeaders()).isSameAs(uri);
        assertThat(uri.toAor()).isEqualTo(uri);
    }

    @ParameterizedTest
    @DisplayName("URI-01 a user may hold what elsewhere separates")
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:user;par=u%40example.net@example.com|user;par=u@example.net",
                "sip:a?b/c,d=e&f+g$h@example.com|a?b/c,d=e&f+g$h",
                "sip:a;x=y@example.com|a;x=y",
                "sip:#999@example.com|#999",
                "sip:I\u00f1aki@example.com|I\u00f1aki",
                "sip:+1-201-555-0123@example.com|+1-201-555-0123"
            })
    void users(String text, String user) {
        SipUri uri = SipUri.of(text);

        assertThat(uri.user()).contains(user);
        assertThat(uri.host()).isEqualTo("example.com");
        assertThat(uri.parameters().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @DisplayName("URI-02 escapes are undone once")
    @CsvSource({
        "%61lice,alice",
        "value%2541,value%41",
        "%25%34%31,%41",
        "%E2%82%ac,\u20ac",
        "%C3%B1,\u00f1",
        "%ff,\ufffd"
    })
    void escapes(String raw, String user) {
        assertThat(SipUri.of("sip:" + raw + "@h").user()).contains(user);
    }

    @Test
    @DisplayName("URI-02 %00 ends nothing")
    void escapedNul() {
        assertThat(SipUri.of("sip:null-%00-null@h").user()).contains("null-\0-null");
        assertThat(SipUri.of("sip:%00@h").matches(SipUri.of("sip:%00%00@h"))).isFalse();
    }

    @ParameterizedTest
    @DisplayName("URI-02 a percent sign needs two hexadecimal digits")
    @ValueSource(strings = {"%", "%4", "%4g", "%zz", "a%", "%%41"})
    void badEscapes(String raw) {
        for (String text :
                new String[] {"sip:" + raw + "@h", "sip:u:" + raw + "@h", "sip:h;p=" + raw, "sip:h?h=" + raw}) {
            assertThat(Faults.isMalformed(() -> SipUri.parse(text))).as(text).isTrue();
        }
    }

    @ParameterizedTest
    @DisplayName("malformed URIs are refused")
    @ValueSource(
            strings = {
                "",
                "sip",
                "sip:",
                "sip:@h",
                "sip:u@",
                "sip:u@h:",
                "sip:u@h:x",
                "sip:u@h:65536",
                "sip:u@h:-1",
                "sip:u@h:99999999999",
                "sip:u@h;;x",
                "sip:u@h;=x",
                "sip:u@h;x=y>",
                "sip:u@h;x=\u007f",
                "sip:u@h?",
                "sip:u@h?x",
                "sip:u@h?x=1&",
                "sip:u@h?x=1&y",
                "sip:u@h?=1",
                "sip:u@h?x=1&=2",
                "sip:u@h?&",
                "sip:u@h?x=\u007f",
                "sip:u\u007fu@h",
                "sip:u@v@h",
                "sip:u v@h",
                "sip:\"u\"@h",
                "sip:<u>@h",
                "sip:u@h h",
                "sip:u@h/x",
                "sip:u@ibc\u00f1aki.com",
                "sip:u@h..h",
                "sip:u@.h",
                "sip:u@1.2.3.444",
                "sip:u@1.2.3",
                "sip:u:p?@h",
                "sip:u:p:q@h",
                "tel:+1",
                "bob",
                "sip::@h",
                "sip:u@h,x",
                "sip:u@[::1",
                "sip:u@::1",
                "sip:u@[]",
                "sip:u@[1]",
                "sip:u@[h]",
                "sip:u@[1.2.3.4]",
                "sip:u@[::1]x",
                "sip:u@[fe80::1%25eth0]",
                "sip:u@[12345::1]",
                "sip:u@[1:2:3:4:5:6:7:8:9:a]"
            })
    void malformed(String text) {
        assertThat(Faults.isMalformed(() -> SipUri.parse(text))).isTrue();
        assertThatThrownBy(() -> SipUri.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + Visible.line(UriText.withoutPassword(text)) + "'");
    }

    @ParameterizedTest
    @DisplayName("what a peer may write the program may not, and no more may be sent")
    @CsvSource({
        "sip:u@h;,sip:u@h,true",
        "sip:u@h;lr;,sip:u@h;lr,true",
        "sip:u@h;x=y=z,sip:u@h;x=y=z,false",
        "sip:u@h;x=\"y\",sip:u@h;x=\"y\",false"
    })
    void overlooked(String text, String read, boolean wellFormed) throws SipParseException {
        SipUri uri = SipUri.parse(text);

        assertThat(uri).hasToString(read);
        assertThat(uri.isWellFormed()).isEqualTo(wellFormed);
        assertThat(uri.matches(uri)).isTrue();
        assertThatThrownBy(() -> SipUri.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @DisplayName("hosts: names, with underscore or trailing dot, IPv4 addresses")
    @ValueSource(
            strings = {
                "h",
                "example.com",
                "EXAMPLE.com",
                "1.2.3.4",
                "1.2.3.4.bar.qwe-asd.foo",
                "a_b.c",
                "3402000000",
                "3402000000.",
                "example.com.",
                "a--b.invalid",
                "3com.com",
                "255.255.255.255"
            })
    void hosts(String host) {
        assertThat(SipUri.of("sip:u@" + host + ":5060;p").host()).isEqualTo(host);
        assertThat(SipUri.of(false, "u", host, -1).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @DisplayName("URI-09 IPv6 references")
    @ValueSource(
            strings = {
                "[2001:db8::10]",
                "[::1]",
                "[::]",
                "[2001:DB8:0:0:0:0:0:10]",
                "[::ffff:192.0.2.10]",
                "[2001:db8:::192.0.2.1]",
                "[2001:db8::10:5070]",
                "[1:ab::FF]"
            })
    void ipv6(String host) throws SipParseException {
        assertThat(SipUri.of("sip:" + host).host()).isEqualTo(host);
        assertThat(SipUri.of("sip:u@" + host + ":5070;transport=ws").port()).isEqualTo(5070);
        assertThat(SipUri.of(true, "u", host, 1)).hasToString("sips:u@" + host + ":1");
        Via via = Via.parse("SIP/2.0/WS " + host + ":9;received=" + host + ";branch=z9hG4bKas3-111");
        assertThat(via.host()).isEqualTo(host);
        assertThat(via.parameters().get("received")).contains(host);
    }

    @ParameterizedTest
    @DisplayName("URI-09 an IPv6 address without brackets makes a Request-URI malformed: 400")
    @ValueSource(strings = {"sip:2001:db8::10", "sip:user@2001:db8::10", "sip:fe80::1", "sip:user@2001:db8::10:5070"})
    void unbracketedIpv6(String uri) {
        assertThat(MessageText.request()
                        .start("MESSAGE " + uri + " SIP/2.0")
                        .fault()
                        .statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("URI-09 received without brackets is taken, in Via and Contact")
    void receivedWithoutBrackets() throws SipParseException {
        SipMessage m = MessageText.request()
                .set("Via", "SIP/2.0/WS [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3-111")
                .add("Contact: <sip:caller@[2001:db8::1]>;received=2001:db8::1")
                .message();

        assertThat(m.topVia().parameters().get("received")).contains("2001:db8::9:255");
        assertThat(m.contacts().get(0).parameters().get("received")).contains("2001:db8::1");
    }

    @ParameterizedTest
    @DisplayName("lr is a flag, whatever value it comes with")
    @ValueSource(
            strings = {
                "sip:h;lr",
                "sip:h;LR",
                "sip:h;lr=on",
                "sip:h;lr=true",
                "sip:h;x=y;lr=",
                "sip:h;lr=;x",
                "sip:h;%6C%72",
                "sip:h;l%52=on"
            })
    void looseRouter(String text) throws SipParseException {
        assertThat(SipUri.of(text).isLooseRouter()).isTrue();
        assertThat(NameAddress.parse("<" + text + ">").uri()).isEqualTo(SipUri.of(text));
    }

    @Test
    @DisplayName("made from parts, a user is escaped as needed")
    void ofParts() {
        assertThat(SipUri.of(false, "bob", "example.com", -1)).hasToString("sip:bob@example.com");
        assertThat(SipUri.of(true, null, "example.com", 5061)).hasToString("sips:example.com:5061");
        assertThat(SipUri.of(false, "\u20ac\u20ac", "h", 0)).hasToString("sip:%E2%82%AC%E2%82%AC@h:0");
        assertThat(SipUri.escapeUser("a@b:c%d e")).isEqualTo("a%40b%3Ac%25d%20e");
        assertThatThrownBy(() -> SipUri.of(false, "", "h", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipUri.of(false, "u", "h", -2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipUri.of(false, "u", "h", 65_536)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @DisplayName("URI-07, URI-10 any absolute URI is taken as it is")
    @CsvSource({
        "tel:+1-201-555-0123,tel",
        "im:bob@example.com,im",
        "urn:service:sos,urn",
        "https://example.com/a?b#c,https",
        "isbn:2983792873,isbn",
        "name:John_Smith,name",
        "soap.beep://192.0.2.103:3002,soap.beep",
        "nobodyKnowsThisScheme:totallyopaquecontent,nobodyknowsthisscheme",
        "sipx:y,sipx"
    })
    void otherSchemes(String text, String scheme) throws SipParseException {
        SipRequest request = (SipRequest) MessageText.request()
                .start("MESSAGE " + text + " SIP/2.0")
                .set("To", "<" + text + ">")
                .set("From", "<" + text + ">;tag=1")
                .add("Contact: " + "<" + text + ">;expires=1")
                .message();

        assertThat(request.requestUri()).isInstanceOf(OpaqueUri.class).hasToString(text);
        assertThat(request.requestUri().scheme()).isEqualTo(scheme);
        assertThat(request.to().uri()).isEqualTo(request.requestUri());
        assertThat(request.from().uri().hashCode())
                .isEqualTo(request.requestUri().hashCode());
        assertThat(request.from().tag()).contains("1");
        assertThat(request.contacts().get(0).uri()).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "x:",
                ":x",
                "1x:y",
                "x y:z",
                "x:y z",
                "x:<y>",
                "x:\"",
                "x\u00e4:y",
                "noscheme",
                "x:\u0001"
            })
    void noUri(String text) {
        assertThat(Faults.isMalformed(() -> Uri.parse(text))).isTrue();
    }

    @Test
    @DisplayName("URI-08 headers in a Request-URI are refused and can be taken off")
    void headers() throws SipParseException {
        SipUri uri = SipUri.of("sip:b@x;p=1?Route=%3Csip:evil%3E");

        assertThat(uri.withoutHeaders()).hasToString("sip:b@x;p=1");
        assertThat(MessageText.request()
                        .start("MESSAGE " + uri + " SIP/2.0")
                        .fault()
                        .statusHint())
                .isEqualTo(400);
    }
}
