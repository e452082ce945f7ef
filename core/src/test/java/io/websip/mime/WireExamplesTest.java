package io.websip.mime;

import static io.websip.mime.Bodies.ALICE;
import static io.websip.mime.Bodies.BOB;
import static io.websip.mime.Bodies.text;
import static io.websip.mime.Bodies.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.MediaType;
import io.websip.sip.SipMessage;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whole bodies as they go over the wire: Linphone takes each of them, and each is read back and written again octet by octet. */
class WireExamplesTest {
    private static final Instant SENT = Instant.parse("2026-12-01T10:00:00Z");

    private static final byte[] MESSAGE = wire("""
            From: <sip:alice@example.com>
            To: <sip:bob@example.com>
            DateTime: 2026-12-01T10:00:00Z
            NS: imdn <urn:ietf:params:imdn>
            imdn.Message-ID: Qm9iLXdhcy1oZXJlLTE
            imdn.Disposition-Notification: positive-delivery, negative-delivery, display

            Content-Type: text/plain;charset=UTF-8
            Content-Length: 13

            Grüße, Bob!""");

    private static final String DELIVERED =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><imdn xmlns=\"urn:ietf:params:xml:ns:imdn\">"
                    + "<message-id>Qm9iLXdhcy1oZXJlLTE</message-id><datetime>2026-12-01T10:00:00Z</datetime>"
                    + "<recipient-uri>sip:bob@example.com</recipient-uri>"
                    + "<original-recipient-uri>sip:bob@example.com</original-recipient-uri>"
                    + "<delivery-notification><status><delivered/></status></delivery-notification></imdn>";

    private static final String DISPLAYED =
            DELIVERED.replace("delivery-notification", "display-notification").replace("<delivered/>", "<displayed/>");

    private static final byte[] COMPOSING = wire("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>active</state>"
            + "<contenttype>text/plain</contenttype><refresh>60</refresh></isComposing>");

    private static byte[] report(String dateTime, String id, int length, String document) {
        return wire("""
                From: <sip:bob@example.com>
                To: <sip:alice@example.com>
                DateTime: %s
                NS: imdn <urn:ietf:params:imdn>
                imdn.Message-ID: %s

                Content-Type: message/imdn+xml
                Content-Disposition: notification
                Content-Length: %d

                %s""".formatted(dateTime, id, length, document));
    }

    @Test
    @DisplayName("RFC 5438 7.1.1 a message that asks for reports is written in 316 octets")
    void messageWritten() {
        Cpim written = Cpim.builder()
                .from(ALICE)
                .to(BOB)
                .dateTime(SENT)
                .messageId("Qm9iLXdhcy1oZXJlLTE")
                .request(
                        NotificationRequest.POSITIVE_DELIVERY,
                        NotificationRequest.NEGATIVE_DELIVERY,
                        NotificationRequest.DISPLAY)
                .content(BodyPart.text("Grüße, Bob!"))
                .build();

        assertThat(text(written.toBytes())).isEqualTo(text(MESSAGE));
        assertThat(written.toBytes()).hasSize(316);
    }

    @Test
    @DisplayName("RFC 3862 2 a message is six headers, a type and a content, and keeps its octets")
    void messageRead() throws MimeParseException {
        Cpim read = Cpim.parse(MESSAGE);

        assertThat(read.headers()).hasSize(6);
        assertThat(read.from().orElseThrow().uri()).isEqualTo(ALICE);
        assertThat(read.to()).containsExactly(new CpimAddress("", BOB));
        assertThat(read.dateTime()).contains(SENT);
        assertThat(read.messageId()).contains("Qm9iLXdhcy1oZXJlLTE");
        assertThat(read.notificationRequests())
                .containsExactly(
                        NotificationRequest.POSITIVE_DELIVERY,
                        NotificationRequest.NEGATIVE_DELIVERY,
                        NotificationRequest.DISPLAY);
        assertThat(read.content().contentType()).isEqualTo(MediaType.of("text/plain;charset=UTF-8"));
        assertThat(read.content().length()).isEqualTo(13);
        assertThat(read.content().text()).isEqualTo("Grüße, Bob!");
        assertThat(read.toBytes()).isEqualTo(MESSAGE);
        assertThat(read).hasToString("message/cpim Qm9iLXdhcy1oZXJlLTE of text/plain;charset=UTF-8, 13 octets");
    }

