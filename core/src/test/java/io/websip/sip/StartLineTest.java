package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 sections 7.1 and 7.2. */
class StartLineTest {
    private static SipRequest request(String line) throws SipParseException {
        return (SipRequest) MessageText.request().start(line).message();
    }

    private static SipResponse response(String line) throws SipParseException {
        return (SipResponse) MessageText.response().start(line).message();
    }

    @Test
    @DisplayName("MSG-01 a request line is method, Request-URI and version")
    void requestLine() throws SipParseException {
        SipRequest request = request("MESSAGE sip:bob@example.com;transport=ws SIP/2.0");

        assertThat(request.method()).isSameAs(SipMethod.MESSAGE);
        assertThat(request.requestUriText()).isEqualTo("sip:bob@example.com;transport=ws");
        assertThat(request.requestUri()).isEqualTo(SipUri.of("sip:bob@example.com;transport=ws"));
        assertThat(request.startLine()).isEqualTo("MESSAGE sip:bob@example.com;transport=ws SIP/2.0");
        assertThat(request).hasToString(request.startLine());
        assertThat(request("MESSAGE sip:bob:secret@example.com SIP/2.0"))
                .hasToString("MESSAGE sip:bob:...@example.com SIP/2.0");
    }

    @ParameterizedTest
    @DisplayName("MSG-01 white space or brackets out of place make a 400")
    @ValueSource(
            strings = {
                "MESSAGE  sip:bob@example.com SIP/2.0",
                "MESSAGE sip:bob@example.com  SIP/2.0",
                "MESSAGE sip:bob@example.com SIP/2.0 ",
                " MESSAGE sip:bob@example.com SIP/2.0",
                "MESSAGE\tsip:bob@example.com SIP/2.0",
                "MESSAGE sip:bob@example.com; lr SIP/2.0",
                "MESSAGE sip:bob@example.com;\tlr SIP/2.0",
                "MESSAGE <sip:bob@example.com> SIP/2.0",
                "MESSAGE sip:bob@example.com?Route=%3Csip:evil.example%3E SIP/2.0",
                "MESSAGE sip:bob@example.com",
                "MESSAGE  SIP/2.0",
                "MESSAGE SIP/2.0",
                "MESSAGE",
                "M\u00c4SSAGE sip:bob@example.com SIP/2.0",
                "MESS@GE sip:bob@example.com SIP/2.0",
                "MESSAGE sip:bob@example.com HTTP/1.1",
                "MESSAGE sip:bob@example.com SIP/x.y",
                "MESSAGE sip:bob@example.com SIP/",
                "MESSAGE bob SIP/2.0",
                "MESSAGE sip:b\u0001b@example.com SIP/2.0"
            })
    void malformedRequestLine(String line) {
        SipParseException fault = MessageText.request().start(line).fault();

        assertThat(fault.statusHint()).isEqualTo(400);
        assertThat(fault.headers()).isPresent();
    }

