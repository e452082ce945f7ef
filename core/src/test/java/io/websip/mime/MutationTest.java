package io.websip.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.OctetText;
import io.websip.sip.MediaType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Good bodies with some octets changed, cut out, doubled or put elsewhere: read or refused, and nothing else is ever thrown. */
class MutationTest {
    private static final int RUNS = 30_000;
    private static final MediaType MIXED = MediaType.of("multipart/mixed;boundary=b");

    private static final List<byte[]> SEEDS = List.of(
            Bodies.wire(
                    "From: \"A \\\"b\\\"\" <sip:a@b;x=y>\nTo: sip:c@d\ncc: <tel:+1>\nDateTime: 2026-12-01T10:00:00.5+02:00\n"
                            + "Subject:;lang=fr a\\u0041\\tb\nNS: imdn <urn:ietf:params:imdn>\nimdn.Message-ID: a1\n"
                            + "imdn.Disposition-Notification: positive-delivery, display;x\nimdn.IMDN-Record-Route: <sip:a@b>\n"
                            + "Require: imdn.x, To\n\nContent-Type: multipart/mixed;boundary=b\n\n--b\nContent-Disposition: "
                            + "attachment;filename*=utf-8''a%20b\nContent-Transfer-Encoding: quoted-printable\n\na=3Db=\n\n--b\n"
                            + "Content-Type: multipart/alternative;boundary=c\n\n--c\n\none\n--c\nContent-Type: text/html\n\ntwo\n--c--\n--b--"),
            Bodies.wire(
                    "--b\nContent-Transfer-Encoding: base64\n\nR3LDvMOfZQ==\n--b\nContent-Encoding: deflate\n\nabc\n--b--"),
            Bodies.utf8("<?xml version='1.0' encoding='UTF-8'?>"
                    + ImdnTest.document(
                            "a1",
                            "<delivery-notification><status><failed/><r:reason xmlns:r='urn:r' code='488'>"
                                    + "<![CDATA[x]]>&amp;&#65;<!-- c --></r:reason></status></delivery-notification>")),
            IsComposing.active("text/plain", Duration.ofMinutes(1)).toBytes(),
            Bodies.utf8(
                    "<resource-lists xmlns='urn:ietf:params:xml:ns:resource-lists' xmlns:cp='urn:ietf:params:xml:ns:copycontrol'>"
                            + "<list><entry uri='sip:a@b' cp:copyControl='to' cp:count='2'/><list><external/></list></list></resource-lists>"),
            ContentEncoding.DEFLATE.encode(Bodies.utf8("Hello Hello")),
            ContentEncoding.GZIP.encode(Bodies.utf8("Hello Hello")));

    @Test
    @DisplayName("changed octets are read or refused by each reader")
    void mutations() {
        int taken = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            byte[] input = SEEDS.get(seed % SEEDS.size());
            for (int i = random.nextInt(4); i >= 0; i--) {
                input = mutated(input, random);
            }
            byte[] octets = input;
            try {
                taken += read(() -> asked(Cpim.parse(octets)));
                taken += read(() -> Multipart.parse(MIXED, octets).select(part -> true));
                taken += read(() -> asked(BodyPart.parse(octets)));
                taken += read(() -> asked(Imdn.parse(octets)));
                taken += read(() -> IsComposing.parse(octets).validity());
                taken += read(() -> ResourceList.parse(octets).entries());
                taken += read(() -> ContentEncoding.DEFLATE.decode(octets));
                taken += read(() -> ContentEncoding.GZIP.decode(octets));
                taken += read(() -> TransferEncoding.BASE64.decode(octets));
                taken += read(() -> TransferEncoding.QUOTED_PRINTABLE.decode(octets));
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + OctetText.of(octets), e);
            }
        }
        assertThat(taken).isBetween(2 * RUNS, 6 * RUNS); // some of each kind, or nothing was tried
    }

    private static int read(Bodies.Reading reading) {
        try {
            assertThat(reading.run()).isNotNull();
            return 1;
        } catch (MimeParseException e) {
            return 0;
        }
    }

    private static byte[] mutated(byte[] in, Random random) {
        if (in.length < 2) {
            return new byte[] {(byte) random.nextInt(), '\n', '\n'};
        }
        int at = random.nextInt(in.length);
        int length = random.nextInt(Math.min(20, in.length - at));
        byte[] out;
        switch (random.nextInt(4)) {
            case 0 -> {
                out = in.clone();
                out[at] = (byte) random.nextInt();
            }
            case 1 -> { // cut out
                out = Arrays.copyOf(in, in.length - length);
                System.arraycopy(in, at + length, out, at, in.length - at - length);
            }
            case 2 -> { // doubled
                out = Arrays.copyOf(in, in.length + length);
                System.arraycopy(in, at, out, at + length, in.length - at);
            }
            default -> { // over another place
                out = in.clone();
                System.arraycopy(in, at, out, random.nextInt(in.length - length), length);
            }
        }
        return out;
    }

    private static Object asked(Cpim cpim) throws MimeParseException {
        cpim.from();
        cpim.to();
        cpim.cc();
        cpim.dateTime();
        cpim.subjects();
        cpim.headers();
        cpim.unknownRequirements();
        cpim.notificationRequests();
        cpim.recordRoutes();
        return asked(cpim.content());
    }

    private static Object asked(BodyPart part) throws MimeParseException {
        assertThat(part.headers().toString()).isNotNull();
        part.fileName();
        part.contentId();
        part.disposition();
        part.text();
        return Multipart.isMultipart(part) ? Multipart.of(part).select(one -> one.isRequired()) : part.toBytes();
    }

    private static Object asked(Imdn report) {
        report.dateTime();
        report.recipient();
        report.originalRecipient();
        report.reason();
        report.reasonCode();
        return report.status();
    }
}
