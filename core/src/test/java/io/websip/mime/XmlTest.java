package io.websip.mime;

import static io.websip.mime.Bodies.fault;
import static io.websip.mime.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer's XML may not do. */
class XmlTest {
    private static final String NAMESPACE = "xmlns='urn:ietf:params:xml:ns:im-iscomposing'";
    private static final String ACTIVE = "<isComposing " + NAMESPACE + "><state>active</state></isComposing>";

    private static boolean isActive(byte[] document) {
        try {
            return IsComposing.parse(document).isActive();
        } catch (MimeParseException e) {
            throw new AssertionError(new String(document, StandardCharsets.UTF_8), e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE isComposing>",
                "<!DOCTYPE isComposing []>",
                "<!DOCTYPE isComposing SYSTEM 'http://127.0.0.1:1/x.dtd'>",
                "<!DOCTYPE isComposing [<!ENTITY a 'b'>]>",
                "<!DOCTYPE isComposing [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
                "<!DOCTYPE isComposing [<!ENTITY % a SYSTEM 'http://127.0.0.1:1/'> %a;]>",
                "<?xml version='1.0'?><!DOCTYPE isComposing [<!ENTITY a 'b'><!ENTITY b '&a;&a;&a;&a;'>]>"
            })
    @DisplayName("a document type makes the document unreadable")
    void documentTypes(String start) {
        assertThat(fault(() -> IsComposing.parse(utf8(start + ACTIVE))).statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("no entity but the five of XML, and no file is read by any way")
    void entities(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "active");
        for (String entity : new String[] {"&a;", "&secret;", "&#0;", "&#xffff;"}) {
            String document = "<isComposing " + NAMESPACE + "><state>" + entity + "</state></isComposing>";
            assertThat(fault(() -> IsComposing.parse(utf8(document))).statusHint())
                    .isEqualTo(400);
        }
        String included = "<isComposing " + NAMESPACE + " xmlns:xi='http://www.w3.org/2001/XInclude'><state>"
                + "<xi:include href='" + secret.toUri() + "' parse='text'/></state></isComposing>";
        assertThat(fault(() -> IsComposing.parse(utf8(included))).statusHint()).isEqualTo(400);
        String external = "<!DOCTYPE isComposing [<!ENTITY a SYSTEM '" + secret.toUri() + "'>]><isComposing "
                + NAMESPACE + "><state>&a;</state></isComposing>";
        assertThat(fault(() -> IsComposing.parse(utf8(external))).statusHint()).isEqualTo(400);
        assertThat(isActive(utf8("<isComposing " + NAMESPACE + "><state>&#97;ctive</state></isComposing>")))
                .isTrue();
    }

    @Test
    @DisplayName("the octets are UTF-8, whatever declaration and mark say; comments and white space say nothing")
    void encodings() {
        String[] starts = {
            "",
            "\ufeff",
            " \r\n",
            "\ufeff\n<?xml version='1.0'?>",
            "<?xml version='1.0' encoding='UTF-16'?>",
            "<?xml version='1.0' encoding='ISO-8859-1' standalone='yes'?>",
            "<?xml version='1.0' encoding='x-frob'?>",
            "<?xml version='1.0'?><!-- a --><?pi x?>\n"
        };
        for (String start : starts) {
            assertThat(isActive(utf8(start + ACTIVE))).as(start).isTrue();
        }
        assertThat(isActive(utf8("<?xml version='1.0' encoding='ISO-8859-1'?><isComposing " + NAMESPACE
                        + "><!-- \u00e4 --><state><!-- a -->act<![CDATA[ive]]><?pi?></state><contenttype>\u00e4</contenttype>"
                        + "</isComposing>")))
                .isTrue();
        assertThat(isActive(utf8(ACTIVE + "trailing < octets"))).isTrue();
        for (byte[] other : new byte[][] {
            ACTIVE.getBytes(StandardCharsets.UTF_16), ACTIVE.getBytes(StandardCharsets.UTF_16LE), {0}, {(byte) 0xff}
        }) {
            assertThat(fault(() -> IsComposing.parse(other)).statusHint()).isEqualTo(400);
        }
    }

    @Test
    @DisplayName("depth, elements, attributes and length have their limits")
    void limits() throws MimeParseException {
        String start = "<isComposing " + NAMESPACE + "><state>active</state>";
        assertThat(IsComposing.parse(utf8(start + "<a>".repeat(15) + "</a>".repeat(15) + "</isComposing>"))
                        .isActive())
                .isTrue();
        refused(start + "<a>".repeat(16) + "</a>".repeat(16) + "</isComposing>", 400);
        assertThat(IsComposing.parse(utf8(start + "<a/>".repeat(4_094) + "</isComposing>"))
                        .isActive())
                .isTrue();
        refused(start + "<a/>".repeat(4_095) + "</isComposing>", 400);
        assertThat(IsComposing.parse(utf8(start + "<a" + attributes("", 32) + "/></isComposing>"))
                        .isActive())
                .isTrue();
        refused(start + "<a" + attributes("", 33) + "/></isComposing>", 400);
        refused(start + "<a" + attributes("xmlns:", 33) + "/></isComposing>", 400);
        refused(start + "<a" + attributes("", 5_000) + "/></isComposing>", 400);
        refused(start + " ".repeat(65_535) + "</isComposing>", 413);
    }

    private static String attributes(String prefix, int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(' ').append(prefix).append('a').append(i).append("='b'");
        }
        return out.toString();
    }

    private static void refused(String document, int status) {
        assertThat(fault(() -> IsComposing.parse(utf8(document))).statusHint()).isEqualTo(status);
    }

    @Test
    @DisplayName("many threads read at once by the one factory")
    void threads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> readings = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String state = i % 2 == 0 ? "active" : "idle";
                readings.add(() ->
                        IsComposing.parse(utf8(ACTIVE.replace("active", state))).isActive());
            }
            List<Future<Boolean>> read = threads.invokeAll(readings);
            for (int i = 0; i < read.size(); i++) {
                assertThat(read.get(i).get()).isEqualTo(i % 2 == 0);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
