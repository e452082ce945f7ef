package io.websip.mime;

import static io.websip.mime.Bodies.ALICE;
import static io.websip.mime.Bodies.BOB;
import static io.websip.mime.Bodies.cpim;
import static io.websip.mime.Bodies.fault;
import static io.websip.mime.Bodies.uri;
import static io.websip.mime.Bodies.utf8;
import static io.websip.mime.Bodies.wire;
import static io.websip.mime.Bodies.withMetadata;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3862 as peers write it, which is wider than it says. */
class CpimReadingTest {
    @Test
    @DisplayName("3862 2.2 names are case-sensitive")
    void caseSensitive() {
        Cpim read = withMetadata("from: <sip:alice@example.com>\nFROM: <sip:alice@example.com>\nCC: <sip:a@b>");
        assertThat(read.from()).isEmpty();
        assertThat(read.cc()).isEmpty();
    }

    @Test
    @DisplayName("5438 7.1.1.3 the example without an empty line in front of the content's headers")
    void withoutEmptyLine() throws MimeParseException {
        Cpim read = cpim("""
                From: Alice <im:alice@example.com>
                To: Bob <im:bob@example.com>
                NS: imdn <urn:ietf:params:imdn>
                imdn.Message-ID: 34jk324j
                DateTime: 2006-04-04T12:16:49-05:00
                imdn.Disposition-Notification: positive-delivery, negative-delivery
                Content-type: text/plain
                Content-length: 12

                Hello World
                """);

        assertThat(read.from()).contains(new CpimAddress("Alice", uri("im:alice@example.com")));
        assertThat(read.messageId()).contains("34jk324j");
        assertThat(read.dateTime()).contains(Instant.parse("2006-04-04T17:16:49Z"));
        assertThat(read.notificationRequests())
                .containsExactly(NotificationRequest.POSITIVE_DELIVERY, NotificationRequest.NEGATIVE_DELIVERY);
        assertThat(read.content().contentType()).isEqualTo(MediaType.of("text/plain"));
        assertThat(read.content().text()).isEqualTo("Hello World\r\n");
    }

