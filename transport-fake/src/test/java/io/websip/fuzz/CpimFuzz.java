package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.mime.BodyPart;
import io.websip.mime.Cpim;
import io.websip.mime.CpimAddress;
import io.websip.mime.CpimBuilder;
import io.websip.mime.CpimSubject;
import io.websip.mime.MimeParseException;
import io.websip.mime.NotificationRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A message keeps its octets; what is read of it can be written again, strictly, and is then read the same. */
final class CpimFuzz {
    private CpimFuzz() {}

    static void run(byte[] input) throws MimeParseException {
        Cpim read = Cpim.parse(input);
        assertThat(read.toBytes()).isEqualTo(input);
        assertThat(read.toString()).doesNotContain("\r", "\n");
        read.headers()
                .forEach(header -> assertThat(read.first(header.namespace(), header.name()))
                        .isPresent());
        assertThat(read.unknownRequirements()).noneMatch(name -> name.isBlank() || name.contains("\n"));
        read.recordRoutes();
        read.routes();
        Bodies.ask(read.content());
        rewrite(read);
    }

    private static void rewrite(Cpim read) throws MimeParseException {
        CpimBuilder builder = Cpim.builder();
        try {
            read.from().map(CpimAddress::uri).ifPresent(builder::from);
            read.to().forEach(to -> builder.to(to.uri()));
            read.dateTime().ifPresent(builder::dateTime);
            for (CpimSubject subject : read.subjects()) {
                builder.subject(subject.text());
            }
            read.messageId().ifPresent(builder::messageId);
            read.originalTo().ifPresent(builder::originalTo);
            builder.request(read.notificationRequests().toArray(NotificationRequest[]::new));
            builder.content(read.content());
            Cpim written = builder.build();
            assertSame(read, Cpim.parse(written.toBytes()));
        } catch (IllegalArgumentException | IllegalStateException e) {
            assertThat(e.getMessage()).isNotNull(); // what peers may send and the strict writer does not
        }
    }

    private static void assertSame(Cpim read, Cpim again) throws MimeParseException {
        assertThat(again.from().map(CpimAddress::uri)).isEqualTo(read.from().map(CpimAddress::uri));
        assertThat(again.to().stream().map(CpimAddress::uri).toList())
                .isEqualTo(read.to().stream().map(CpimAddress::uri).toList());
        assertThat(again.messageId()).isEqualTo(read.messageId());
        assertThat(again.notificationRequests()).isEqualTo(read.notificationRequests());
        assertThat(again.originalTo()).isEqualTo(read.originalTo());
        assertThat(again.dateTime().isPresent()).isEqualTo(read.dateTime().isPresent());
        assertThat(again.subjects().stream()
                        .map(subject -> subject.text().strip())
                        .toList())
                .isEqualTo(read.subjects().stream()
                        .map(subject -> subject.text().strip())
                        .toList());
        assertThat(again.content().rawContent()).isEqualTo(read.content().rawContent());
        assertThat(again.content().contentType()).isEqualTo(read.content().contentType());
        for (String line : head(again)) {
            assertThat(line).isEqualTo(line.strip());
        }
        BodyPart part = again.content();
        assertThat(BodyPart.parse(part.toBytes())).isEqualTo(part);
    }

    private static List<String> head(Cpim written) {
        String all = new String(written.toBytes(), StandardCharsets.UTF_8);
        return List.of(all.substring(0, all.indexOf("\r\n\r\n")).split("\r\n", -1));
    }
}