    @Test
    @DisplayName("MSG-01 empty lines in front count for nothing, and a line without end is told as such")
    void theLineIsMeasuredFromItsOwnStart() throws SipParseException {
        String line = "MESSAGE sip:bob@example.com SIP/2.0";
        String text = new String(MessageText.request().start(line).bytes(), StandardCharsets.UTF_8);
        int longest = text.lines().mapToInt(String::length).max().orElseThrow();
        SipLimits limits = new SipLimits(10_000, 20, longest);
        byte[] behind = ("\r\n".repeat(longest) + text).getBytes(StandardCharsets.UTF_8);
        assertThat(SipMessage.parse(behind, limits)).hasToString(line);
        assertThat(Faults.of(() -> SipMessage.parse(line.getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("start line does not end with CRLF");
    }

    @ParameterizedTest
    @DisplayName(
            "MSG-01 no white space or control character passes into a Request-URI, so that it can be written again")
    @ValueSource(strings = {"sip:bob\t@example.com", "sip:bob\u0000@example.com", "x:\u007f"})
    void controlsInRequestUriAreSeenByFraming(String uri) {
        byte[] bytes =
                MessageText.request().start("MESSAGE " + uri + " SIP/2.0").bytes();

        assertThat(Faults.of(() -> SipMessage.parse(bytes)).statusHint()).isEqualTo(400);
    }

    @ParameterizedTest
    @DisplayName("MSG-02 the version is compared without regard to case")
    @ValueSource(strings = {"SIP/2.0", "sip/2.0", "Sip/2.0"})
    void versionCase(String version) throws SipParseException {
        assertThat(request("MESSAGE sip:bob@example.com " + version).method()).isEqualTo(SipMethod.MESSAGE);
        assertThat(response(version + " 200 OK").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("MSG-02 a request of another version is answered 505")
    @ValueSource(strings = {"SIP/7.0", "sip/1.0", "SIP/2.1", "SIP/2.00", "SIP/20"})
    void otherVersion(String version) {
        SipParseException fault = MessageText.request()
                .start("MESSAGE sip:bob@example.com " + version)
                .fault();

        assertThat(fault.statusHint()).isEqualTo(505);
        assertThat(fault.headers()).isPresent();
    }

    @ParameterizedTest
    @DisplayName("MSG-03 the reason phrase is anything, or nothing")
    @CsvSource(
            delimiter = '|',
            value = {
                "SIP/2.0 200 OK|200|OK",
                "SIP/2.0 200 |200|''",
                "SIP/2.0 200|200|''",
                "SIP/2.0  200 OK|200|OK",
                "SIP/2.0 \t 200\tOK|200|OK",
                "SIP/2.0 100 Trying harder|100|Trying harder",
                "SIP/2.0 699 a:b [c] <d> (e) \"|699|a:b [c] <d> (e) \"",
                "SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять|200|= 2**3 * 5**2 но сто девяносто девять"
            })
    void reasonPhrase(String line, int status, String reason) throws SipParseException {
        SipResponse response = response(line);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @DisplayName("MSG-03 a status code is exactly three digits, 100 to 699; no other response is read, nor answered")
    @ValueSource(
            strings = {
                "SIP/2.0 4294967301 x",
                "SIP/2.0 20 OK",
                "SIP/2.0 2000 OK",
                "SIP/2.0 099 x",
                "SIP/2.0 700 x",
                "SIP/2.0 2x0 OK",
                "SIP/2.0 -20 OK",
                "SIP/2.0200 OK",
                "SIP/2.0 200OK",
                "SIP/2.0 ",
                "SIP/2.0",
                "SIP/",
                "SIP/7.0 200 OK"
            })
    void malformedStatusLine(String line) {
        assertThat(MessageText.response().start(line).fault().headers()).isEmpty();
    }

    @Test
    @DisplayName("MSG-03 a long reason phrase is cut, but not within a character")
    void longReason() throws SipParseException {
        assertThat(response("SIP/2.0 200 " + "x".repeat(600)).reason()).hasSize(512);
        assertThat(response("SIP/2.0 200 x" + "\u20ac".repeat(600)).reason()).matches("x\u20ac+");
    }

    @Test
    @DisplayName("MSG-07 methods are compared with regard to case")
    void methodCase() {
        assertThat(SipMethod.of("message")).isNotEqualTo(SipMethod.MESSAGE);
        assertThat(SipMethod.of("message").isKnown()).isFalse();
        assertThat(SipMethod.MESSAGE.isKnown()).isTrue();
        assertThat(SipMethod.of("MESSAGE")).isSameAs(SipMethod.MESSAGE);
    }

    @Test
    @DisplayName("MSG-07 a method may hold every token character; a percent sign is not an escape there")
    void strangeMethod() throws SipParseException {
        SipRequest request = (SipRequest) MessageText.request()
                .start("!interesting-Method0123456789_*+`.%indeed'~ sip:bob@example.com SIP/2.0")
                .set("CSeq", "1 !interesting-Method0123456789_*+`.%indeed'~")
                .message();

        assertThat(request.method()).isEqualTo(SipMethod.of("!interesting-Method0123456789_*+`.%indeed'~"));
        assertThat(SipMethod.of("RE%47IST%45R")).isNotEqualTo(SipMethod.REGISTER);
    }

    @ParameterizedTest
    @DisplayName("7.5 empty lines before the start line are skipped")
    @ValueSource(strings = {"\r\n", "\r\n\r\n", "\r\n\r\n\r\n"})
    void leadingEmptyLines(String empty) throws SipParseException {
        byte[] message = MessageText.request().body("hi").bytes();
        byte[] bytes = (empty + new String(message, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);

        assertThat(SipMessage.parse(bytes).text()).isEqualTo("hi");
    }

    @ParameterizedTest
    @DisplayName("nothing, a keep-alive and garbage are no message")
    @ValueSource(strings = {"", "\r\n", "\r\n\r\n", "x", "SIP/2.0", "\r\n\r", "MESSAGE sip:a@b SIP/2.0\r\n"})
    void noMessage(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(Faults.of(() -> SipMessage.parse(bytes)).statusHint()).isEqualTo(400);
    }
}