    @Test
    @DisplayName("3862 2.2 lines that end in LF, no space behind a colon, blanks at the ends of lines")
    void wide() throws MimeParseException {
        Cpim read = Cpim.parse(utf8("From:<sip:alice@example.com> \nTo:\t<sip:bob@example.com>\t\nSubject:a \n \n"
                + "content-TYPE:text/plain; charset=utf-8  \n\t\nHi\n"));

        assertThat(read.from().orElseThrow().uri()).isEqualTo(ALICE);
        assertThat(read.to()).containsExactly(new CpimAddress("", BOB));
        assertThat(read.subject()).contains("a");
        assertThat(read.content().text()).isEqualTo("Hi\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "<sip:a@b>||sip:a@b",
                "Alice <sip:a@b>|Alice|sip:a@b",
                "Alice<sip:a@b>|Alice|sip:a@b",
                "Alice B. Carroll <im:a@b>|Alice B. Carroll|im:a@b",
                "\"Alice\"<sip:a@b>|Alice|sip:a@b",
                "\"Alice\" <sip:a@b>|Alice|sip:a@b",
                "\"A \\\"b\\\" <c> \\\\\" <sip:a@b>|A \"b\" <c> \\|sip:a@b",
                "\"Gr\u00fc\u00dfe\" <sip:a@b>|Gr\u00fc\u00dfe|sip:a@b",
                "\"\\u0047\\t\"<tel:+43>|G\t|tel:+43",
                "sip:a@b;user=phone||sip:a@b;user=phone",
                "<sip:a@b;transport=ws>||sip:a@b;transport=ws",
                "<sip:anonymous@anonymous.invalid>||sip:anonymous@anonymous.invalid"
            })
    @DisplayName("3862 4.1 a name and a URI, with or without a space between, or a bare URI")
    void addresses(String value, String name, String uri) {
        CpimAddress read = withMetadata("From: " + value).from().orElseThrow();
        assertThat(read.name()).isEqualTo(name == null ? "" : name);
        assertThat(read.uri()).hasToString(uri);
        assertThat(read.isAnonymous()).isEqualTo(uri.contains("anonymous"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<>", "Alice", "\"Alice\"", "\"Alice <sip:a@b>", "<sip:>", "<a b>", "Alice sip:a@b"})
    @DisplayName("3862 4.1 an address that is none is left out")
    void noAddresses(String value) {
        Cpim read = withMetadata("From: " + value + "\nTo: " + value + "\nTo: <sip:bob@example.com>");
        assertThat(read.from()).isEmpty();
        assertThat(read.to()).containsExactly(new CpimAddress("", BOB));
    }

    @Test
    @DisplayName("3862 4.2, 4.3 several receivers")
    void several() {
        Cpim read = withMetadata("To: <sip:a@b>\ncc: <sip:c@d>\nTo: <sip:e@f>\ncc: <sip:g@h>");
        assertThat(read.to()).extracting(to -> to.uri().toString()).containsExactly("sip:a@b", "sip:e@f");
        assertThat(read.cc()).extracting(cc -> cc.uri().toString()).containsExactly("sip:c@d", "sip:g@h");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T12:00:00.5+02:00,2026-12-01T10:00:00.500Z",
        "2026-12-01T10:00:00.5Z,2026-12-01T10:00:00.500Z",
        "2026-12-01t10:00:00z,2026-12-01T10:00:00Z",
        "2026-12-01T10:00:00-00:00,2026-12-01T10:00:00Z",
        "2026-12-01T10:00:00.1234567891234Z,2026-12-01T10:00:00.123456789Z",
        "2026-12-31T23:59:60Z,2027-01-01T00:00:00Z",
        "2026-12-01T05:30:00-04:30,2026-12-01T10:00:00Z",
        "0000-01-01T00:00:00Z,0000-01-01T00:00:00Z"
    })
    @DisplayName("3862 4.4, 3339 5.6 dates")
    void dates(String text, String instant) {
        assertThat(withMetadata("DateTime: " + text).dateTime()).contains(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-12-01",
                "2026-12-01T10:00:00",
                "2026-12-01T10:00Z",
                "2026-02-30T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-12-01T24:00:00Z",
                "2026-12-01T10:00:61Z",
                "2026-12-01T10:00:00.Z",
                "2026-12-01T10:00:00+0200",
                "2026-12-01T10:00:00+02:60",
                "2026-12-01T10:00:00Zx",
                "+026-12-01T10:00:00Z",
                "9999-12-31T23:59:59-01:00",
                "0000-01-01T00:00:00+01:00",
                "\u0662026-12-01T10:00:00Z"
            })
    @DisplayName("3339 5.6 what is no date")
    void noDates(String text) {
        assertThat(withMetadata("DateTime: " + text).dateTime()).isEmpty();
    }

