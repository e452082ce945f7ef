package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 section 7.3: rows, folds, names. */
class HeaderFramingTest {
    @Test
    @DisplayName("MSG-04 a folded line is one value, the fold one space")
    void fold() throws SipParseException {
        SipHeaders headers = MessageText.request()
                .add("Subject: I know you're there,\r\n \t pick up\r\n\tplease")
                .headers();

        assertThat(headers.first("Subject")).contains("I know you're there, pick up please");
    }

    @Test
    @DisplayName("MSG-04 typed values are read across folds, and given without them")
    void foldedTypedValues() throws SipParseException {
        SipMessage m = MessageText.request()
                .set("Via", "SIP  / 2.0\r\n / WS\r\n  df7jal23ls0d.invalid\r\n :8080\r\n ;branch\r\n =\r\n z9hG4bKa")
                .set("From", "\"A\r\n lice\"\r\n <sip:alice@example.com>\r\n ;\r\n tag\r\n =\r\n 1")
                .set("To", "Bob\r\n Bobson\r\n <sip:bob@example.com>")
                .set("CSeq", "7\r\n MESSAGE")
                .set("Call-ID", "\r\n a@b")
                .add("Content-Type: text\r\n /\r\n plain\r\n ;\r\n charset=utf-8")
                .message();

        assertThat(m.topVia().branch()).contains("z9hG4bKa");
        assertThat(m.topVia().sentBy()).isEqualTo("df7jal23ls0d.invalid:8080");
        assertThat(m.from().displayName()).contains("A lice");
        assertThat(m.from().tag()).contains("1");
        assertThat(m.to().displayName()).contains("Bob Bobson");
        assertThat(m.cseq()).isEqualTo(new CSeq(7, SipMethod.MESSAGE));
        assertThat(m.callId()).isEqualTo("a@b");
        MediaType type = m.contentType().orElseThrow();
        assertThat(type.type() + "/" + type.subtype()).isEqualTo("text/plain");
        assertThat(List.of(
                        m.topVia().toString(),
                        m.topVia().parameters().toString(),
                        m.from().toString(),
                        m.from().parameters().toString(),
                        m.to().toString(),
                        type.toString(),
                        type.parameters().toString()))
                .allSatisfy(text -> assertThat(text).doesNotContain("\r").doesNotContain("\n"));
    }

    @ParameterizedTest
    @DisplayName("MSG-05 white space on both sides of the colon")
    @ValueSource(strings = {"CSeq:7 MESSAGE", "CSeq  :  7   MESSAGE", "CSeq\t:\t7\tMESSAGE \t", "CSeq:\r\n 7 MESSAGE"})
    void spaceAroundColon(String line) throws SipParseException {
        assertThat(MessageText.request().replace("CSeq", line).message().cseq())
                .isEqualTo(new CSeq(7, SipMethod.MESSAGE));
    }

    @ParameterizedTest
    @DisplayName("MSG-06 a compact form is the header of the long name")
    @CsvSource({
        "i,Call-ID",
        "m,Contact",
        "e,Content-Encoding",
        "l,Content-Length",
        "c,Content-Type",
        "f,From",
        "s,Subject",
        "k,Supported",
        "t,To",
        "v,Via",
        "o,Event",
        "u,Allow-Events",
        "r,Refer-To",
        "b,Referred-By",
        "a,Accept-Contact",
        "j,Reject-Contact",
        "d,Request-Disposition",
        "y,Identity",
        "n,Identity-Info",
        "x,Session-Expires"
    })
    void compact(char form, String name) {
        for (String spelling : List.of("" + form, ("" + form).toUpperCase(Locale.ROOT))) {
            byte[] bytes = MessageText.crlf("MESSAGE sip:b@h SIP/2.0\n" + spelling + ": 0\n\n");
            SipHeaders headers =
                    Faults.of(() -> SipMessage.parse(bytes)).headers().orElseThrow();

            assertThat(headers.name(0)).isEqualTo(name);
            assertThat(headers.first(name)).contains("0");
            assertThat(headers.first(spelling)).contains("0");
        }
    }

    @Test
    @DisplayName("MSG-06 compact and long names are mixed in one message")
    void mixed() throws SipParseException {
        SipMessage m = SipMessage.parse(MessageText.crlf("""
                SIP/2.0 200 OK
                v: SIP/2.0/WS a.invalid;branch=z9hG4bK1
                Via: SIP/2.0/WS b.invalid;branch=z9hG4bK2
                f: <sip:a@h>;tag=1
                To: <sip:b@h>;tag=2
                I: x
                CSEQ: 1 MESSAGE
                k: path
                Supported: outbound
                l: 0

                """));
        m.verify();

        assertThat(m.vias()).extracting(Via::host).containsExactly("a.invalid", "b.invalid");
        assertThat(m.hasSeveralVias()).isTrue();
        assertThat(m.headers().list("k")).containsExactly("path", "outbound");
        assertThat(m.callId()).isEqualTo("x");
    }

