package io.websip.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.SipUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The example in the package's documentation. */
class PackageTourTest {
    private static final Path MAIN = Path.of("src/main/java/io/websip/mime/package-info.java");
    private static final Path TEST = Path.of("src/test/java/io/websip/mime/PackageTourTest.java");

    @Test
    @DisplayName("the example of the package runs")
    void example() throws MimeParseException {
        Cpim message = Cpim.builder()
                .from(SipUri.of("sip:alice@example.com"))
                .to(SipUri.of("sip:bob@example.com"))
                .dateTime(Instant.now())
                .messageId("Qm9iLXdhcy1oZXJlLTE")
                .request(NotificationRequest.POSITIVE_DELIVERY, NotificationRequest.DISPLAY)
                .content(BodyPart.text("Hello Bob!"))
                .build();
        byte[] body = message.toBytes(); // to be sent as message/cpim

        Cpim received = Cpim.parse(body);
        String text = received.content().text();
        Imdn report = Imdn.builder(Imdn.Kind.DELIVERY, Imdn.Status.DELIVERED)
                .messageId(received.messageId().orElseThrow())
                .dateTime(received.dateTime().orElseThrow())
                .recipient(received.to().get(0).uri())
                .build();

        assertThat(text).isEqualTo("Hello Bob!");
        assertThat(report).hasToString("DELIVERY DELIVERED of Qm9iLXdhcy1oZXJlLTE");
    }

    @Test
    @DisplayName("the example of the package is the one that runs")
    void same() throws IOException {
        List<String> documented = Files.readAllLines(MAIN).stream()
                .dropWhile(line -> !line.contains("<pre>"))
                .skip(1)
                .takeWhile(line -> !line.contains("</pre>"))
                .map(line -> line.replace(" *", "").strip())
                .toList();
        List<String> run = Files.readAllLines(TEST).stream()
                .dropWhile(line -> !line.contains("Cpim message ="))
                .takeWhile(line -> !line.contains("assertThat"))
                .map(String::strip)
                .toList();
        assertThat(documented).isNotEmpty().isEqualTo(run.subList(0, run.size() - 1));
    }
}