    @Test
    @DisplayName("3862 5.1 the example has two subjects, one in French")
    void subjects() throws MimeParseException {
        Cpim read = cpim("""
                From: MR SANDERS <im:piglet@100akerwood.com>
                To: Depressed Donkey <im:eeyore@100akerwood.com>
                DateTime: 2000-12-13T13:40:00-08:00
                Subject: the weather will be fine today
                Subject:;lang=fr beau temps prevu pour aujourd'hui
                NS: MyFeatures <mid:MessageFeatures@id.foo.com>
                Require: MyFeatures.VitalMessageOption
                MyFeatures.VitalMessageOption: Confirmation-requested
                MyFeatures.WackyMessageOption: Use-silly-font

                Content-type: text/xml; charset=utf-8
                Content-ID: <1234567890@foo.com>

                <body>
                Here is the text of my message.
                </body>
                """);

        assertThat(read.from()).contains(new CpimAddress("MR SANDERS", uri("im:piglet@100akerwood.com")));
        assertThat(read.subjects())
                .containsExactly(
                        new CpimSubject("i-default", "the weather will be fine today"),
                        new CpimSubject("fr", "beau temps prevu pour aujourd'hui"));
        assertThat(read.subject()).contains("the weather will be fine today");
        assertThat(read.first("mid:MessageFeatures@id.foo.com", "WackyMessageOption"))
                .contains("Use-silly-font");
        assertThat(read.unknownRequirements()).containsExactly("MyFeatures.VitalMessageOption");
        assertThat(read.content().contentId()).contains("1234567890@foo.com");
        assertThat(read.content().contentType().subtype()).isEqualTo("xml");
        assertThat(read.content().text()).startsWith("<body>\r\n").endsWith("</body>\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " ;-) hi|;-) hi|i-default",
                ";lang=de Hallo|Hallo|de",
                ";x=\"a b\";lang=de Hallo|Hallo|i-default",
                ";LANG=de-AT;x=y  Servus|Servus|de-AT",
                ";lang=fr||fr",
                "no space|no space|i-default"
            })
    @DisplayName("3862 3.3 parameters follow the colon at once, and a text that starts with a semicolon is text")
    void parameters(String afterColon, String text, String language) {
        assertThat(withMetadata("Subject:" + afterColon).subjects())
                .containsExactly(new CpimSubject(language, text == null ? "" : text));
    }

    static Stream<Arguments> escapes() {
        return Stream.of(
                Arguments.of("a\\tb\\\\c", "a\tb\\c"),
                Arguments.of("\\\"q\\\" \\'q\\'", "\"q\" 'q'"),
                Arguments.of("\\x\\y", "xy"),
                Arguments.of("\\u00e4\\u007F", "\u00e4\u007f"),
                Arguments.of("\\ud83c\\udf89", "\ud83c\udf89"),
                Arguments.of("\\u12", "u12"),
                Arguments.of("\\uzzzz", "uzzzz"),
                Arguments.of("\\r\\n\\b", "\r\n\b"),
                Arguments.of("\ud83c\udf89", "\ud83c\udf89"));
    }

    @ParameterizedTest
    @MethodSource("escapes")
    @DisplayName("3862 2.4 escapes are undone")
    void escapes(String value, String text) {
        assertThat(withMetadata("Subject: <" + value + ">").subject()).contains("<" + text + ">");
    }

    @Test
    @DisplayName("3862 2.4 a lone backslash at the end is dropped")
    void loneBackslash() {
        assertThat(withMetadata("Subject: end\\").subject()).contains("end");
    }

    @Test
    @DisplayName("3862 3.4, 4.6 a prefix is free and local, and holds from its declaration on")
    void prefixes() {
        Cpim read = withMetadata("zz.Message-ID: early\nNS: zz <urn:ietf:params:imdn>\nzz.Message-ID: a1");
        assertThat(read.messageId()).contains("a1");
        assertThat(read.headers()).hasSize(2);

        Cpim elsewhere = withMetadata("NS: imdn <urn:example:other>\nimdn.Message-ID: a1");
        assertThat(elsewhere.messageId()).isEmpty();
        assertThat(elsewhere.first("urn:example:other", "Message-ID")).contains("a1");

        assertThat(withMetadata("imdn.Message-ID: a1").messageId()).isEmpty();
    }

    @Test
    @DisplayName("3862 3.6 the grammar's letter: no space between the prefix and the URI")
    void prefixWithoutSpace() {
        assertThat(withMetadata("NS: imdn<urn:ietf:params:imdn>\nimdn.Message-ID: a1")
                        .messageId())
                .contains("a1");
    }

    @Test
    @DisplayName("3862 3.4 a declaration without a prefix changes what names without one mean")
    void defaultNamespace() {
        Cpim read = withMetadata(
                "From: <sip:alice@example.com>\nNS: <urn:ietf:params:imdn>\nMessage-ID: a1\nSubject: none\n"
                        + "NS: <urn:ietf:params:cpim-headers:>\nTo: <sip:bob@example.com>");
        assertThat(read.from()).isPresent();
        assertThat(read.messageId()).contains("a1");
        assertThat(read.subjects()).isEmpty();
        assertThat(read.to()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imdn", "<", ">", "<urn:a", "imdn urn:ietf:params:imdn", ""})
    @DisplayName("3862 4.6 a declaration that is none declares nothing")
    void noDeclaration(String value) {
        Cpim read = withMetadata("NS: " + value + "\nimdn.Message-ID: a1\nSubject: s");
        assertThat(read.messageId()).isEmpty();
        assertThat(read.subject()).contains("s");
    }

    @Test
    @DisplayName("3862 3.5, 4.7 what is required and not known is named")
    void requirements() {
        assertThat(withMetadata("NS: my <urn:x>\nRequire: my.Vital").unknownRequirements())
                .containsExactly("my.Vital");
        assertThat(withMetadata("Require: undeclared.Vital,Subject , Frob").unknownRequirements())
                .containsExactly("undeclared.Vital", "Frob");
        assertThat(withMetadata("NS: i <urn:ietf:params:imdn>\nRequire: From, To,cc, DateTime, Subject, NS, Require"
                                + "\nRequire: i.Disposition-Notification, ,")
                        .unknownRequirements())
                .isEmpty();
        assertThat(withMetadata("Require: my.Vital\nNS: my <urn:ietf:params:imdn>")
                        .unknownRequirements())
                .containsExactly("my.Vital");
        assertThat(withMetadata("Subject: my.Vital").unknownRequirements()).isEmpty();
    }

    @Test
    @DisplayName("3862 2.4, 5438 10 requests with parameters, unknown items, any case and no space; none is none")
    void requests() {
        assertThat(requested("positive-delivery,display")).hasSize(2);
        assertThat(requested("Positive-Delivery ;x=y , foo, NEGATIVE-delivery"))
                .containsExactly(NotificationRequest.POSITIVE_DELIVERY, NotificationRequest.NEGATIVE_DELIVERY);
        assertThat(requested("processing")).containsExactly(NotificationRequest.PROCESSING);
        assertThat(requested("")).isEmpty();
        assertThat(requested(",;,")).isEmpty();
        assertThat(withMetadata("From: <sip:a@b>").notificationRequests()).isEmpty();
    }

    private static Set<NotificationRequest> requested(String value) {
        return withMetadata("NS: imdn <urn:ietf:params:imdn>\nimdn.Disposition-Notification: " + value)
                .notificationRequests();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "a b", "<a>", "a/b", "a,b", "\u00e4", ""})
    @DisplayName("5438 10 a Message-ID that is no token is none")
    void noMessageId(String id) {
        assertThat(withMetadata("NS: imdn <urn:ietf:params:imdn>\nimdn.Message-ID: " + id)
                        .messageId())
                .isEmpty();
    }

    @Test
    @DisplayName("5438 6.3 a Message-ID has at most 256 characters")
    void longMessageId() {
        String start = "NS: imdn <urn:ietf:params:imdn>\nimdn.Message-ID: ";
        assertThat(withMetadata(start + "a".repeat(256)).messageId()).contains("a".repeat(256));
        assertThat(withMetadata(start + "a".repeat(257)).messageId()).isEmpty();
    }

    @Test
    @DisplayName("5438 6.5 to 6.7 where the message went, and which way a report takes")
    void routes() {
        Cpim read = withMetadata("NS: imdn <urn:ietf:params:imdn>\nimdn.Original-To: <sip:list@example.com>\n"
                + "imdn.IMDN-Record-Route: <sip:a@b>\nimdn.IMDN-Record-Route: <sip:c@d>\nimdn.IMDN-Route: <sip:e@f>");
        assertThat(read.originalTo()).contains(uri("sip:list@example.com"));
        assertThat(read.recordRoutes()).containsExactly(uri("sip:a@b"), uri("sip:c@d"));
        assertThat(read.routes()).containsExactly(uri("sip:e@f"));
    }

    @Test
    @DisplayName("3862 2.4 the outer length holds, whatever the inner says, and without a type it is text")
    void content() throws MimeParseException {
        Cpim read = cpim("From: <sip:a@b>\n\nContent-Length: 2\n\nHello");
        assertThat(read.content().text()).isEqualTo("Hello");
        assertThat(read.content().contentType()).isEqualTo(MediaType.of("text/plain"));
        assertThat(cpim("From: <sip:a@b>\n\n\nHello").content().text()).isEqualTo("Hello");
        assertThat(cpim("From: <sip:a@b>\n\n\n").content().length()).isZero();
    }

    @Test
    @DisplayName("2045 6 inner transfer encodings are undone")
    void transferEncodings() throws MimeParseException {
        assertThat(
                        cpim("From: <sip:a@b>\n\nContent-Type: text/plain\ncontent-transfer-encoding: BASE64\n\nR3LDvMOf\nZQ==\n")
                                .content()
                                .text())
                .isEqualTo("Gr\u00fc\u00dfe");
        assertThat(cpim("From: <sip:a@b>\n\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=\n=C3=9Fe")
                        .content()
                        .text())
                .isEqualTo("Gr\u00fc\u00dfe");
        MimeParseException fault = fault(() -> cpim("From: <sip:a@b>\n\nContent-Transfer-Encoding: x-uuencode\n\nabc")
                .content()
                .content());
        assertThat(fault.statusHint()).isEqualTo(415);
    }

    @Test
    @DisplayName("3862 2.2 a CPIM message in one of another, and no more than three")
    void nested() throws MimeParseException {
        Cpim one = withMetadata("Subject: 1");
        Cpim two = wrapped(one);
        Cpim three = wrapped(two);
        assertThat(Cpim.of(Cpim.of(Cpim.parse(three.toBytes()).content()).content()))
                .isEqualTo(one);

        Cpim four = wrapped(three);
        MimeParseException fault =
                fault(() -> Cpim.of(Cpim.of(Cpim.of(four.content()).content()).content()));
        assertThat(fault.statusHint()).isEqualTo(400);
    }

    private static Cpim wrapped(Cpim inner) {
        return Cpim.builder().from(ALICE).to(BOB).content(inner.toPart()).build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "From: <sip:a@b>",
                "From: <sip:a@b>\n",
                "From: <sip:a@b>\n\n",
                "From: <sip:a@b>\n\nContent-Type: text/plain\n",
                "From: <sip:a@b>\n\nHello there",
                "From <sip:a@b>\n\n\n",
                ": <sip:a@b>\n\n\n",
                "Fr\u00f6m: <sip:a@b>\n\n\n",
                "From: <sip:a@b>\n\nContent-Type: text/plain\nHello\n\n"
            })
    @DisplayName("3862 2 what has not its two blocks of headers is refused")
    void malformed(String lines) {
        assertThat(fault(() -> Cpim.parse(wire(lines))).statusHint()).isEqualTo(400);
    }

    @Test
    @DisplayName("a folded line is one, and a value never holds a line break that was not escaped")
    void folds() throws MimeParseException {
        Cpim read = cpim("Subject: a\n  b\n\tc\n\nContent-Type: text/plain;\n charset=ISO-8859-1\n\nHi");
        assertThat(read.subject()).contains("a b c");
        assertThat(read.content().contentType().charset()).contains(StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName("a part of another type is none, and an array that is given away is not copied")
    void kinds() throws MimeParseException {
        assertThat(fault(() -> Cpim.of(BodyPart.text("Hi"))).statusHint()).isEqualTo(400);
        byte[] body = wire("Subject: a\n\nContent-Type: text/plain\n\nHi");
        Cpim copied = Cpim.parse(body);
        Cpim wrapped = Cpim.wrap(body, MimeLimits.DEFAULT);
        body[body.length - 1] = 'o';
        assertThat(copied.content().text()).isEqualTo("Hi");
        assertThat(wrapped.content().text()).isEqualTo("Ho");
        assertThat(copied).isNotEqualTo(wrapped).hasSameHashCodeAs(Cpim.parse(copied.toBytes()));
    }
}
