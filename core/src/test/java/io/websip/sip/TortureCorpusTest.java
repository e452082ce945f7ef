package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A corpus of our own with the oddities that RFC 4475 collects, section by section. */
class TortureCorpusTest {
    private static final String TORTUOUS = """
            OPTIONS sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
            TO :
             sip:vivekg@chair-dnrc.example.com ;   tag    = 77
            from   : "J \\\\\\""       <sip:jd@example.com>
              ;
              tag = 98
            MaX-fOrWaRdS: 0068
            Call-ID: w.ws@192.0.2.1
            Content-Length   : 5
            cseq: 0009
              OPTIONS
            Via  : SIP  /   2.0
             /WS
                192.0.2.2;branch=390skdjuw
            s :
            NewFangledHeader:   newfangled value
             continued newfangled value
            UnknownHeaderWithUnusualValue: ;;,,;;,;
            Content-Type: application/sdp
            Route:
             <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
            v:  SIP  / 2.0  / TCP     spindle.example.com   ;
              branch  =   z9hG4bK9ikj8  ,
             SIP  /    2.0   / UDP  192.168.255.111   ; branch=
             z9hG4bK30239
            m:"Quoted string \\"\\"" <sip:jd@example.com> ; newparam =
                  newvalue ;
              secondparam ; q = 0.33

            v=0 and what is beyond the length""";

    private static MessageText text() {
        return MessageText.request();
    }

