package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3261 section 7.3.1: lists, repeated rows. */
class HeaderListTest {
    private static List<String> list(String value) throws SipParseException {
        return MessageText.request().add("Contact: " + value).headers().list("Contact");
    }

    @Test
    @DisplayName("MSG-08 comma form and repeated rows are the same, order kept")
    void commaFormAndRows() throws SipParseException {
        SipMessage m = MessageText.request()
                .add("Contact: <sip:a@h>, <sip:b@h>;expires=5")
                .add("X: between")
                .add("m: sip:c@h")
                .message();

        assertThat(m.headers().list("Contact")).containsExactly("<sip:a@h>", "<sip:b@h>;expires=5", "sip:c@h");
        assertThat(m.contacts())
                .extracting(c -> ((SipUri) c.uri()).user().orElse(""))
                .containsExactly("a", "b", "c");
    }

    @Test
    @DisplayName("MSG-08 two Via values in one row are two")
    void viasInOneRow() throws SipParseException {
        SipMessage m = MessageText.request()
                .set("Via", "SIP/2.0/WS a.invalid;branch=z9hG4bK1 ,\r\n SIP/2.0/TCP b.example;branch=z9hG4bK2")
                .add("Via: SIP/2.0/UDP c.example")
                .message();

        assertThat(m.vias()).extracting(Via::host).containsExactly("a.invalid", "b.example", "c.example");
        assertThat(m.topVia().branch()).contains("z9hG4bK1");
        assertThat(m.hasSeveralVias()).isTrue();
    }

    @Test
    @DisplayName("MSG-08 one Via is one, with a trailing comma too")
    void oneVia() throws SipParseException {
        assertThat(MessageText.request().message().hasSeveralVias()).isFalse();
        SipMessage trailing = MessageText.request()
                .set("Via", "SIP/2.0/WS a.invalid;branch=z9hG4bK1,")
                .message();
        assertThat(trailing.hasSeveralVias()).isFalse();
        assertThat(trailing.topVia().branch()).contains("z9hG4bK1");
        assertThat(trailing.vias()).hasSize(1);
    }

    @Test
    @DisplayName("MSG-09 rows of the authentication headers are not split nor joined")
    void challenges() throws SipParseException {
        SipHeaders headers = MessageText.response()
                .start("SIP/2.0 401 Unauthorized")
                .add("WWW-Authenticate: Digest realm=\"a\", nonce=\"1\", qop=\"auth,auth-int\"")
                .add("wWw-AuTheNticate: Digest realm=\"b\", nonce=\"2\"")
                .headers();

        assertThat(headers.all("WWW-Authenticate"))
                .containsExactly(
                        "Digest realm=\"a\", nonce=\"1\", qop=\"auth,auth-int\"", "Digest realm=\"b\", nonce=\"2\"");
    }

    @Test
    @DisplayName("MSG-10 commas and semicolons in quotes or brackets split nothing")
    void quotesAndBrackets() throws SipParseException {
        SipMessage m = MessageText.request()
                .add("Contact: \"a,b;c\\\",<\" <sip:u@h;p=1,2>;expires=60;x=\"1,2\", <sip:v@h>")
                .message();

        assertThat(m.contacts()).hasSize(2);
        NameAddress first = m.contacts().get(0);
        assertThat(first.displayName()).contains("a,b;c\",<");
        assertThat(first.parameters().get("x")).contains("1,2");
    }

    @Test
    @DisplayName("MSG-10 a comma may stand in the user of a bracketed URI")
    void commaInBrackets() throws SipParseException {
        SipMessage m = MessageText.request()
                .add("Contact: <sip:u,v@h>;expires=60,<sip:w@h>")
                .message();

        assertThat(m.contacts()).hasSize(2);
        assertThat(m.contacts().get(0).expires()).hasValue(60);
    }

    @Test
    @DisplayName("MSG-08 the first row of a message is one of its rows")
    void firstRow() throws SipParseException {
        SipHeaders headers = MessageText.request().headers();

        assertThat(headers.name(0)).isEqualTo("Via");
        assertThat(headers.contains("Via")).isTrue();
        assertThat(headers.all("Via")).hasSize(1);
    }

    @ParameterizedTest
    @DisplayName("empty elements are left out, and the oddest rows end somewhere")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a, b|2",
                ",a,,b,|2",
                ",|0",
                ",,,|0",
                "a|1",
                "\"a,b|1",
                "\"a,b\\|1",
                "\"|1",
                "\\|1",
                "<a,b|1",
                "<a,b>,c|2",
                "a>,b|2",
                "\"a\\\",b\",c|2",
                "\"\\\\\",c|2",
                "<,|1",
                "\",\\\",|1"
            })
    void oddLists(String value, int size) throws SipParseException {
        assertThat(list(value)).hasSize(size);
    }

    @Test
    @DisplayName("MSG-14 malformed Contacts and the star are left out, the others stay")
    void malformedContacts() throws SipParseException {
        assertThat(MessageText.request().add("Contact: *").message().contacts()).isEmpty();
        SipMessage m = MessageText.request()
                .add("Contact: ;;;;, <sip:a@h>, nonsense, <sip:b@h;>, <sip:c@h>;q=0.5, sip:d@h?x=y, \"e")
                .message();
        assertThat(m.contacts())
                .extracting(NameAddress::toString)
                .containsExactly("<sip:a@h>", "<sip:b@h;>", "<sip:c@h>;q=0.5");
        assertThat(m.headers().unreadableAddresses("Contact")).isEqualTo(4);
        assertThat(m.contacts().get(1).wellFormed().orElseThrow()).hasToString("<sip:b@h>");
    }

    @ParameterizedTest
    @DisplayName("20.19, 20.33 seconds: comment and parameters aside, at most 2**32-1")
    @CsvSource(
            delimiter = '|',
            value = {
                "3600|3600",
                "0|0",
                "3 (later)|3",
                "18000;duration=3600|18000",
                "120 (I'm in a meeting) ;x=y|120",
                "4294967295|4294967295",
                "4294967296|4294967295",
                "99999999999999999999999999|4294967295",
                "abc|-1",
                "-1|-1",
                "5 minutes|-1",
                "''|-1",
                "٣|-1"
            })
    void seconds(String value, long expected) throws SipParseException {
        assertThat(MessageText.request()
                        .add("Expires: " + value)
                        .headers()
                        .seconds("Expires")
                        .orElse(-1))
                .isEqualTo(expected);
    }
}
