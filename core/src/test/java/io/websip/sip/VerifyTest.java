package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every message needs (RFC 3261 sections 8.1.1, 8.2.2 and 20). */
class VerifyTest {
    @ParameterizedTest
    @DisplayName("MSG-14 a malformed row that is not needed is ignored")
    @ValueSource(
            strings = {
                "Date: garbage",
                "Date: Fri, 01 Jan 2010 16:00:00 EST",
                "Contact: ;;;;",
                "Contact: *",
                "Content-Type: foo",
                "Expires: abc",
                "Event:",
                "Refer-To: <",
                "Replaces: ;;",
                "Session-Expires: x",
                "Route: \"",
                "WWW-Authenticate:",
                "Retry-After: 9999999999999999999999 (x"
            })
    void malformedButNotNeeded(String line) throws SipParseException {
        Accessors.callAll(MessageText.request().add(line).message());
        Accessors.callAll(MessageText.response().add(line).message());
    }

    @ParameterizedTest
    @DisplayName("MSG-16 what stands once must not stand twice with two values")
    @CsvSource(
            delimiter = '|',
            value = {
                "From|<sip:mallory@example.com>;tag=2",
                "To|<sip:mallory@example.com>",
                "Call-ID|other",
                "CSeq|2 MESSAGE",
                "Max-Forwards|5",
                "f|<sip:mallory@example.com>;tag=2",
                "t|<sip:mallory@example.com>",
                "i|other"
            })
    void twice(String name, String value) {
        SipParseException fault = MessageText.request().add(name + ": " + value).fault();

        assertThat(fault.statusHint()).isEqualTo(400);
        assertThat(fault.headers()).isPresent();
        assertThat(MessageText.response()
                        .set("CSeq", "1 MESSAGE")
                        .add("CSeq: 2 MESSAGE")
                        .fault()
                        .headers())
                .isEmpty();
    }