    @Test
    @DisplayName("RFC 5438 7.2.1 a delivery report is written in 620 octets, a display report in 618")
    void reportsWritten() {
        byte[] delivered =
                written(Imdn.Kind.DELIVERY, Imdn.Status.DELIVERED, "2026-12-01T10:00:01Z", "cmVwb3J0LTEtb2YtYm9i");
        byte[] displayed =
                written(Imdn.Kind.DISPLAY, Imdn.Status.DISPLAYED, "2026-12-01T10:02:30Z", "cmVwb3J0LTItb2YtYm9i");

        assertThat(text(delivered))
                .isEqualTo(text(report("2026-12-01T10:00:01Z", "cmVwb3J0LTEtb2YtYm9i", 366, DELIVERED)));
        assertThat(delivered).hasSize(620);
        assertThat(text(displayed))
                .isEqualTo(text(report("2026-12-01T10:02:30Z", "cmVwb3J0LTItb2YtYm9i", 364, DISPLAYED)));
        assertThat(displayed).hasSize(618);
    }

    private static byte[] written(Imdn.Kind kind, Imdn.Status status, String at, String id) {
        Imdn report = Imdn.builder(kind, status)
                .messageId("Qm9iLXdhcy1oZXJlLTE")
                .dateTime(SENT)
                .recipient(BOB)
                .build();
        return Cpim.builder()
                .from(BOB)
                .to(ALICE)
                .dateTime(Instant.parse(at))
                .messageId(id)
                .content(report.toPart())
                .build()
                .toBytes();
    }

    @Test
    @DisplayName("RFC 5438 7.2.1 a report is read in CPIM, with its disposition and all that its document says")
    void reportRead() throws MimeParseException {
        byte[] octets = report("2026-12-01T10:00:01Z", "cmVwb3J0LTEtb2YtYm9i", 366, DELIVERED);
        Cpim cpim = Cpim.parse(octets);
        assertThat(cpim.content().disposition()).contains(ContentDisposition.NOTIFICATION);
        assertThat(cpim.content().length()).isEqualTo(366);

        List<Imdn> reports = Imdn.in(cpim.content());

        assertThat(reports).hasSize(1);
        Imdn report = reports.get(0);
        assertThat(report.messageId()).isEqualTo("Qm9iLXdhcy1oZXJlLTE");
        assertThat(report.dateTime()).contains(SENT);
        assertThat(report.recipient()).contains(BOB);
        assertThat(report.originalRecipient()).contains(BOB);
        assertThat(report.kind()).isEqualTo(Imdn.Kind.DELIVERY);
        assertThat(report.status()).isEqualTo(Imdn.Status.DELIVERED);
        assertThat(text(report.toBytes())).isEqualTo(DELIVERED);
        assertThat(cpim.toBytes()).isEqualTo(octets);
    }

    @Test
    @DisplayName("RFC 3994 6 that somebody writes is said in 190 octets")
    void composing() throws MimeParseException {
        IsComposing written = IsComposing.active("text/plain", Duration.ofSeconds(60));
        assertThat(text(written.toBytes())).isEqualTo(text(COMPOSING));
        assertThat(written.toBytes()).hasSize(190);

        IsComposing read = IsComposing.parse(COMPOSING);
        assertThat(read.isActive()).isTrue();
        assertThat(read.refresh()).contains(Duration.ofSeconds(60));
        assertThat(read.contentType()).contains("text/plain");
        assertThat(read).isEqualTo(written);
    }

    @Test
    @DisplayName("RFC 3261 20.12 a body in a SIP message, deflated or not, is the same report")
    void inSip() throws MimeParseException, SipParseException {
        byte[] body = report("2026-12-01T10:00:01Z", "cmVwb3J0LTEtb2YtYm9i", 366, DELIVERED);
        BodyPart plain = BodyPart.of(message("Content-Type: message/cpim", body));
        byte[] deflated = ContentEncoding.DEFLATE.encode(body);
        BodyPart small = BodyPart.of(message("c: message/cpim\r\ne: deflate", deflated));

        assertThat(plain.content()).isEqualTo(body);
        assertThat(plain.length()).isEqualTo(620);
        assertThat(small.rawContent()).isEqualTo(deflated).hasSizeLessThan(body.length);
        assertThat(Cpim.of(small)).isEqualTo(Cpim.of(plain));
        assertThat(Imdn.in(Cpim.of(small).content()))
                .containsExactlyElementsOf(Imdn.in(Cpim.of(plain).content()));
    }

    private static SipMessage message(String rows, byte[] body) throws SipParseException {
        var builder = SipRequest.builder(SipMethod.MESSAGE, BOB)
                .add("Via", "SIP/2.0/WSS u7k2p1.invalid;branch=z9hG4bKb1")
                .add("From", "<sip:bob@example.com>;tag=t2")
                .add("To", "<sip:alice@example.com>")
                .add("Call-ID", "rp1.u7k2p1")
                .add("CSeq", "1 MESSAGE");
        for (String row : rows.split("\r\n")) {
            builder.add(row.substring(0, row.indexOf(':')), row.substring(row.indexOf(':') + 2));
        }
        return SipMessage.parse(builder.body(body).build().toBytes());
    }
}
