package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small things at the edge of what the other tests say, each of which a changed line could have broken unseen. */
class EdgesTest {
    private static SipMessageBuilder<SipRequest> builder() {
        return SipRequest.builder(SipMethod.MESSAGE, SipUri.of("sip:bob@example.com"));
    }

    // ---- header rows ----

    @ParameterizedTest
    @ValueSource(strings = {"X-Foo", "Subject"})
    void settingAHeaderLeavesTheOthersAsTheyStand(String name) {
        SipHeaders headers = builder()
                .add("Route", "<sip:first.example.com>")
                .add(name, "old")
                .add("X-Bar", "1")
                .add(name, "older")
                .add("Supported", "path")
                .set(name, "new")
                .build()
                .headers();
        assertThat(headers.all(name)).containsExactly("new");
        assertThat(headers.size()).isEqualTo(5);
        assertThat(headers.name(0) + headers.name(1) + headers.name(2) + headers.name(3))
                .isEqualTo("Route" + name + "X-BarSupported");
    }

    @ParameterizedTest
    @CsvSource({"'a\tb', a\ufffdb", "'a\u007fb', a\ufffdb", "'a b', 'a b'", "'a\u001fb', a\ufffdb", "'a~ b', 'a~ b'"})
    void aNameThatIsNoTokenIsShownWithoutControls(String name, String shown) {
        assertThatThrownBy(() -> builder().add(name, "value"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header name '" + shown + "' is not a token");
        assertThatThrownBy(() -> SipHeaders.check(name, "value")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whiteSpaceAroundAValueIsNoPartOfIt() {
        for (String value : new String[] {" a b\t", "a b", "\u00e4 b  "}) {
            assertThat(builder().add("X-Foo", value).build().headers().first("X-Foo"))
                    .contains(value.strip());
        }
        assertThat(builder().add("X-Foo", " \t ").build().headers().first("X-Foo"))
                .contains("");
    }

    @Test
    void aFoldAtTheVeryEndIsOneSpace() {
        byte[] folded = Bytes.utf8("a\r\n \t");
        assertThat(Bytes.unfoldedString(folded, 0, folded.length)).isEqualTo("a ");
    }

    @Test
    void namesHaveTheirUsualSpelling() {
        assertThat(SipHeaders.canonicalName("f")).isEqualTo("From");
        assertThat(SipHeaders.canonicalName("call-id")).isEqualTo("Call-ID");
        for (KnownHeader header : KnownHeader.values()) {
            String upper = header.text().toUpperCase(Locale.ROOT);
            byte[] bytes = MessageText.crlf("MESSAGE sip:b@h SIP/2.0\n" + upper + ": 1\n\n");
            SipParseException fault = Faults.of(() -> SipMessage.parse(bytes));
            assertThat(fault.headers().orElseThrow().name(0)).isEqualTo(header.text());
        }
    }

    @Test
    void namesOfEveryLengthAreRead() throws SipParseException {
        for (String first : new String[] {"`", "~", "A", "z"}) {
            for (int length = 1; length <= 40; length++) {
                String name = first + "-".repeat(length);
                assertThat(MessageText.request().add(name + ": 1").headers().first(name))
                        .contains("1");
            }
        }
    }

    @Test
    void aHeaderIsReadAlsoWhereItStandsFirst() {
        assertThat(builder().add("Content-Type", "text/html").build().contentType())
                .contains(MediaType.of("text/html"));
        SipRequest request = builder().add("Max-Forwards", "7").build();
        assertThat(request.maxForwards()).hasValue(7);
        assertThat(builder().add("Expires", "60").build().headers().seconds("Expires"))
                .hasValue(60);
        assertThat(builder().add("X-Foo", "a, b").build().headers().list("X-Foo"))
                .containsExactly("a", "b");
        assertThat(builder().add("Supported", "a, b").build().headers().list("Supported"))
                .containsExactly("a", "b");
    }

    @Test
    void secondsThatAreAbsentAreEmpty() {
        assertThat(builder().build().headers().seconds("Expires")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sip:a b", "sip:a\tb", "sip:a\u007fb", " sip:a", "sip:a ", "tel:1 2", "tel:1\r\n", "tel:\u007f"})
    void aRequestUriHasNoWhiteSpaceOrControls(String uri) {
        assertThatThrownBy(() -> SipRequest.builder(SipMethod.MESSAGE, Uri.parse(uri)))
                .isInstanceOf(SipParseException.class);
    }

    @Test
    void aRequestUriIsWrittenAsItStands() throws Exception {
        for (String uri : new String[] {"sip:a!@b", "sip:%41@B;x?y=z", "tel:+1-2", "sip:\u00fc@b"}) {
            assertThat(SipRequest.builder(SipMethod.MESSAGE, Uri.parse(uri))
                            .build()
                            .requestUriText())
                    .isEqualTo(uri);
        }
    }

    // ---- URIs ----

    @Test
    void urisAreEqualByTheirText() {
        SipUri uri = SipUri.of("sip:bob@example.com;a=b");
        assertThat(uri)
                .isEqualTo(SipUri.of("sip:bob@example.com;a=b"))
                .hasSameHashCodeAs(SipUri.of("sip:bob@example.com;a=b"))
                .isNotEqualTo(SipUri.of("sip:bob@example.com"))
                .isNotEqualTo(null);
        assertThat(uri.hashCode()).isNotEqualTo(SipUri.of("sip:bob@example.com").hashCode());
    }

    @Test
    void viasMediaTypesAndOtherUrisAreEqualByTheirTextToo() throws SipParseException {
        equalByText(Via.parse("SIP/2.0/WS h"), Via.parse("SIP/2.0/WS h"), Via.parse("SIP/2.0/WS i"));
        equalByText(MediaType.of("a/b"), MediaType.of("a/b"), MediaType.of("a/c"));
        equalByText(Uri.parse("tel:+1"), Uri.parse("tel:+1"), Uri.parse("tel:+2"));
        equalByText(SipMethod.of("FOO"), SipMethod.of("FOO"), SipMethod.of("BAR"));
    }

    private static void equalByText(Object one, Object same, Object other) {
        assertThat(one)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(other)
                .isNotEqualTo(one.toString());
        assertThat(one.hashCode()).isNotEqualTo(other.hashCode());
    }

    @Test
    void urisThatMatchHaveOneKey() {
        assertThat(SipUri.of("sip:bob@EXAMPLE.com").matchKey())
                .isNotEmpty()
                .isEqualTo(SipUri.of("sip:bob@example.com").matchKey())
                .isNotEqualTo(SipUri.of("sip:alice@example.com").matchKey());
    }

    @Test
    void escapesAreUndoneUpToTheEnd() throws SipParseException {
        SipUri uri = SipUri.parse("sip:%41b%43:p%41@example.com");
        assertThat(uri.user()).contains("AbC");
        assertThat(uri.password()).contains("pA");
        assertThat(uri.rawPassword()).contains("p%41");
    }

    @Test
    void aFaultIsCountedFromTheUrisOwnStart() {
        assertThat(Faults.of(() -> SipUri.parse("sip:a@b]"))).hasMessageEndingWith("at position 7");
        assertThat(Faults.of(() -> NameAddress.parse("\"long name\" <sip:a@b]>")))
                .hasMessageEndingWith("at position 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:x", "z:x", "A:x", "Z:x", "az:x"})
    void aSchemeIsOfLetters(String text) throws SipParseException {
        assertThat(Uri.parse(text)).hasToString(text);
        assertThat(Faults.isMalformed(() -> Uri.parse("`" + text))).isTrue();
        assertThat(Faults.isMalformed(() -> Uri.parse("{" + text))).isTrue();
        assertThat(Faults.isMalformed(() -> Uri.parse("@" + text))).isTrue();
        assertThat(Faults.isMalformed(() -> Uri.parse("[" + text))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "[::], true",
        "[1:2], false",
        "[1:2:3:4:5:6:7::], true",
        "[1:2:3:4:5:6:7:8::], false",
        "[12345::], false",
        "[::1.2.3.4], true",
        "a..b, false",
        "'', false",
        "a b, false",
        "1.2.3.4, true",
        "1.2.3.256, false",
        "1.2.3.4., true"
    })
    void hosts(String text, boolean host) {
        assertThat(Scan.isHost(text)).isEqualTo(host);
    }

    // ---- addresses ----

    @Test
    void addressesAreEqualByTheirText() {
        NameAddress one = NameAddress.of("Bob", SipUri.of("sip:bob@example.com"));
        NameAddress other = NameAddress.of("Bobby", SipUri.of("sip:bob@example.com"));
        assertThat(one)
                .isEqualTo(NameAddress.of("Bob", SipUri.of("sip:bob@example.com")))
                .hasSameHashCodeAs(NameAddress.of("Bob", SipUri.of("sip:bob@example.com")))
                .isNotEqualTo(other)
                .isNotEqualTo(null);
        assertThat(one.hashCode()).isNotEqualTo(other.hashCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<sip:a@b>", "<sip:a@b>;x=1", "\"A\" <sip:a@b>;x", "A  B <sip:a@b>", "sip:a@b;x=1"})
    void anAddressEndsWithItsLastWord(String text) throws SipParseException {
        for (String list : new String[] {
            text, " " + text + " ", text + " , <sip:c@d>", "\t" + text + ",<sip:c@d> ", text + "\r\n ,<sip:c@d>"
        }) {
            SipMessage m = MessageText.request().add("Contact: " + list).message();
            assertThat(m.contacts().get(0)).hasToString(text);
            assertThat(NameAddress.parse(" " + text + " ")).hasToString(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"A\"  <sip:a@b>', A",
        "' \"A\"\t<sip:a@b>', A",
        "' A  <sip:a@b>', A",
        "'A  B\t C <sip:a@b>', A B C",
    })
    void whiteSpaceAroundADisplayName(String text, String name) throws SipParseException {
        assertThat(NameAddress.parse(text).displayName()).contains(name);
    }
}