    @Test
    @DisplayName("MSG-07 names are compared without regard to case, by ASCII alone")
    void nameCase() throws SipParseException {
        SipHeaders headers =
                MessageText.request().add("X-fOO: 1").add("sUPPORTED: path").headers();

        assertThat(headers.first("x-Foo")).contains("1");
        assertThat(headers.contains("X-FOO")).isTrue();
        assertThat(headers.contains("Supported")).isTrue();
        assertThat(headers.contains("\u212a")).as("the Kelvin sign is no k").isFalse();
        assertThat(headers.contains("Foo")).isFalse();
    }

    @Test
    @DisplayName("MSG-13 rows of unknown names are kept as they stand")
    void unknown() throws SipParseException {
        SipHeaders headers = MessageText.request()
                .add("X-Foo: ;;,,")
                .add("C%6Fntact: <sip:a@h>")
                .add("X-Empty:")
                .headers();

        assertThat(headers.first("X-Foo")).contains(";;,,");
        assertThat(headers.contains("Contact")).isFalse();
        assertThat(headers.first("X-Empty")).contains("");
        assertThat(headers.name(headers.size() - 2)).isEqualTo("C%6Fntact");
        List<String> rows = new ArrayList<>();
        headers.forEach((name, value) -> rows.add(name + "=" + value));
        assertThat(rows).hasSize(headers.size()).endsWith("X-Empty=").contains("X-Foo=;;,,");
    }

    @ParameterizedTest
    @DisplayName("8.2.2 a line that is no row is left out, and swallows no other line")
    @ValueSource(strings = {"no colon", ": no name", "@: x", "X Y: z", "\u00dcber: x", "\u0000: x"})
    void notARow(String line) throws SipParseException {
        SipHeaders headers = MessageText.request().add(line).add("X-Next: 1").headers();

        assertThat(headers.first("X-Next")).contains("1");
        assertThat(headers.size()).isEqualTo(7);
    }

    @ParameterizedTest
    @DisplayName("7 a lone CR or LF in a row that nobody needs is a space")
    @ValueSource(strings = {"X: a\nb", "X: a\rb", "X: a\n\nb", "X: a\r\rb", "X\n: a b", "X: a \r\r\n b"})
    void loneLineBreakOfAStranger(String line) throws SipParseException {
        assertThat(MessageText.request().add(line).headers().first("X")).contains("a b");
        assertThat(MessageText.response().add(line).headers().first("X")).contains("a b");
    }

    @Test
    @DisplayName("7 a lone CR or LF hides no row, and makes none")
    void hiddenRow() throws SipParseException {
        SipMessage m = MessageText.request()
                .add("X: a\nFrom: <sip:ceo@example.com>\rTo: <sip:x@h>")
                .message();

        assertThat(m.from().uri()).hasToString("sip:alice@example.com");
        assertThat(m.headers().all("From")).hasSize(1);
        assertThat(m.headers().first("X")).contains("a From: <sip:ceo@example.com> To: <sip:x@h>");
    }

    @ParameterizedTest
    @DisplayName("7 a lone CR or LF in a row that a request needs is a fault")
    @ValueSource(
            strings = {
                "Content-Type: a/b;c\n=d",
                "Content-Length: 0\n",
                "Require\n: outbound",
                "c\r: a/b",
                "v: SIP/2.0/TCP\nh"
            })
    void loneLineBreak(String line) {
        assertThat(MessageText.request().add(line).fault().statusHint()).isEqualTo(400);
    }

    @Test
    @DisplayName("7 a fold cannot follow the start line")
    void foldedStartLine() {
        assertThat(MessageText.request()
                        .start("MESSAGE sip:bob@example.com SIP/2.0\r\n x")
                        .fault()
                        .statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("7 a message cut anywhere in its header is refused, with what could be read")
    void truncatedHeader() throws SipParseException {
        byte[] whole = MessageText.request().bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThat(Faults.isMalformed(() -> SipMessage.parse(cut))).isTrue();
        }
        SipMessage.parse(whole).verify();
    }

    @Test
    @DisplayName("an empty value, also in the last row of a message without body, is a value")
    void emptyValues() throws SipParseException {
        SipHeaders headers =
                MessageText.request().add("Subject:").add("Allow: ").add("X:").headers();

        assertThat(headers.all("Subject")).containsExactly("");
        assertThat(headers.list("Allow")).isEmpty();
        assertThat(headers.value(headers.size() - 1)).isEmpty();
        assertThat(headers.seconds("X")).isEmpty();
    }

    @Test
    @DisplayName("a row that is not there is refused by its number")
    void noSuchRow() throws SipParseException {
        SipHeaders headers = MessageText.request().headers();

        assertThatThrownBy(() -> headers.name(headers.size())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> headers.value(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    @DisplayName("G8 credentials do not show in toString")
    void secrets() throws SipParseException {
        SipHeaders headers = MessageText.request()
                .add("Authorization: Digest response=\"secret1\"")
                .add("Proxy-Authorization: Digest response=\"secret2\"")
                .headers();

        assertThat(headers.toString()).contains("Max-Forwards: 70").doesNotContain("secret");
    }
}