    @ParameterizedTest
    @DisplayName("MSG-16 Content-Length and Content-Type twice, with two values")
    @CsvSource({"Content-Length: 0,Content-Length: 1", "Content-Length: 13,l: 5", "Content-Type: a/b,c: a/c"})
    void contentTwice(String first, String second) {
        assertThat(MessageText.request().add(first).add(second).fault().statusHint())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @DisplayName("MSG-16 two values in one row are two")
    @CsvSource(
            delimiter = '|',
            value = {"From|<sip:a@h>;tag=1, <sip:b@h>;tag=2", "To|<sip:a@h>, <sip:b@h>", "CSeq|1 MESSAGE, 2 MESSAGE"})
    void twoInOneRow(String name, String value) {
        assertThat(MessageText.request().set(name, value).fault().statusHint()).isEqualTo(400);
    }

    @ParameterizedTest
    @DisplayName("MSG-17 a request lacking what every request has is refused, with the rest for the answer")
    @ValueSource(strings = {"To", "From", "Call-ID", "CSeq", "Via"})
    void missing(String name) {
        SipParseException fault = MessageText.request().without(name).fault();

        assertThat(fault).hasMessage(name + " is missing");
        assertThat(fault.statusHint()).isEqualTo(400);
        assertThat(fault.headers().orElseThrow().size()).isEqualTo(5);
    }

    @ParameterizedTest
    @DisplayName("MSG-17 a response needs no more than its top Via and CSeq (RFC 3261 section 17.1.3)")
    @ValueSource(strings = {"CSeq", "Via"})
    void missingInAResponse(String name) {
        SipParseException fault = MessageText.response().without(name).fault();

        assertThat(fault).hasMessage(name + " is missing");
        assertThat(fault.headers()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("MSG-17 an empty or malformed one is refused too")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "Via|''",
                "Via|SIP/2.0/WS",
                "Via|SIP/2.0/WS ",
                "Via|SIP/2.0/WS host;;branch=x",
                "Via|,",
                "Via|SIP/2.0/WS host x",
                "From|''",
                "From|<sip:alice@example.com",
                "To|''",
                "To|bob",
                "To|<sip:bob@example.com> x",
                "To|<sip:bob@example.com>;;x",
                "Call-ID|''",
                "CSeq|''",
                "CSeq|1",
                "CSeq|MESSAGE",
                "CSeq|1MESSAGE",
                "CSeq|1 MESS AGE",
                "CSeq|-1 MESSAGE"
            })
    void malformed(String name, String value) {
        SipParseException fault = MessageText.request().set(name, value).fault();

        assertThat(fault.statusHint()).isEqualTo(400);
        assertThat(fault.headers().orElseThrow().first("Call-ID")).isPresent();
    }

    @ParameterizedTest
    @DisplayName(
            "MSG-17 a response without what it is matched by, or with two of it, is none (RFC 3261 section 17.1.3)")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "Via|''",
                "Via|SIP/2.0/WS",
                "Via|SIP/2.0/WS ",
                "Via|SIP/2.0/WS host;;x=y",
                "Via|,",
                "CSeq|''",
                "CSeq|1",
                "CSeq|MESSAGE",
                "CSeq|1MESSAGE",
                "CSeq|1 MESS AGE",
                "CSeq|-1 MESSAGE"
            })
    void malformedResponse(String name, String value) {
        assertThat(MessageText.response().set(name, value).fault().headers()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("MSG-18 a CSeq number is below 2**31 and does not wrap")
    @ValueSource(strings = {"2147483648", "4294967296", "36893488147419103232", "18446744073709551617"})
    void greatCseq(String number) {
        assertThat(MessageText.request()
                        .set("CSeq", number + " MESSAGE")
                        .fault()
                        .statusHint())
                .isEqualTo(400);
        assertThat(MessageText.response()
                        .set("CSeq", number + " MESSAGE")
                        .fault()
                        .headers())
                .isEmpty();
    }

    @ParameterizedTest
    @DisplayName("MSG-18 CSeq numbers up to 2**31-1, leading zeros and all")
    @CsvSource({"0,0", "2147483647,2147483647", "0000000000000000000000009,9"})
    void goodCseq(String number, long expected) throws SipParseException {
        assertThat(MessageText.request()
                        .set("CSeq", number + " MESSAGE")
                        .message()
                        .cseq()
                        .number())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @DisplayName("MSG-18 Max-Forwards is 0 to 255")
    @CsvSource({"0,0", "70,70", "255,255", "256,-1", "300,-1", "-1,-1", "abc,-1", "'',-1", "99999999999,-1"})
    void maxForwards(String value, int expected) throws SipParseException {
        MessageText text = MessageText.request().set("Max-Forwards", value);
        SipRequest request = (SipRequest) SipMessage.parse(text.bytes());

        assertThat(request.maxForwards().orElse(-1)).isEqualTo(expected);
        if (expected < 0) {
            assertThat(text.fault().statusHint()).isEqualTo(400);
        } else {
            request.verify();
        }
    }

    @Test
    @DisplayName("MSG-18 Max-Forwards may be absent, as RFC 2543 had none")
    void noMaxForwards() throws SipParseException {
        SipRequest request =
                (SipRequest) MessageText.request().without("Max-Forwards").message();

        assertThat(request.maxForwards()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("MSG-19 the method of CSeq is that of the request")
    @ValueSource(strings = {"INVITE", "message", "MESSAGEX"})
    void mismatch(String method) throws SipParseException {
        assertThat(MessageText.request().set("CSeq", "1 " + method).fault().statusHint())
                .isEqualTo(400);
        MessageText.response().set("CSeq", "1 " + method).message();
    }

    @Test
    @DisplayName("before verify an accessor of a malformed value throws MalformedHeaderException, nothing else")
    void unverified() throws SipParseException {
        SipRequest m = (SipRequest) SipMessage.parse(MessageText.crlf("""
                MESSAGE bob SIP/2.0
                Via: x
                From: x
                To: x
                Call-ID: x
                CSeq: x

                """));

        assertThatThrownBy(m::topVia).isInstanceOf(MalformedHeaderException.class);
        assertThatThrownBy(m::from).isInstanceOf(MalformedHeaderException.class);
        assertThatThrownBy(m::to).isInstanceOf(MalformedHeaderException.class);
        assertThatThrownBy(m::cseq).isInstanceOf(MalformedHeaderException.class);
        assertThatThrownBy(m::requestUri).isInstanceOf(MalformedHeaderException.class);
        assertThat(m.vias()).isEmpty();
    }

    @Test
    @DisplayName("a built message without what every message needs is malformed, not broken")
    void builtWithoutHeaders() {
        SipResponse m = SipResponse.builder(200, null).build();

        assertThatThrownBy(m::topVia).isInstanceOf(MalformedHeaderException.class);
        assertThatThrownBy(m::from).isInstanceOf(MalformedHeaderException.class);
        assertThatThrownBy(m::to).isInstanceOf(MalformedHeaderException.class);
        assertThatThrownBy(m::cseq).isInstanceOf(MalformedHeaderException.class);
        assertThatThrownBy(m::callId).isInstanceOf(MalformedHeaderException.class);
        assertThatThrownBy(m::verify).isInstanceOf(SipParseException.class);
        assertThat(m.vias()).isEmpty();
        assertThat(m.hasSeveralVias()).isFalse();
    }
}
