package io.websip.mime;

import static io.websip.mime.Bodies.ALICE;
import static io.websip.mime.Bodies.BOB;
import static io.websip.mime.Bodies.fault;
import static io.websip.mime.Bodies.text;
import static io.websip.mime.Bodies.uri;
import static io.websip.mime.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.mime.ResourceList.CopyControl;
import io.websip.mime.ResourceList.Entry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4826, RFC 5364, RFC 5365. */
class ResourceListTest {
    private static final String START = "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\""
            + " xmlns:cp=\"urn:ietf:params:xml:ns:copycontrol\">";

    private static ResourceList of(String children) {
        try {
            return ResourceList.parse(utf8(START + children + "</resource-lists>"));
        } catch (MimeParseException e) {
            throw new AssertionError(children, e);
        }
    }

    @Test
    @DisplayName("5365 6 three recipients, each with its copyControl, in a flat list")
    void writing() {
        ResourceList written = ResourceList.builder()
                .to(BOB)
                .cc(uri("sip:carol@example.com"))
                .bcc(uri("tel:+43123"))
                .add(uri("sip:dave@example.com;x='&'"), CopyControl.TO, true)
                .build();

        assertThat(text(written.toBytes()))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + START + "<list>"
                        + "<entry uri=\"sip:bob@example.com\" cp:copyControl=\"to\"/>"
                        + "<entry uri=\"sip:carol@example.com\" cp:copyControl=\"cc\"/>"
                        + "<entry uri=\"tel:+43123\" cp:copyControl=\"bcc\"/>"
                        + "<entry uri=\"sip:dave@example.com;x='&amp;'\" cp:copyControl=\"to\" cp:anonymize=\"true\"/>"
                        + "</list></resource-lists>");
        assertThat(written.entries())
                .containsExactly(
                        new Entry(BOB, CopyControl.TO, false, 1, ""),
                        new Entry(uri("sip:carol@example.com"), CopyControl.CC, false, 1, ""),
                        new Entry(uri("tel:+43123"), CopyControl.BCC, false, 1, ""),
                        new Entry(uri("sip:dave@example.com;x='&'"), CopyControl.TO, true, 1, ""));
        assertThat(written.toPart().disposition()).contains(ContentDisposition.RECIPIENT_LIST);
        assertThat(written.toPart().contentType()).hasToString("application/resource-lists+xml");
        assertThat(written).hasToString("4 recipients");
    }

    @Test
    @DisplayName("5363 4.1 no URI twice, by the comparison of URIs and not of text")
    void twice() {
        ResourceListBuilder list = ResourceList.builder().to(BOB).to(uri("sip:bob@example.com:5070"));
        for (String same : new String[] {
            "sip:bob@example.com", "SIP:bob@EXAMPLE.com", "sip:%62ob@example.com", "sip:bob@example.com;x=y"
        }) {
            assertThatThrownBy(() -> list.bcc(uri(same)))
                    .as(same)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("RFC 5363 section 4.1");
        }
        list.to(uri("tel:+1"));
        assertThatThrownBy(() -> list.to(uri("tel:+1"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(list.to(uri("sips:bob@example.com")).build().entries()).hasSize(4);
    }

    @Test
    @DisplayName("5365 6 no headers in an entry, and a list has one at least")
    void refused() {
        assertThatThrownBy(() -> ResourceList.builder().to(uri("sip:bob:secret@example.com?body=x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sip:bob@example.com")
                .hasMessageContaining("RFC 5365 section 6")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> ResourceList.builder().build()).isInstanceOf(IllegalStateException.class);
        ResourceListBuilder many = ResourceList.builder();
        for (int i = 0; i < 2_000; i++) {
            many.to(uri("sip:user" + i + "@example.com"));
        }
        assertThatThrownBy(many::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65535 octets");
    }

    @Test
    @DisplayName("5364 5 the example: to, cc and bcc, some of them anonymous, with a count")
    void history() throws MimeParseException {
        ResourceList read = ResourceList.parse(utf8("""
                <?xml version="1.0" encoding="UTF-8"?>
                <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"
                          xmlns:cp="urn:ietf:params:xml:ns:copycontrol">
                  <list>
                    <entry uri="sip:bill@example.com" cp:copyControl="to" />
                    <entry uri="sip:anonymous@anonymous.invalid" cp:copyControl="to" cp:count="2"/>
                    <entry uri="sip:joe@example.org" cp:copyControl="cc"><display-name>Joe &lt;j&gt;</display-name></entry>
                    <entry uri="sip:ted@example.net"/>
                  </list>
                </resource-lists>"""));
        assertThat(read.entries())
                .containsExactly(
                        new Entry(uri("sip:bill@example.com"), CopyControl.TO, false, 1, ""),
                        new Entry(uri("sip:anonymous@anonymous.invalid"), CopyControl.TO, false, 2, ""),
                        new Entry(uri("sip:joe@example.org"), CopyControl.CC, false, 1, "Joe <j>"),
                        new Entry(uri("sip:ted@example.net"), CopyControl.BCC, false, 1, ""));
        assertThat(read.isReferring()).isFalse();
        assertThat(read.find(uri("sip:JOE@example.org"))).isEmpty();
        assertThat(read.find(uri("sip:joe@EXAMPLE.org;x=y")).orElseThrow().copyControl())
                .isEqualTo(CopyControl.CC);
        assertThat(read.find(ALICE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "1,true", "' true ',true", "false,false", "0,false", "TRUE,false", "'',false"})
    @DisplayName("5364 5 anonymize is an XML boolean")
    void anonymize(String value, boolean expected) {
        assertThat(of("<list><entry uri='sip:a@b' cp:anonymize='" + value + "'/></list>")
                        .entries()
                        .get(0)
                        .anonymize())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"3,3", "' 3 ',3", "0,1", "-1,1", "x,1", "'',1", "1000001,1000000", "99999999999,1"})
    @DisplayName("5364 4 a count is bounded")
    void counts(String value, int expected) {
        assertThat(of("<list><entry uri='sip:a@b' cp:count='" + value + "'/></list>")
                        .entries()
                        .get(0)
                        .count())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName(
            "4826 3.2 lists in lists in their order, references are not followed, foreign elements and broken URIs ignored")
    void nested() {
        ResourceList read = of(
                "<list name='x'><entry uri='sip:a@b'/><list><entry uri=' sip:c@d '/>"
                        + "<entry xmlns='urn:x' uri='sip:foreign@b'/><entry/><entry uri='no'/><display-name>n</display-name></list>"
                        + "<entry uri='sip:e@f' copyControl='to'/></list><list><entry uri='sip:g@h' cp:copyControl='frob'/></list>");
        assertThat(read.entries())
                .extracting(e -> e.uri().toString())
                .containsExactly("sip:a@b", "sip:c@d", "sip:e@f", "sip:g@h");
        assertThat(read.entries()).extracting(Entry::copyControl).containsOnly(CopyControl.BCC);
        assertThat(read.isReferring()).isFalse();
        assertThat(of("<list><entry-ref ref='resource-lists/x'/></list>").isReferring())
                .isTrue();
        assertThat(of("<list><external anchor='http://127.0.0.1:1/'/></list>").isReferring())
                .isTrue();
    }

    @Test
    @DisplayName("4826 3.2 another root is refused, and so is a part of another type")
    void malformed() throws MimeParseException {
        assertThat(fault(() -> ResourceList.parse(utf8("<resource-lists/>"))).statusHint())
                .isEqualTo(400);
        assertThat(fault(() -> ResourceList.of(BodyPart.text("a"))).statusHint())
                .isEqualTo(400);
        assertThat(of("").entries()).isEmpty();
        ResourceList written = ResourceList.builder().to(BOB).build();
        assertThat(ResourceList.of(written.toPart())).isEqualTo(written).hasSameHashCodeAs(written);
    }
}
