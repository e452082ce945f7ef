package io.websip.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.websip.sip.MediaType;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Four times the input may cost four times the work, in processor time of this thread and in bytes allocated, and not sixteen times. */
class GrowthTest {
    private static final int LENGTH = 1 << 13;
    private static final int TIMES = 4;
    private static final int BOUND = TIMES * TIMES / 2;
    private static final int ROUNDS = 2;
    private static final int ATTEMPTS = 6;
    private static final MimeLimits LIMITS = MimeLimits.builder()
            .maxHeaders(1_024)
            .maxHeaderBytes(65_535)
            .maxParts(1_024)
            .maxMultipartDepth(16)
            .maxDecodedBytes(1 << 24)
            .maxInflation(1_100)
            .maxXmlDepth(64)
            .maxXmlElements(1 << 20)
            .maxXmlAttributes(64)
            .build();

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What is not kept, the compiler may leave out, at one length and not at another. */
    private static volatile @Nullable Object kept;

    private record Cost(long nanos, long bytes) {
        static Cost of(Bodies.Reading work) {
            long nanos = Long.MAX_VALUE;
            long bytes = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
                long before = THREADS.getCurrentThreadCpuTime();
                try {
                    kept = work.run();
                } catch (MimeParseException e) {
                    assertThat(e.getMessage()).isNotEmpty(); // refused, which may cost as much
                }
                nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - before);
                bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
            }
            return new Cost(nanos, bytes);
        }

        boolean isAtMost(int times, Cost other) {
            return nanos <= times * other.nanos && bytes <= times * other.bytes;
        }
    }

    private static void assertLinear(Function<String, Bodies.Reading> work, String piece) {
        int times =
                LENGTH / piece.length() / 4 * 4; // whole groups of base64, or one would be refused and the other read
        Bodies.Reading less = work.apply(piece.repeat(times));
        Bodies.Reading more = work.apply(piece.repeat(TIMES * times));
        Cost least = Cost.of(less);
        Cost most = Cost.of(more);
        for (int i = 0; i < ATTEMPTS && !most.isAtMost(BOUND, least); i++) {
            least = Cost.of(less);
            most = Cost.of(more);
        }
        assertThat(most.isAtMost(BOUND, least))
                .as("%s, and four times as much %s: %s", least, most, work)
                .isTrue();
    }

    static Stream<Arguments> xml() {
        return Stream.of(
                        "<a>",
                        "<a/>",
                        "</a>",
                        "<a",
                        "<",
                        ">",
                        "&",
                        "&amp;",
                        "&#65;",
                        "&a;",
                        "]]>",
                        "<![CDATA[x]]>",
                        "<![CDATA[",
                        "<!-- a -->",
                        "<!--",
                        "-",
                        "<?a b?>",
                        "<?",
                        " ",
                        "\r\n",
                        "\n",
                        "a",
                        "\u20ac",
                        "\ud83c\udf89",
                        "\ufffd",
                        "<a b='c'/>",
                        "<a xmlns='b'/>",
                        "<a xmlns:b='c'/>",
                        "<a xmlns:b='c'>",
                        "<b:a/>",
                        "<!DOCTYPE a>",
                        "<list>",
                        "<entry uri='sip:a@b'/>",
                        "<status/>",
                        " a='b'",
                        "'",
                        "\"",
                        "=")
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "[{0}]")
    @MethodSource("xml")
    @DisplayName("a piece over and over, in each place of an XML document")
    void documents(String piece) {
        List<Function<String, byte[]>> places = List.of(
                run -> Bodies.utf8(run),
                run -> Bodies.utf8(
                        "<resource-lists xmlns='urn:ietf:params:xml:ns:resource-lists'>" + run + "</resource-lists>"),
                run -> Bodies.utf8("<resource-lists xmlns='urn:ietf:params:xml:ns:resource-lists' a='" + run + "'/>"),
                run -> Bodies.utf8("<resource-lists " + run + "/>"),
                run -> Bodies.utf8("<resource-lists" + run + "/>"),
                run -> Bodies.utf8("<!DOCTYPE a [" + run + "]><a/>"));
        for (Function<String, byte[]> place : places) {
            assertLinear(
                    run -> {
                        byte[] document = place.apply(run);
                        return () -> ResourceList.parse(document, LIMITS).entries();
                    },
                    piece);
        }
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                        "a",
                        ":",
                        ";",
                        ",",
                        "\"",
                        "\\",
                        "<",
                        ">",
                        "<>",
                        " ",
                        "\t",
                        "\r",
                        "\n",
                        "\r\n",
                        "\r\n ",
                        "a:b\r\n",
                        "A: b\r\n\r\n",
                        "--",
                        "--b",
                        "--b\r\n",
                        "\r\n--b\r\n\r\n",
                        "--b--\r\n",
                        "\n--bb\n",
                        "NS: a <b>\r\n",
                        "a.b: c\r\n",
                        "\\u0041",
                        "a,",
                        ";a=\"b\"",
                        "<a@b>,",
                        ".",
                        "=",
                        "=4",
                        "=\r\n",
                        "\u20ac",
                        "%41",
                        "'",
                        "--b\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n")
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "[{0}]")
    @MethodSource("lines")
    @DisplayName("a piece over and over, in each place of a CPIM message and of a multipart")
    void messages(String piece) {
        List<Function<String, byte[]>> places = List.of(
                run -> Bodies.utf8(run),
                run -> Bodies.utf8("From: " + run + "\r\n\r\nContent-Type: text/plain\r\n\r\n"),
                run -> Bodies.utf8("Subject:;" + run + "\r\n\r\nContent-Type: text/plain\r\n\r\n"),
                run -> Bodies.utf8("Require: " + run + "\r\nTo: \"" + run + "\r\n\r\n\r\n"),
                run -> Bodies.utf8(
                        "NS: imdn <urn:ietf:params:imdn>\r\nimdn.Disposition-Notification: " + run + "\r\n\r\n\r\n"),
                run -> Bodies.utf8("From: a\r\n\r\nContent-Type: " + run + "\r\n\r\n"),
                run -> Bodies.utf8("From: a\r\n\r\nContent-Disposition: x;filename*=UTF-8''" + run + "\r\n\r\n"),
                run -> Bodies.utf8("From: a\r\n\r\nContent-Transfer-Encoding: base64\r\n\r\n" + run),
                run -> Bodies.utf8("From: a\r\n\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + run),
                run -> Bodies.utf8("From: a\r\n\r\nContent-Encoding: " + run + "\r\n\r\n"),
                run -> Bodies.utf8("From: a\r\n\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n--b\r\n" + run));
        for (Function<String, byte[]> place : places) {
            assertLinear(
                    run -> {
                        byte[] body = place.apply(run);
                        return () -> asked(body);
                    },
                    piece);
        }
    }

    private static Object asked(byte[] body) throws MimeParseException {
        Cpim cpim = Cpim.wrap(body, LIMITS);
        BodyPart content = cpim.content();
        kept = List.of(
                cpim.from(),
                cpim.to(),
                cpim.subjects(),
                cpim.headers(),
                cpim.unknownRequirements(),
                cpim.notificationRequests(),
                content.fileName());
        kept = content.text();
        return Multipart.isMultipart(content) ? Multipart.of(content).select(part -> true) : content;
    }

    @ParameterizedTest(name = "[{0}]")
    @MethodSource("lines")
    @DisplayName("a piece over and over, as a multipart without its boundary")
    void multiparts(String piece) {
        MediaType type = MediaType.of("multipart/mixed");
        assertLinear(
                run -> {
                    byte[] body = Bodies.utf8(run);
                    return () -> Multipart.parse(type, body, LIMITS);
                },
                piece);
    }

    static Stream<Arguments> packed() {
        return Stream.of(ContentEncoding.DEFLATE, ContentEncoding.GZIP).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("packed")
    @DisplayName("what is inflated, at once and in many members")
    void inflated(ContentEncoding encoding) {
        assertLinear(
                run -> {
                    byte[] body = encoding.encode(Bodies.utf8(run.repeat(16)));
                    return () -> encoding.decode(body, LIMITS);
                },
                "a");
        byte[] member = encoding.encode(Bodies.utf8("a"));
        assertLinear(
                run -> {
                    byte[] body = new byte[run.length() * member.length];
                    for (int i = 0; i < body.length; i++) {
                        body[i] = member[i % member.length];
                    }
                    return () -> encoding.decode(body, LIMITS);
                },
                "aaaa");
    }
}
