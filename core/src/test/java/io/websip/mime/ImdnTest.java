package io.websip.mime;

import static io.websip.mime.Bodies.BOB;
import static io.websip.mime.Bodies.fault;
import static io.websip.mime.Bodies.text;
import static io.websip.mime.Bodies.uri;
import static io.websip.mime.Bodies.utf8;
import static io.websip.mime.Bodies.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.sip.MediaType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5438 section 11, as peers write it. */
class ImdnTest {
    private static final String START = "<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\">";

    static String document(String id, String notification) {
        return START + "<message-id>" + id + "</message-id><datetime>2026-12-01T10:00:00Z</datetime>" + notification
                + "</imdn>";
    }

    private static String delivery(String status) {
        return "<delivery-notification><status>" + status + "</status></delivery-notification>";
    }

    private static Imdn parse(String document) {
        try {
            return Imdn.parse(utf8(document));
        } catch (MimeParseException e) {
            throw new AssertionError(document, e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "delivery,delivered,DELIVERY,DELIVERED",
        "delivery,failed,DELIVERY,FAILED",
        "delivery,forbidden,DELIVERY,FORBIDDEN",
        "delivery,error,DELIVERY,ERROR",
        "display,displayed,DISPLAY,DISPLAYED",
        "display,forbidden,DISPLAY,FORBIDDEN",
        "display,error,DISPLAY,ERROR",
        "processing,processed,PROCESSING,PROCESSED",
        "processing,stored,PROCESSING,STORED",
        "processing,forbidden,PROCESSING,FORBIDDEN",
        "processing,error,PROCESSING,ERROR",
        "delivery,frobbed,DELIVERY,OTHER",
        "delivery,displayed,DELIVERY,OTHER",
        "delivery,Delivered,DELIVERY,OTHER",
        "delivery,other,DELIVERY,OTHER"
    })
    @DisplayName("11.1 kind and status; one that is not known, or not of the kind, is other")
    void status(String element, String status, Imdn.Kind kind, Imdn.Status expected) throws MimeParseException {
        Imdn read = Imdn.parse(utf8(document(
                "a1",
                "<" + element + "-notification><status><" + status + "/></status></" + element + "-notification>")));
        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.status()).isEqualTo(expected);
        assertThat(read).hasToString(kind + " " + expected + " of a1");
        if (expected != Imdn.Status.OTHER) {
            Imdn written = Imdn.builder(kind, expected)
                    .messageId("a1")
                    .dateTime(Instant.EPOCH)
                    .recipient(BOB)
                    .build();
            assertThat(Imdn.parse(written.toBytes()).status()).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("11.1 the example of the RFC, with its line breaks and its subject")
    void example() {
        Imdn read = parse("""
                <?xml version="1.0" encoding="UTF-8"?>
                <imdn xmlns="urn:ietf:params:xml:ns:imdn">
                     <message-id>34jk324j</message-id>
                     <datetime>2008-04-04T12:16:49-05:00</datetime>
                     <recipient-uri>im:bob@example.com</recipient-uri>
                     <original-recipient-uri
                     >im:bob@example.com</original-recipient-uri>
                     <subject>Lunch &amp; <![CDATA[<more>]]> &#x1f389;</subject>
                     <delivery-notification>
                        <status>
                           <delivered/>
                        </status>
                     </delivery-notification>
                  </imdn>
                """);
        assertThat(read.messageId()).isEqualTo("34jk324j");
        assertThat(read.dateTime()).contains(Instant.parse("2008-04-04T17:16:49Z"));
        assertThat(read.recipient()).contains(uri("im:bob@example.com"));
        assertThat(read.originalRecipient()).contains(uri("im:bob@example.com"));
        assertThat(read.subject()).contains("Lunch & <more> \ud83c\udf89");
        assertThat(read.status()).isEqualTo(Imdn.Status.DELIVERED);
    }

    @Test
    @DisplayName("11.1 the namespace counts and not the prefix; foreign elements are ignored, and the order is")
    void namespaces() {
        Imdn read = parse("<x:imdn xmlns:x='urn:ietf:params:xml:ns:imdn' xmlns='urn:example:other'>"
                + "<message-id>foreign</message-id><x:display-notification><status><failed/></status><x:note/>"
                + "<x:status><failed/><x:displayed/></x:status></x:display-notification>"
                + "<x:message-id> a1 </x:message-id></x:imdn>");
        assertThat(read.messageId()).isEqualTo("a1");
        assertThat(read.kind()).isEqualTo(Imdn.Kind.DISPLAY);
        assertThat(read.status()).isEqualTo(Imdn.Status.DISPLAYED);
        assertThat(read.recipient()).isEmpty();
        assertThat(read.dateTime()).isEmpty();
        assertThat(read.reasonCode()).isEmpty();
    }

    @Test
    @DisplayName("Linphone's reason of a failure, in a namespace of its own")
    void reason() {
        Imdn read =
                parse("<imdn xmlns='urn:ietf:params:xml:ns:imdn' xmlns:imdn='http://www.linphone.org/xsds/imdn.xsd'>"
                        + "<message-id>a1</message-id>"
                        + delivery("<failed/><imdn:reason code=\"488\">Not acceptable here</imdn:reason>") + "</imdn>");
        assertThat(read.status()).isEqualTo(Imdn.Status.FAILED);
        assertThat(read.reasonCode()).hasValue(488);
        assertThat(read.reason()).contains("Not acceptable here");
        for (String code : new String[] {"", "99", "700", "4x8", "99999999999", "-88"}) {
            assertThat(parse(document("a1", delivery("<failed/><reason xmlns='urn:x' code='" + code + "'/>")))
                            .reasonCode())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("7.2.1 a report about a message without an id has its Call-ID")
    void callIds() {
        assertThat(parse(document("843817637684230@192.0.2.1:5060", delivery("<delivered/>")))
                        .messageId())
                .isEqualTo("843817637684230@192.0.2.1:5060");
        assertThat(parse(document("a".repeat(256), delivery(""))).status()).isEqualTo(Imdn.Status.OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "<imdn/>",
                "<imdn xmlns='urn:example:other'><message-id>a</message-id><delivery-notification/></imdn>",
                START + "</imdn>",
                START + "<message-id>a</message-id></imdn>",
                START + "<message-id/><delivery-notification/></imdn>",
                START + "<message-id>a b</message-id><delivery-notification/></imdn>",
                START + "<message-id>\u00e4</message-id><delivery-notification/></imdn>",
                START + "<message-id>a</message-id><delivery-notification/>",
                START + "<message-id>a</message-id><delivery-notification></imdn>"
            })
    @DisplayName("11.1 what names no message or says nothing is refused")
    void malformed(String document) {
        assertThat(fault(() -> Imdn.parse(utf8(document))).statusHint()).isEqualTo(400);
        assertThat(fault(() -> Imdn.parse(utf8(document("a".repeat(257), delivery("")))))
                        .statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("11.1 an address in angle brackets or with a name is read, one that is none is left out")
    void addresses() {
        assertThat(parse(START + "<message-id>a</message-id><recipient-uri>&lt;sip:bob@example.com&gt;</recipient-uri>"
                                + "<original-recipient-uri>nobody</original-recipient-uri>" + delivery("") + "</imdn>")
                        .recipient())
                .contains(BOB);
        assertThat(parse(START + "<message-id>a</message-id><original-recipient-uri>nobody</original-recipient-uri>"
                                + delivery("") + "</imdn>")
                        .originalRecipient())
                .isEmpty();
    }

    @Test
    @DisplayName("8.3 an aggregate, whose last boundary lacks its hyphens; what cannot be read in it is left out")
    void aggregates() throws MimeParseException {
        BodyPart aggregate = BodyPart.parse(wire("""
                Content-Type: multipart/mixed;
                              boundary="imdn-boundary"
                Content-Disposition: notification
                Content-length: 3452

                --imdn-boundary
                Content-type: message/imdn+xml

                %s
                --imdn-boundary
                Content-type: application/imdn+xml
                Content-Disposition: notification

                %s
                --imdn-boundary
                Content-type: message/imdn+xml

                <broken>
                --imdn-boundary
                Content-type: text/plain

                note
                --imdn-boundary
                """.formatted(
                        document("a1", delivery("<delivered/>")),
                        document("a2", "<display-notification><status><displayed/></status></display-notification>"))));

        List<Imdn> reports = Imdn.in(aggregate);

        assertThat(reports).extracting(Imdn::messageId).containsExactly("a1", "a2");
        assertThat(reports).extracting(Imdn::status).containsExactly(Imdn.Status.DELIVERED, Imdn.Status.DISPLAYED);
        BodyPart nested = Multipart.mixed(
                        BodyPart.text("x"),
                        Multipart.mixed(reports.get(0).toPart()).toPart())
                .toPart();
        assertThat(Imdn.in(nested)).containsExactly(reports.get(0));
    }

    @Test
    @DisplayName("12.1.1 a bare report, deflated too; another type is none")
    void bare() throws MimeParseException {
        byte[] document = utf8(document("a1", delivery("<delivered/>")));
        assertThat(Imdn.in(BodyPart.of("Message/IMDN+xml", document))).hasSize(1);
        assertThat(Imdn.in(BodyPart.builder("message/imdn+xml")
                        .header("Content-Encoding", "deflate")
                        .content(ContentEncoding.DEFLATE.encode(document))
                        .build()))
                .hasSize(1);
        assertThat(fault(() -> Imdn.in(BodyPart.of("text/xml", document))).statusHint())
                .isEqualTo(400);
        assertThat(fault(() -> Imdn.in(Multipart.mixed(BodyPart.text("a")).toPart()))
                        .statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("11.1, 11.1.2 a written report: recipients as a pair, the id a token, everything escaped")
    void writing() {
        Imdn written = Imdn.builder(Imdn.Kind.PROCESSING, Imdn.Status.STORED)
                .messageId("a-1")
                .dateTime(Instant.parse("2026-12-01T10:00:00.9Z"))
                .recipient(uri("sip:bob@example.com?a=b&c='d'"))
                .originalRecipient(uri("sip:list@example.com"))
                .subject("<&>\"'\r\n\ud83c\udf89")
                .build();
        assertThat(text(written.toBytes()))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + START + "<message-id>a-1</message-id>"
                        + "<datetime>2026-12-01T10:00:00Z</datetime>"
                        + "<recipient-uri>sip:bob@example.com?a=b&amp;c='d'</recipient-uri>"
                        + "<original-recipient-uri>sip:list@example.com</original-recipient-uri>"
                        + "<subject>&lt;&amp;&gt;&quot;'&#13;&#10;\ud83c\udf89</subject>"
                        + "<processing-notification><status><stored/></status></processing-notification></imdn>");
        assertThat(written.subject()).contains("<&>\"'\r\n\ud83c\udf89");
        assertThat(written.originalRecipient()).contains(uri("sip:list@example.com"));
        assertThat(written.toPart().contentType()).isEqualTo(MediaType.of("message/imdn+xml"));
        assertThat(written.toPart().disposition()).contains(ContentDisposition.NOTIFICATION);
    }

    @Test
    @DisplayName("11.1 what a report cannot say is refused, with the value and the rule")
    void refused() {
        assertThatThrownBy(() -> Imdn.builder(Imdn.Kind.DISPLAY, Imdn.Status.DELIVERED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a display-notification cannot say delivered (RFC 5438 section 11.1)");
        assertThatThrownBy(() -> Imdn.builder(Imdn.Kind.DISPLAY, Imdn.Status.OTHER))
                .isInstanceOf(IllegalArgumentException.class);
        ImdnBuilder builder = Imdn.builder(Imdn.Kind.DELIVERY, Imdn.Status.DELIVERED);
        assertThatThrownBy(() -> builder.messageId("a@b")).hasMessageContaining("a@b");
        assertThatThrownBy(() -> builder.subject("a\u0000b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+0000")
                .hasMessageNotContaining("\u0000");
        assertThatThrownBy(() -> builder.subject("\uffff")).hasMessageContaining("U+FFFF");
        assertThatThrownBy(() -> builder.subject("\udc00")).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> builder.dateTime(Instant.MIN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("recipient");
        builder.recipient(BOB);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("messageId");
        builder.messageId("a");
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dateTime");
    }
}
