package io.websip.mime;

import static io.websip.mime.Bodies.fault;
import static io.websip.mime.Bodies.text;
import static io.websip.mime.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2045 section 6, RFC 3261 section 20.12. */
class EncodingsTest {
    private static byte[] bare(byte[] octets) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9, true))) {
            deflater.write(octets);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(TransferEncoding.class)
    @DisplayName("2045 6 what is written down is read again, of any length")
    void transferRoundTrips(TransferEncoding encoding) throws MimeParseException {
        Random random = new Random(7);
        for (int length = 0; length < 300; length++) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            assertThat(encoding.decode(encoding.encode(octets))).isEqualTo(octets);
            Arrays.fill(octets, (byte) ' ');
            assertThat(encoding.decode(encoding.encode(octets))).isEqualTo(octets);
        }
        byte[] lines = utf8("a \r\nb\t\r\n\r\n=\r\nGr\u00fc\u00dfe\n.\r");
        assertThat(encoding.decode(encoding.encode(lines))).isEqualTo(lines);
        assertThat(TransferEncoding.of(" " + encoding.token().toUpperCase(Locale.ROOT)))
                .contains(encoding);
    }

    @Test
    @DisplayName("2045 6.7, 6.8 lines have at most 76 characters")
    void lines() {
        byte[] octets = new byte[1_000];
        for (TransferEncoding encoding :
                new TransferEncoding[] {TransferEncoding.BASE64, TransferEncoding.QUOTED_PRINTABLE}) {
            assertThat(text(encoding.encode(octets)).lines()).allMatch(line -> line.length() <= 76);
        }
    }

    @ParameterizedTest
    @CsvSource({"SGk=,Hi", "SGk,Hi", "S-G!k =,Hi", "SGkh,Hi!", "SGkhSA,Hi!H", "'',''", "'====',''", "'SGk= SGk=',Hi"})
    @DisplayName("2045 6.8 base64 with other characters in it and without padding")
    void base64(String encoded, String decoded) throws MimeParseException {
        assertThat(text(TransferEncoding.BASE64.decode(utf8(encoded)))).isEqualTo(decoded);
    }

    @Test
    @DisplayName("2045 6.8 base64 that ends within an octet")
    void cutBase64() {
        assertThat(fault(() -> TransferEncoding.BASE64.decode(utf8("SGkhS"))).statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("2045 6.7 quoted-printable with blanks at line ends, soft breaks, and escapes that are none")
    void quotedPrintable() throws MimeParseException {
        String[][] rows = {
            {"a=3Db", "a=b"},
            {"a=3db", "a=b"},
            {"a \t\r\nb", "a\r\nb"},
            {"a=20\r\nb", "a \r\nb"},
            {"a= \t\r\nb", "ab"},
            {"a=\nb=", "ab"},
            {"a=ZZ=4", "a=ZZ=4"},
            {"=C3=BC", "\u00fc"},
            {"a\n\nb", "a\n\nb"},
            {"", ""},
            {"=", ""},
            {"=\r\n=\r\n", ""}
        };
        for (String[] row : rows) {
            assertThat(text(TransferEncoding.QUOTED_PRINTABLE.decode(utf8(row[0]))))
                    .as(row[0])
                    .isEqualTo(row[1]);
        }
    }

    @Test
    @DisplayName("2045 2.7 what is no 7bit is not written so, and a multipart is never encoded as a whole")
    void refused() throws MimeParseException {
        assertThatThrownBy(() -> BodyPart.builder("text/plain")
                        .text("\u00fc")
                        .transferEncoding(TransferEncoding.SEVEN_BIT)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7bit");
        assertThatThrownBy(
                        () -> BodyPart.builder("multipart/mixed;boundary=b").transferEncoding(TransferEncoding.BASE64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RFC 2045 section 6.4");
        BodyPart part = BodyPart.builder("text/plain;charset=UTF-8")
                .text("Gr\u00fc\u00dfe")
                .transferEncoding(TransferEncoding.BASE64)
                .build();
        assertThat(text(part.toBytes()))
                .isEqualTo(
                        "Content-Type: text/plain;charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ==");
        assertThat(part.text()).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(TransferEncoding.of("x-uuencode")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ContentEncoding.class)
    @DisplayName("1950, 1952 what is encoded is read again")
    void contentRoundTrips(ContentEncoding encoding) throws MimeParseException {
        Random random = new Random(9);
        for (int length : new int[] {0, 1, 2, 100, 5_000, 60_000}) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            assertThat(encoding.decode(encoding.encode(octets))).isEqualTo(octets);
        }
        assertThat(ContentEncoding.of(" " + encoding.token().toUpperCase(Locale.ROOT)))
                .contains(encoding);
    }

    @Test
    @DisplayName("1951 deflate without its frame, and what stands behind the stream")
    void bareDeflate() throws Exception {
        byte[] text = utf8("Hello Hello Hello");
        byte[] bare = bare(text);
        assertThat(ContentEncoding.DEFLATE.decode(bare)).isEqualTo(text);
        assertThat(ContentEncoding.DEFLATE.decode(Arrays.copyOf(bare, bare.length + 2)))
                .isEqualTo(text);
        byte[] zlib = ContentEncoding.DEFLATE.encode(text);
        assertThat(ContentEncoding.DEFLATE.decode(Arrays.copyOf(zlib, zlib.length + 2)))
                .isEqualTo(text);
        assertThat(ContentEncoding.of("X-GZIP")).contains(ContentEncoding.GZIP);
        assertThat(ContentEncoding.of("br")).isEmpty();
    }

    @Test
    @DisplayName("1950, 1952 a stream that is cut anywhere, or has one wrong octet, is refused or is what it was")
    void broken() throws MimeParseException {
        byte[] text = utf8("Hello Hello Hello, and more that is not the same");
        for (ContentEncoding encoding : new ContentEncoding[] {ContentEncoding.DEFLATE, ContentEncoding.GZIP}) {
            byte[] good = encoding.encode(text);
            for (int length = 0; length < good.length; length++) {
                byte[] cut = Arrays.copyOf(good, length);
                assertThat(fault(() -> encoding.decode(cut)).statusHint()).isEqualTo(400);
            }
            byte[] wrong = good.clone();
            wrong[wrong.length - 6] ^= 1; // within the checksum
            assertThat(fault(() -> encoding.decode(wrong)).statusHint()).isEqualTo(400);
        }
    }

    @Test
    @DisplayName("1950 2.2 a preset dictionary is refused")
    void dictionary() {
        Deflater deflater = new Deflater();
        deflater.setDictionary(utf8("Hello"));
        deflater.setInput(utf8("Hello Hello"));
        deflater.finish();
        byte[] out = new byte[100];
        byte[] octets = Arrays.copyOf(out, deflater.deflate(out));
        System.arraycopy(out, 0, octets, 0, octets.length);
        deflater.end();
        assertThat(fault(() -> ContentEncoding.DEFLATE.decode(octets)).statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("1952 2.3 a header with all its fields, several members, and what is behind them")
    void gzipForms() throws Exception {
        byte[] text = utf8("Hello");
        CRC32 crc = new CRC32();
        crc.update(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0x1e, 1, 2, 3, 4, 0, 3});
        out.writeBytes(new byte[] {3, 0, 'a', 'b', 'c'});
        out.writeBytes(utf8("name\0comment\0"));
        out.writeBytes(new byte[] {0, 0});
        out.writeBytes(bare(text));
        for (long number : new long[] {crc.getValue(), text.length}) {
            for (int i = 0; i < 4; i++) {
                out.write((int) (number >> 8 * i));
            }
        }
        byte[] full = out.toByteArray();
        assertThat(ContentEncoding.GZIP.decode(full)).isEqualTo(text);
        out.writeBytes(ContentEncoding.GZIP.encode(utf8(", Bob")));
        out.writeBytes(utf8("\r\n\u001f"));
        assertThat(text(ContentEncoding.GZIP.decode(out.toByteArray()))).isEqualTo("Hello, Bob");
        for (int length = 0; length < full.length; length++) {
            byte[] cut = Arrays.copyOf(full, length);
            assertThat(fault(() -> ContentEncoding.GZIP.decode(cut)).statusHint())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000_000, 200_000, 65_536})
    @DisplayName("3261 21.4.11 what inflates beyond the limit is too large")
    void bombs(int length) {
        for (ContentEncoding encoding : new ContentEncoding[] {ContentEncoding.DEFLATE, ContentEncoding.GZIP}) {
            byte[] bomb = encoding.encode(new byte[length]);
            assertThat(fault(() -> encoding.decode(bomb)).statusHint()).isEqualTo(413);
        }
    }

    @Test
    @DisplayName("16,384 octets may always come out, and more only of what is a hundredth of it at least")
    void ratio() throws MimeParseException {
        assertThat(ContentEncoding.DEFLATE.decode(ContentEncoding.DEFLATE.encode(new byte[16_384])))
                .hasSize(16_384);
        assertThat(fault(() -> ContentEncoding.DEFLATE.decode(ContentEncoding.DEFLATE.encode(new byte[16_385])))
                        .statusHint())
                .isEqualTo(413);
        MimeLimits wide = MimeLimits.builder().maxInflation(1_100).build();
        assertThat(ContentEncoding.DEFLATE.decode(ContentEncoding.DEFLATE.encode(new byte[65_535]), wide))
                .hasSize(65_535);
        assertThat(fault(() -> ContentEncoding.DEFLATE.decode(ContentEncoding.DEFLATE.encode(new byte[65_536]), wide))
                        .statusHint())
                .isEqualTo(413);
        MimeLimits small = MimeLimits.builder().maxDecodedBytes(10).build();
        assertThat(ContentEncoding.GZIP.decode(ContentEncoding.GZIP.encode(new byte[10]), small))
                .hasSize(10);
        assertThat(fault(() -> ContentEncoding.GZIP.decode(ContentEncoding.GZIP.encode(new byte[11]), small))
                        .statusHint())
                .isEqualTo(413);
    }

    @Test
    @DisplayName("3261 20.12 encodings are undone from the last to the first, and one that is not known is 415")
    void several() throws MimeParseException {
        byte[] twice = ContentEncoding.DEFLATE.encode(ContentEncoding.GZIP.encode(utf8("Hi")));
        assertThat(encoded("gzip, Deflate", twice).text()).isEqualTo("Hi");
        assertThat(encoded("identity", utf8("Hi")).text()).isEqualTo("Hi");
        assertThat(fault(() -> encoded("deflate, gzip", twice).content()).statusHint())
                .isEqualTo(400);
        assertThat(fault(() -> encoded("br", twice).content()).statusHint()).isEqualTo(415);
        assertThat(fault(() -> encoded("gzip,gzip,gzip,gzip,gzip,gzip", twice).content())
                        .statusHint())
                .isEqualTo(400);
    }

    private static BodyPart encoded(String encodings, byte[] content) {
        return BodyPart.builder("text/plain")
                .header("Content-Encoding", encodings)
                .content(content)
                .build();
    }
}
