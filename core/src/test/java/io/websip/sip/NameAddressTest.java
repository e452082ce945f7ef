package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 sections 20, 20.10 and 25.1. */
class NameAddressTest {
    @Test
    @DisplayName("MSG-20 without brackets a semicolon starts the header's parameters, within them the URI's")
    void brackets() throws SipParseException {
        NameAddress bare = NameAddress.parse("sip:+19725552222@gw1.example.net;unknownparam");
        assertThat(bare.parameters().contains("unknownparam")).isTrue();
        assertThat(((SipUri) bare.uri()).parameters().isEmpty()).isTrue();

        NameAddress bracketed = NameAddress.parse("<sip:+19725552222@gw1.example.net;unknownparam>");
        assertThat(bracketed.parameters().isEmpty()).isTrue();
        assertThat(((SipUri) bracketed.uri()).parameters().contains("unknownparam"))
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("MSG-20 comma and question mark need brackets")
    @ValueSource(strings = {"sip:a@h?x=y", "sip:a,b@h", "\"Alice\" sip:a@h", "Alice sip:a@h", "sip:a@h, sip:b@h"})
    void bracketsNeeded(String text) {
        assertThat(Faults.isMalformed(() -> NameAddress.parse(text))).isTrue();
    }

    @Test
    @DisplayName("MSG-20 what is made always has brackets")
    void made() {
        SipUri bob = SipUri.of("sip:bob@example.com;transport=ws");

        assertThat(NameAddress.of(bob)).hasToString("<sip:bob@example.com;transport=ws>");
        assertThat(NameAddress.of("Bob", bob)).hasToString("\"Bob\" <sip:bob@example.com;transport=ws>");
        assertThat(NameAddress.of("", bob)).hasToString("<sip:bob@example.com;transport=ws>");
        assertThat(NameAddress.of("0", bob).displayName()).contains("0");
    }

    @ParameterizedTest
    @DisplayName("MSG-21 display names, quoted, in tokens, in none, close to the bracket or not")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "caller<sip:a@h>|caller",
                "\"caller\"<sip:a@h>|caller",
                "J Rosenberg <sip:a@h>|J Rosenberg",
                "Foo \t  Foo  Bar\tBaz <sip:a@h>|Foo Foo Bar Baz",
                "\"Foo  Bar\" <sip:a@h>|Foo  Bar",
                "\"I\u00f1aki \u20ac \\\" <x> \\\\\" <sip:a@h>|I\u00f1aki \u20ac \" <x> \\",
                "I\u00f1aki <sip:a@h>|I\u00f1aki",
                "\"J Rosenberg \\\\\\\"\"       <sip:a@h>|J Rosenberg \\\"",
                "-.!%*_+`'~ <sip:a@h>|-.!%*_+`'~"
            })
    void displayNames(String text, String name) throws SipParseException {
        assertThat(NameAddress.parse(text.replace("``", "`")).displayName()).contains(name.replace("``", "`"));
    }

    @ParameterizedTest
    @DisplayName("MSG-21 no display name")
    @ValueSource(strings = {"<sip:a@h>", "  <sip:a@h>", "sip:a@h", "\"\" <sip:a@h>", "\"\"<sip:a@h> ;x"})
    void noDisplayName(String text) throws SipParseException {
        assertThat(NameAddress.parse(text).displayName()).isEmpty();
        assertThat(NameAddress.parse(text).uri()).isEqualTo(SipUri.of("sip:a@h"));
    }

    @ParameterizedTest
    @DisplayName("malformed addresses are refused")
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "<",
                ">",
                "<>",
                "<sip:a@h",
                "sip:a@h>",
                "<<sip:a@h>>",
                "<sip:a@h>>",
                "<sip:a@h> <sip:b@h>",
                "<sip:a@h> trailing",
                "<sip:a@h>;;x",
                "<sip:a@h>;=x",
                "<sip:a@h>;x=\"",
                "<sip:a@h>;x=<y>",
                "<sip:a @h>",
                "a@b <sip:a@h>",
                "a:b <sip:a@h>",
                " sip",
                "a\u0000b <sip:a@h>",
                "a \"b\" <sip:a@h>",
                "\"a\" b <sip:a@h>",
                "Bell, Alexander <sip:a@h>",
                "<sip:a@h>,",
                "<a@h>"
            })
    void malformed(String text) {
        assertThat(Faults.isMalformed(() -> NameAddress.parse(text))).isTrue();
    }

    @Test
    @DisplayName("MSG-12 of a parameter that stands twice the first counts")
    void twice() throws SipParseException {
        assertThat(NameAddress.parse("<sip:a@h>;expires=60;EXPIRES=0").expires())
                .hasValue(60);
    }

    @Test
    @DisplayName("MSG-12 with puts a parameter in the place of one of the same name, so that none stands twice")
    void withReplaces() throws SipParseException {
        NameAddress address = NameAddress.parse("Bob <sip:b@h>;Tag=1 ; x = \"a;b\" ;y;tag=2");

        assertThat(address.with("tag", "3")).hasToString("Bob <sip:b@h>;x=\"a;b\";y;tag=3");
        assertThat(address.with("z", null).parameters().names()).containsExactly("Tag", "x", "y", "tag", "z");
    }

    @Test
    @DisplayName("with adds tokens, hosts, quoted strings, or no value, and keeps what was there")
    void with() throws SipParseException {
        NameAddress bob = NameAddress.of("B", SipUri.of("sip:b@h"));

        assertThat(bob.with("tag", "x").with("ob", null)).hasToString("\"B\" <sip:b@h>;tag=x;ob");
        assertThat(bob.with("+sip.instance", "\"<urn:uuid:1>\"").parameters().get("+sip.instance"))
                .contains("<urn:uuid:1>");
        assertThat(bob.with("received", "[2001:db8::1]").parameters().get("received"))
                .contains("[2001:db8::1]");
        assertThat(NameAddress.parse("sip:b@h;tag=1;x").with("y", "2"))
                .as("of an address without brackets")
                .hasToString("<sip:b@h>;tag=1;x;y=2");
    }

    @ParameterizedTest
    @DisplayName("20.10 expires: seconds, capped at 2**32-1")
    @CsvSource({"60,60", "0,0", "4294967295,4294967295", "4294967296,4294967295", "abc,-1", "-5,-1", "6 0,-2"})
    void expires(String value, long expected) {
        String text = "<sip:a@h>;expires=" + value;
        if (expected == -2) {
            assertThat(Faults.isMalformed(() -> NameAddress.parse(text))).isTrue();
            return;
        }
        assertThat(parsed(text).expires().orElse(-1)).isEqualTo(expected);
    }

    @ParameterizedTest
    @DisplayName("20.10 q is 0 to 1")
    @CsvSource({"1,1", "0,0", "0.5,0.5", "0.333,0.333", "1.000,1", ".5,0.5", "1.,1", "1.1,-1", "-1,-1", "x,-1", ".,-1"})
    void q(String value, double expected) {
        assertThat(parsed("<sip:a@h>;q=" + value).q().orElse(-1)).isEqualTo(expected);
    }

    @ParameterizedTest
    @DisplayName("20.10 q that is longer, odd or not ASCII is ignored")
    @ValueSource(strings = {"0.33333", "1e0", "\u0661", "0..1", "0.5.", "NaN", "+1", "\"\""})
    void oddQ(String value) {
        assertThat(parsed("<sip:a@h>;q=" + value).q()).isEmpty();
    }

    @Test
    @DisplayName("three values in one row, as JsSIP's parser is tested with")
    void threeContacts() throws SipParseException {
        SipMessage m = MessageText.request()
                .add("Contact: \"@ali\u00df foo\" <SIP:%61liaX@ALIAX.net>;+sip.Foo=\"1,2\",sip:domain.com:5,"
                        + "\r\n  Abc <sip:DOMAIN.com:5>;p=aa;Q=0.2")
                .message();

        assertThat(m.contacts()).hasSize(3);
        NameAddress first = m.contacts().get(0);
        SipUri uri = (SipUri) first.uri();
        assertThat(first.displayName()).contains("@ali\u00df foo");
        assertThat(first.parameters().get("+SIP.foo")).contains("1,2");
        assertThat(uri.user()).contains("aliaX");
        assertThat(uri.rawUser()).contains("%61liaX");
        assertThat(uri.scheme()).isEqualTo("sip");
        assertThat(m.contacts().get(1).uri()).hasToString("sip:domain.com:5");
        assertThat(((SipUri) m.contacts().get(2).uri()).port()).isEqualTo(5);
        assertThat(m.contacts().get(2).q()).hasValue(0.2);
    }

    private static NameAddress parsed(String text) {
        try {
            return NameAddress.parse(text);
        } catch (SipParseException e) {
            throw new AssertionError(text, e);
        }
    }
}
