package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer copies from its request (RFC 3261 section 8.2.6.2), also from a malformed one. */
class ResponseEchoTest {
    private static String answer(SipHeaders request, int status) {
        return new String(SipResponse.to(request, status, null, "new").build().toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("UAS-07 Via in order, From, To with a tag, Call-ID, CSeq; nothing else")
    void echo() throws SipParseException {
        SipHeaders request = MessageText.request()
                .add("v: SIP/2.0/TCP b.example;branch=1 , SIP/2.0/UDP c.example")
                .add("Timestamp: 54")
                .add("Contact: <sip:alice@h>")
                .add("VIA: SIP/2.0/UDP d.example")
                .headers();

        assertThat(answer(request, 200)).isEqualTo("""
                SIP/2.0 200 OK
                Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK776asdhds
                Via: SIP/2.0/TCP b.example;branch=1 , SIP/2.0/UDP c.example
                Via: SIP/2.0/UDP d.example
                From: Alice <sip:alice@example.com>;tag=1928301774
                To: Bob <sip:bob@example.com>;tag=new
                Call-ID: a84b4c76e66710
                CSeq: 314159 MESSAGE
                Content-Length: 0

                """.replace("\n", "\r\n"));
        assertThat(answer(request, 100)).contains("SIP/2.0 100 Trying\r\n").contains("\r\nTimestamp: 54\r\n");
    }

    @ParameterizedTest
    @DisplayName("UAS-07 a To tag is added only where there is none")
    @CsvSource(
            delimiter = '|',
            value = {
                "<sip:bob@example.com>|<sip:bob@example.com>;tag=new",
                "sip:bob@example.com;x=y|sip:bob@example.com;x=y;tag=new",
                "<sip:bob@example.com;tag=uri>|<sip:bob@example.com;tag=uri>;tag=new",
                "<sip:bob@example.com>;x=\";tag=1\"|<sip:bob@example.com>;x=\";tag=1\";tag=new",
                "<sip:bob@example.com>;tag=1|<sip:bob@example.com>;tag=1",
                "<sip:bob@example.com>;x;TAG = 1|<sip:bob@example.com>;x;TAG = 1",
                "<sip:bob@example.com|<sip:bob@example.com",
                "\"Bob <sip:bob@example.com>|\"Bob <sip:bob@example.com>;tag=new",
                "<sip:bob@example.com>;x=y ; |<sip:bob@example.com>;x=y;tag=new",
                "<sip:bob@example.com;>|<sip:bob@example.com;>;tag=new"
            })
    void toTag(String to, String echoed) throws SipParseException {
        SipHeaders request =
                SipMessage.parse(MessageText.request().set("To", to).bytes()).headers();

        assertThat(SipResponse.to(request, 200, null, "new").build().headers().first("To"))
                .contains(echoed);
        assertThat(SipResponse.to(request, 200, null, null).build().headers().first("To"))
                .contains(to);
    }

    @Test
    @DisplayName("UAS-07 folds become spaces, values stay otherwise as they are, octet by octet")
    void folds() throws SipParseException {
        SipHeaders request = MessageText.request()
                .set("Via", "SIP/2.0/WS\r\n\t h.invalid;\r\n branch=z9hG4bK1")
                .set("To", "\"\\\"B\u00f6b\"\r\n <sip:bob@example.com>\r\n ;x")
                .headers();

        assertThat(answer(request, 200))
                .contains("\r\nVia: SIP/2.0/WS h.invalid; branch=z9hG4bK1\r\n")
                .contains("\r\nTo: \"\\\"B\u00f6b\" <sip:bob@example.com> ;x;tag=new\r\n");
    }

    @ParameterizedTest
    @DisplayName("a lone CR or LF in an echoed value forges no line")
    @ValueSource(strings = {"\n", "\r", "\n\n", "\r\r\n ", "\n\r", "\r\n \n"})
    void loneLineBreaks(String line) throws SipParseException {
        for (String name : new String[] {"Via", "From", "To", "Call-ID", "CSeq", "Timestamp"}) {
            MessageText text = MessageText.request().add("Timestamp: 1").set(name, "a" + line + "X-Evil: 1");
            SipHeaders request = name.equals("Timestamp")
                    ? text.headers() // which nobody needs
                    : text.fault().headers().orElseThrow();
            String answer = answer(request, 100);

            assertThat(answer.split("\r\n", -1)).noneMatch(row -> row.startsWith("X-Evil"));
            assertThat(answer.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        }
    }

    @Test
    @DisplayName("MSG-17 what is missing in a malformed request stays missing in its answer")
    void missing() throws SipParseException {
        SipParseException fault = MessageText.request()
                .without("From")
                .without("To")
                .without("Call-ID")
                .fault();
        SipResponse answer = SipResponse.to(fault.headers().orElseThrow(), fault.statusHint(), null, "new")
                .build();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().size()).isEqualTo(3);
        assertThat(answer.topVia().branch()).contains("z9hG4bK776asdhds");
    }

    @ParameterizedTest
    @DisplayName("UAS-07 each is echoed wherever it stands, and the To has its tag also where it stands alone")
    @CsvSource(
            delimiter = '|',
            value = {
                "From|<sip:a@h>|<sip:a@h>",
                "To|<sip:b@h>|<sip:b@h>;tag=new",
                "Call-ID|1|1",
                "CSeq|1 MESSAGE|1 MESSAGE",
                "Via|SIP/2.0/WS h|SIP/2.0/WS h"
            })
    void alone(String name, String value, String echoed) {
        byte[] bytes = MessageText.crlf("MESSAGE sip:b@h SIP/2.0\n" + name + ": " + value + "\n\n");
        SipHeaders request = Faults.of(() -> SipMessage.parse(bytes)).headers().orElseThrow();

        SipHeaders answer = SipResponse.to(request, 400, null, "new").build().headers();
        assertThat(answer.size()).isEqualTo(2);
        assertThat(answer.first(name)).contains(echoed);
    }

    @Test
    @DisplayName("MSG-16 of a header that stands twice the first is echoed")
    void twice() {
        SipHeaders request = MessageText.request()
                .add("CSeq: 2 MESSAGE")
                .add("To: <sip:mallory@example.com>")
                .fault()
                .headers()
                .orElseThrow();
        SipHeaders answer = SipResponse.to(request, 400, null, "new").build().headers();

        assertThat(answer.all("CSeq")).containsExactly("314159 MESSAGE");
        assertThat(answer.all("To")).containsExactly("Bob <sip:bob@example.com>;tag=new");
    }

    @Test
    @DisplayName("MSG-18 an overlarge CSeq is echoed as it stands")
    void greatCseq() {
        SipHeaders request = MessageText.request()
                .set("CSeq", "36893488147419103232 MESSAGE")
                .fault()
                .headers()
                .orElseThrow();

        assertThat(answer(request, 400)).contains("\r\nCSeq: 36893488147419103232 MESSAGE\r\n");
    }

    @Test
    @DisplayName("a 505, a 513 and a request cut short are answered too")
    void otherFaults() {
        SipParseException version =
                MessageText.request().start("OPTIONS sip:b@h SIP/7.0").fault();
        assertThat(answer(version.headers().orElseThrow(), version.statusHint()))
                .startsWith("SIP/2.0 505 Version Not Supported\r\nVia: ");

        byte[] bytes = MessageText.request().body("x".repeat(100)).bytes();
        SipParseException large = Faults.of(() -> SipMessage.parse(bytes, new SipLimits(bytes.length - 1, 256, 8_192)));
        assertThat(large.statusHint()).isEqualTo(513);
        assertThat(answer(large.headers().orElseThrow(), 513)).contains("\r\nCall-ID: a84b4c76e66710\r\n");
    }

    @ParameterizedTest
    @DisplayName("21 what class of response a status is")
    @CsvSource({"100,true,false", "199,true,false", "200,false,true", "299,false,true", "300,false,false"})
    void classes(int status, boolean provisional, boolean success) {
        SipResponse response = SipResponse.builder(status, null).build();

        assertThat(response.isProvisional()).isEqualTo(provisional);
        assertThat(response.isSuccess()).isEqualTo(success);
    }

    @Test
    @DisplayName("a long reason phrase without the beginning of a character has no text that could be shown")
    void reasonWithoutCharacters() throws SipParseException {
        SipResponse odd = (SipResponse) MessageText.response()
                .octetForOctet()
                .start("SIP/2.0 200 " + "\u0080".repeat(600))
                .message();

        assertThat(odd.reason()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("reason phrases: the usual one, that of the class, the given one")
    @CsvSource({
        "200,OK",
        "202,Accepted",
        "299,OK",
        "404,Not Found",
        "499,Bad Request",
        "600,Busy Everywhere",
        "699,Decline"
    })
    void reasons(int status, String reason) {
        assertThat(SipResponse.builder(status, null).build().reason()).isEqualTo(reason);
        assertThat(SipResponse.builder(status, "Gr\u00fc\u00dfe").build().startLine())
                .isEqualTo("SIP/2.0 " + status + " Gr\u00fc\u00dfe");
        assertThat(SipResponse.builder(status, "").build().startLine()).isEqualTo("SIP/2.0 " + status + " ");
    }
}
