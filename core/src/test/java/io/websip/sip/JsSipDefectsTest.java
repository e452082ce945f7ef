package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What JsSIP 3.13 was seen to get wrong in its parser, and this one must not. */
class JsSipDefectsTest {
    @Test
    @DisplayName("an empty line before the message does not drop it")
    void leadingEmptyLine() throws SipParseException {
        byte[] message = MessageText.request().bytes();
        byte[] bytes = ("\r\n" + new String(message, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);

        SipMessage.parse(bytes).verify();
    }

    @Test
    @DisplayName("a fold does not stay in a value that nobody parses")
    void folds() throws SipParseException {
        assertThat(MessageText.request().add("X-Foo: a\r\n  b").headers().first("X-Foo"))
                .contains("a b");
    }

    @ParameterizedTest
    @DisplayName("every compact form is known, these too")
    @CsvSource({"s,Subject", "k,Supported", "e,Content-Encoding", "a,Accept-Contact", "u,Allow-Events"})
    void compact(String form, String name) throws SipParseException {
        assertThat(MessageText.request().add(form + ": x").headers().first(name))
                .contains("x");
    }

    @Test
    @DisplayName("of two From rows the last does not win: no spoofing")
    void twoFroms() {
        assertThat(MessageText.request()
                        .add("From: <sip:ceo@example.com>;tag=1")
                        .fault())
                .hasMessage("From stands twice");
    }

    @Test
    @DisplayName("of a comma list in Via the branch is that of the first")
    void viaBranch() throws SipParseException {
        assertThat(MessageText.request()
                        .set("Via", "SIP/2.0/WS a.invalid;branch=z9hG4bKfirst, SIP/2.0/WS b.invalid;branch=z9hG4bKlast")
                        .message()
                        .topVia()
                        .branch())
                .contains("z9hG4bKfirst");
    }

    @ParameterizedTest
    @DisplayName("#125 a malformed known header does not drop the message silently: ignored, or a 400")
    @CsvSource(
            delimiter = '|',
            value = {
                "Contact: garbage@@|0",
                "Event: ;;|0",
                "Refer-To: <|0",
                "Content-Type: foo|0",
                "Replaces: |0",
                "Session-Expires: x|0",
                "Max-Forwards: abc|400"
            })
    void malformedKnownHeader(String line, int status) throws SipParseException {
        MessageText text = MessageText.request()
                .without(line.substring(0, line.indexOf(':')))
                .add(line);
        if (status == 0) {
            text.message();
        } else {
            assertThat(text.fault().statusHint()).isEqualTo(status);
        }
    }

    @Test
    @DisplayName("a line without a colon swallows no other line")
    void noColon() throws SipParseException {
        assertThat(MessageText.request()
                        .add("nonsense")
                        .add("X-Foo: 1")
                        .headers()
                        .first("X-Foo"))
                .contains("1");
    }

    @Test
    @DisplayName("Content-Length cuts octets, not UTF-16 units")
    void bodyInOctets() throws SipParseException {
        assertThat(MessageText.request()
                        .add("Content-Length: 4")
                        .body("\ud83d\ude00tail")
                        .message()
                        .text())
                .isEqualTo("\ud83d\ude00");
    }

    @Test
    @DisplayName("Contact: * in any message harms nothing")
    void star() throws SipParseException {
        Accessors.callAll(MessageText.request().add("Contact: *").message());
        Accessors.callAll(MessageText.response().add("Contact: *").message());
    }

    @Test
    @DisplayName("a response with a malformed CSeq is refused, nothing else")
    void cseq() {
        for (String value : new String[] {"", "x", "1", "MESSAGE 1", "99999999999 MESSAGE", "1 ME@SSAGE"}) {
            assertThat(MessageText.response().set("CSeq", value).fault().headers())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @DisplayName("S#996 a reason phrase may hold anything but a line break")
    @ValueSource(strings = {"[x]", "a\tb", "<>", "{\"a\":1}", "\u00e4", "\u0001"})
    void reasons(String reason) throws SipParseException {
        SipResponse response = (SipResponse)
                MessageText.response().start("SIP/2.0 200 " + reason).message();

        assertThat(response.reason()).isEqualTo(reason);
    }

    @Test
    @DisplayName("a display name that is not ASCII and not quoted is read")
    void displayName() throws SipParseException {
        assertThat(MessageText.request()
                        .set("From", "I\u00f1aki Baz <sip:i@example.com>;tag=1")
                        .message()
                        .from()
                        .displayName())
                .contains("I\u00f1aki Baz");
    }

    @Test
    @DisplayName("NUL in a value or the body drops nothing")
    void nul() throws SipParseException {
        SipMessage m = MessageText.request()
                .add("Subject: a\0b")
                .set("From", "\"a\\\0b\" <sip:alice@example.com>")
                .body("a\0b")
                .message();

        assertThat(m.headers().first("Subject")).contains("a\0b");
        assertThat(m.from().displayName()).contains("a\0b");
        assertThat(m.text()).isEqualTo("a\0b");
    }

    @Test
    @DisplayName("#699 one malformed Contact in a response does not hide the others")
    void contacts() throws SipParseException {
        assertThat(MessageText.response()
                        .add("Contact: <sip:a@@b>;expires=1, <sip:ok@h>;expires=60")
                        .message()
                        .contacts())
                .extracting(NameAddress::toString)
                .containsExactly("<sip:ok@h>;expires=60");
    }

    @Test
    @DisplayName("S#560 a user with # is read")
    void hash() throws SipParseException {
        assertThat(NameAddress.parse("<sip:#99@h>").uri()).hasToString("sip:#99@h");
    }

    @Test
    @DisplayName("J#94 several challenges stay apart")
    void challenges() throws SipParseException {
        assertThat(MessageText.response()
                        .start("SIP/2.0 401 Unauthorized")
                        .add("WWW-Authenticate: Digest realm=\"a\", nonce=\"1\", algorithm=SHA-256")
                        .add("WWW-Authenticate: Digest realm=\"a\", nonce=\"2\"")
                        .headers()
                        .all("www-authenticate"))
                .hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("values of other headers that JsSIP's parser is tested with")
    @CsvSource(
            delimiter = '|',
            value = {
                "Refer-To: <sip:alice@versatica.com>|alice",
                "r: \"Bob\" <sip:bob@versatica.com;p=1>|bob",
                "P-Preferred-Identity: \"Cullen Jennings\" <sip:fluffy@cisco.com>|fluffy"
            })
    void addresses(String line, String user) throws SipParseException {
        SipHeaders headers = MessageText.request().add(line).headers();
        NameAddress address =
                headers.addresses(headers.name(headers.size() - 1)).get(0);

        assertThat(((SipUri) address.uri()).user()).contains(user);
    }
}