    private static MessageText start(String line, String method) {
        return text().start(line).set("CSeq", "1 " + method);
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments(
                        "3.1.1.2 every character of a token",
                        "accept",
                        start("!x-Y.0*_+`%z'~ sip:1_u!~*'&=+$,;?/:&p=1,x@example.com SIP/2.0", "!x-Y.0*_+`%z'~")
                                .set("To", "\"BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007f\" <sip:1%20@example.com>")
                                .set("Call-ID", "iM.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{")
                                .add("x!%*y_+`'~-.: \ufffd\ud83d\ude00")),
                arguments(
                        "3.1.1.3 escapes",
                        "accept",
                        start("MESSAGE sip:sips%3Auser%40example.com@example.net SIP/2.0", "MESSAGE")
                                .set("To", "sip:%75se%72@example.com")),
                arguments("3.1.1.4 escaped NULs", "accept", text().set("From", "sip:nu%00ll@example.com;tag=1")),
                arguments(
                        "3.1.1.5 percent signs that escape nothing",
                        "accept",
                        start("RE%47IST%45R sip:registrar.example.com SIP/2.0", "RE%47IST%45R")
                                .set("To", "\"%Z%45\" <sip:resource@example.com>")),
                arguments(
                        "3.1.1.6 no space before the bracket",
                        "accept",
                        text().set("From", "caller<sip:caller@example.com>;tag=323")),
                arguments(
                        "3.1.1.7 long values",
                        "accept",
                        text().set("From", "sip:u@h;" + "tag".repeat(200) + "=" + "x".repeat(2_000))
                                .set("Call-ID", "c".repeat(4_000))
                                .add("Via: SIP/2.0/UDP h" + ", SIP/2.0/TCP i".repeat(300))),
                arguments(
                        "3.1.1.8 a second message behind the first",
                        "accept",
                        text().add("L:0").body("INVITE sip:x@example.com SIP/2.0\r\n\r\n")),
                arguments(
                        "3.1.1.9 a semicolon in the user",
                        "accept",
                        start("OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0", "OPTIONS")),
                arguments(
                        "3.1.1.10 transports",
                        "accept",
                        text().add("Via: SIP/2.0/SCTP h;branch=1, SIP/2.0/UNKNOWN i, SIP/2.0/TLS j")),
                arguments(
                        "3.1.1.11 a binary body",
                        "accept",
                        text().add("Content-Type: multipart/mixed;boundary=7a9cbec02ceef655")
                                .body(new byte[] {'-', 0, (byte) 0xff, '\n', '\r', 0})),
                arguments(
                        "3.1.1.12 a reason in UTF-8",
                        "accept",
                        MessageText.response().start("SIP/2.0 200 \u0441\u0442\u043e")),
                arguments("3.1.1.13 no reason", "accept", MessageText.response().start("SIP/2.0 100 ")),
                arguments(
                        "3.1.2.1 separators too many",
                        "400",
                        text().set("Via", "SIP/2.0/WS 192.0.2.15;;,;,,").add("Contact: \"J\" <sip:j@h>;;;;")),
                arguments(
                        "3.1.2.2 Content-Length too large",
                        "400",
                        text().add("Content-Length: 9999").body("x")),
                arguments(
                        "3.1.2.3 Content-Length below 0",
                        "400",
                        text().add("Content-Length: -999").body("x")),
                arguments("3.1.2.4 CSeq too large", "400", text().set("CSeq", "36893488147419103232 MESSAGE")),
                arguments(
                        "3.1.2.5 CSeq too large in a response",
                        "drop",
                        MessageText.response().set("CSeq", "9292394834772304023312 OPTIONS")),
                arguments(
                        "3.1.2.6 a quoted string without end, which is inferred",
                        "accept",
                        text().set("To", "\"Mr. J. User <sip:j.user@example.com>")),
                arguments(
                        "3.1.2.7 a Request-URI in brackets",
                        "400",
                        start("MESSAGE <sip:user@example.com> SIP/2.0", "MESSAGE")),
                arguments(
                        "3.1.2.8 a space within the Request-URI",
                        "400",
                        start("MESSAGE sip:user@example.com; lr SIP/2.0", "MESSAGE")),
                arguments("3.1.2.9 spaces too many", "400", start("MESSAGE  sip:user@example.com  SIP/2.0", "MESSAGE")),
                arguments(
                        "3.1.2.10 a space at the end",
                        "400",
                        start("MESSAGE sip:user@example.com SIP/2.0  ", "MESSAGE")),
                arguments(
                        "3.1.2.11 headers in the Request-URI",
                        "400",
                        start("MESSAGE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0", "MESSAGE")),
                arguments(
                        "3.1.2.12 a Date that is not GMT", "accept", text().add("Date: Fri, 01 Jan 2010 16:00:00 EST")),
                arguments(
                        "3.1.2.13 a Contact with headers, without brackets",
                        "accept",
                        text().add("Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E")),
                arguments(
                        "3.1.2.14 spaces within the brackets, which are ignored",
                        "accept",
                        text().set("To", "\"Watson, Thomas\" < sip:t.watson@example.org >")),
                arguments(
                        "3.1.2.15 a comma in a display name without quotes, which is inferred",
                        "accept",
                        text().set("From", "Bell, Alexander <sip:a.g.bell@example.com>;tag=43")),
                arguments(
                        "3.1.2.16 another version",
                        "505",
                        start("OPTIONS sip:t.watson@example.org SIP/7.0", "OPTIONS")
                                .set("Via", "SIP/7.0/WS c")),
                arguments("3.1.2.17 another method in CSeq", "400", text().set("CSeq", "8 INVITE")),
                arguments(
                        "3.1.2.18 another method than an unknown one in CSeq",
                        "400",
                        start("NEWMETHOD sip:user@example.com SIP/2.0", "INVITE")),
                arguments(
                        "3.1.2.19 a status code too large",
                        "drop",
                        MessageText.response().start("SIP/2.0 4294967301 better not break the receiver")),
                arguments(
                        "3.2.1 a branch that is the cookie alone",
                        "accept",
                        text().set("Via", "SIP/2.0/WS 192.0.2.1;branch=z9hG4bK")),
                arguments(
                        "3.3.1 hardly a header",
                        "400",
                        text().without("Call-ID").without("From").without("To")),
                arguments(
                        "3.3.2 an unknown scheme",
                        "accept",
                        start("OPTIONS noSuchScheme:totallyopaquecontent SIP/2.0", "OPTIONS")),
                arguments(
                        "3.3.3 a scheme with a dot",
                        "accept",
                        start("OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0", "OPTIONS")),
                arguments(
                        "3.3.4 other schemes in From, To and Contact",
                        "accept",
                        text().set("To", "isbn:2983792873")
                                .set("From", "<http://www.example.com>;tag=1")
                                .add("Contact: <name:John_Smith>")),
                arguments(
                        "3.3.5 unknown extensions",
                        "accept",
                        text().add("Require: a, b").add("Proxy-Require: c")),
                arguments(
                        "3.3.6 an unknown content type",
                        "accept",
                        text().add("Content-Type: application/unknownformat").body("x")),
                arguments(
                        "3.3.7 an unknown authentication scheme",
                        "accept",
                        text().add("Authorization: NoOneKnowsThisScheme opaque-data=here")
                                .add("Content-Length:0")),
                arguments(
                        "3.3.8 everything twice",
                        "400",
                        text().add("CSeq: 5 MESSAGE")
                                .add("Call-ID: 2")
                                .add("From: <sip:x@h>")
                                .add("To: <sip:y@h>")),
                arguments(
                        "3.3.9 two lengths",
                        "400",
                        text().add("Content-Length: 13")
                                .add("Content-Length: 5")
                                .body("There's no way")),
                arguments(
                        "3.3.10 a second Via in a response",
                        "accept",
                        MessageText.response().add("Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1")),
                arguments("3.3.11 no forwards left", "accept", text().set("Max-Forwards", "0")),
                arguments(
                        "3.3.14 escaped headers in a Contact",
                        "accept",
                        text().add("M: <sip:u@h?Route=%3Csip:sip.example.com%3E>")
                                .add("L:0")),
                arguments("3.3.15 nothing acceptable", "accept", text().add("Accept: text/nobodyKnowsThis")),
                arguments(
                        "3.4.1 a request of RFC 2543",
                        "accept",
                        text().set("Via", "SIP/2.0/UDP iftgw.example.com")
                                .without("Max-Forwards")
                                .set("From", "\"Jones\" <sip:jones@h>")
                                .body("no Content-Length")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("messages")
    @DisplayName("TOR-01 taken, or refused with the right answer")
    void verdicts(String name, String verdict, MessageText text) {
        assertThat(TortureVerdict.of(text.bytes())).as(name).hasToString(verdict);
    }

    @Test
    @DisplayName("3.1.1.1 folds, white space, odd case, escapes, compact names and empty values")
    void tortuous() {
        SipRequest m =
                (SipRequest) TortureVerdict.of(MessageText.crlf(TORTUOUS)).taken();

        assertThat(m.maxForwards()).hasValue(68);
        assertThat(m.cseq()).hasToString("9 OPTIONS");
        assertThat(m.to().tag()).contains("77");
        assertThat(m.from().displayName()).contains("J \\\"");
        assertThat(m.from().tag()).contains("98");
        assertThat(m.vias())
                .extracting(Via::host)
                .containsExactly("192.0.2.2", "spindle.example.com", "192.168.255.111");
        assertThat(m.vias().get(2).branch()).contains("z9hG4bK30239");
        assertThat(m.headers().first("Subject")).contains("");
        assertThat(m.headers().first("newfangledheader")).contains("newfangled value continued newfangled value");
        assertThat(m.headers().first("UnknownHeaderWithUnusualValue")).contains(";;,,;;,;");
        assertThat(m.contacts().get(0).displayName()).contains("Quoted string \"\"");
        assertThat(m.contacts().get(0).parameters().names()).containsExactly("newparam", "secondparam", "q");
        assertThat(m.contacts().get(0).q()).hasValue(0.33);
        assertThat(((SipUri) m.headers().addresses("Route").get(0).uri()).isLooseRouter())
                .isTrue();
        assertThat(m.text()).isEqualTo("v=0 a");
    }
}
