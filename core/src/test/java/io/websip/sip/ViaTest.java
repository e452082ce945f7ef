package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 section 20.42. */
class ViaTest {
    @Test
    @DisplayName("20.42 all parts, with white space wherever it may stand")
    void allParts() throws SipParseException {
        Via via = Via.parse(
                "SIP  /  2.0  / UDP  [1:ab::FF] : 6060 ;\r\n  BRanch=z9hG4bK1234;Param1=Foo;paRAM2;param3=\"a;b\" ");

        assertThat(via.transport()).isEqualTo("UDP");
        assertThat(via.host()).isEqualTo("[1:ab::FF]");
        assertThat(via.port()).isEqualTo(6060);
        assertThat(via.sentBy()).isEqualTo("[1:ab::ff]:6060");
        assertThat(via.branch()).contains("z9hG4bK1234");
        assertThat(via.parameters().get("PARAM2")).contains("");
        assertThat(via.parameters().get("param3")).contains("a;b");
        assertThat(via.parameters().get("none")).isEmpty();
        assertThat(Via.parse(" \tSIP/2.0/WS h ")).hasToString("SIP/2.0/WS h");
    }

    @Test
    @DisplayName("two spaces before the host, as Kamailio writes it, and its rport and received")
    void kamailio() throws SipParseException {
        Via via = Via.parse("SIP/2.0/WS  df7jal23ls0d.invalid;rport=52352;received=127.0.0.1;branch=z9hG4bK77");

        assertThat(via.host()).isEqualTo("df7jal23ls0d.invalid");
        assertThat(via.parameters().get("rport")).contains("52352");
        assertThat(via.branch()).contains("z9hG4bK77");
    }

    @ParameterizedTest
    @DisplayName("RFC 3581 rport with a value, without one, and with an empty one")
    @CsvSource({"rport=6060,6060", "rport,''", "rport=,''", "RPORT = 5,5"})
    void rport(String parameter, String value) throws SipParseException {
        Via via = Via.parse("SIP/2.0/WS h;" + parameter + ";branch=z9hG4bK1");

        assertThat(via.parameters().get("rport")).contains(value);
        assertThat(via.branch()).contains("z9hG4bK1");
    }

    @ParameterizedTest
    @DisplayName("8.1.1.7 a branch identifies its transaction if something follows the cookie")
    @CsvSource({
        "branch=z9hG4bK1,true",
        "branch=Z9HG4BKx,true",
        "branch=z9hG4bK,false",
        "branch=390skdjuw,false",
        "x,false"
    })
    void cookie(String parameter, boolean expected) throws SipParseException {
        assertThat(Via.parse("SIP/2.0/WS h;" + parameter).hasTransactionBranch())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("any protocol, version and transport that is a token")
    void otherProtocols() throws SipParseException {
        assertThat(Via.parse("SIP/7.0/UNKNOWN h").transport()).isEqualTo("UNKNOWN");
        assertThat(Via.parse("ABC/1/X h").port()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SIP",
                "SIP/2.0",
                "SIP/2.0/WS",
                "SIP/2.0/WS ",
                "SIP/2.0/WShost",
                "SIP/2.0 WS host",
                "SIP//WS host",
                "SIP/2.0/WS h:",
                "SIP/2.0/WS h:x",
                "SIP/2.0/WS h:65536",
                "SIP/2.0/WS h;;",
                "SIP/2.0/WS h;;x",
                "SIP/2.0/WS h;,;,,",
                "SIP/2.0/WS h x",
                "SIP/2.0/WS h, SIP/2.0/WS i",
                "SIP/2.0/WS h,",
                "SIP/2.0/WS 2001:db8::1x",
                "SIP/2.0/WS [::1",
                "SIP/2.0/WS 1.2.3.444",
                "SIP/2.0/WS h;=x",
                "SIP/2.0/WS <h>",
                "SIP/2.0/WS h;x=<"
            })
    void malformed(String text) {
        assertThat(Faults.isMalformed(() -> Via.parse(text))).isTrue();
    }

    @Test
    @DisplayName("made from parts")
    void of() throws SipParseException {
        Via via = Via.of("WSS", "8ihapnd0kb67.invalid", "z9hG4bK3037027");

        assertThat(via).hasToString("SIP/2.0/WSS 8ihapnd0kb67.invalid;branch=z9hG4bK3037027");
        assertThat(via).isEqualTo(Via.parse(via.toString())).hasSameHashCodeAs(Via.parse(via.toString()));
        assertThat(Via.of("WS", "H.example:80", "z9hG4bK1").sentBy()).isEqualTo("h.example:80");
        assertThat(Via.of("WS", "[::1]:80", "z9hG4bK1").port()).isEqualTo(80);
    }

    @ParameterizedTest
    @DisplayName("18.1.2 sent-by is compared without regard to case, and a port belongs to it")
    @CsvSource({
        "H.example, h.EXAMPLE, true",
        "h.example, i.example, false",
        "h.example, h.example:5060, false",
        "h.example:5060, H.example:5060, true",
        "h.example:5060, h.example, false",
        "h.example:5060, h.example:5061, false",
        "[::A]:1, [::a]:1, true"
    })
    void sentBy(String sentBy, String wanted, boolean expected) throws SipParseException {
        assertThat(Via.parse("SIP/2.0/WS " + sentBy + ";x").hasSentBy(wanted)).isEqualTo(expected);
    }

    @Test
    @DisplayName("a malformed Via below the top is left out of the list")
    void malformedBelow() throws SipParseException {
        SipMessage m = MessageText.request()
                .add("Via: nonsense, SIP/2.0/TCP b.example;branch=z9hG4bK2")
                .message();

        assertThat(m.vias()).extracting(Via::transport).containsExactly("WS", "TCP");
        assertThat(m.hasSeveralVias()).isTrue();
    }
}
