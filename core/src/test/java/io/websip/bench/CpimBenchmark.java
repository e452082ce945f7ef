package io.websip.bench;

import io.websip.mime.BodyPart;
import io.websip.mime.Cpim;
import io.websip.mime.Imdn;
import io.websip.mime.MimeLimits;
import io.websip.mime.MimeParseException;
import io.websip.mime.NotificationRequest;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipUri;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A CPIM message that asks for reports, written and read; beside it a plain message and a report. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class CpimBenchmark {
    private static final SipUri EMIL = SipUri.of("sip:emil@lab.example.org");
    private static final SipUri DORA = SipUri.of("sip:dora@lab.example.org");
    private static final Instant SENT = Instant.parse("2026-12-01T10:00:00Z");
    private static final String ID = "Qm9iLXdhcy1oZXJlLTE";
    private static final String TEXT = "The ferry leaves at seven from the north pier; we wait until five past.";

    private final byte[] cpim = write().toBytes();
    private final byte[] plain = Sample.MESSAGE_600.bytes();
    private final byte[] sipWithCpim = withBody(plain, cpim);
    private final byte[] report = Imdn.builder(Imdn.Kind.DELIVERY, Imdn.Status.DELIVERED)
            .messageId(ID)
            .dateTime(SENT)
            .recipient(DORA)
            .build()
            .toBytes();

    /** For JMH. */
    public CpimBenchmark() {}

    private static byte[] withBody(byte[] message, byte[] body) {
        String head = new String(message, StandardCharsets.UTF_8);
        byte[] start = head.substring(0, head.indexOf("Content-Type"))
                .concat("Content-Type: message/cpim\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    private static Cpim write() {
        return Cpim.builder()
                .from(EMIL)
                .to(DORA)
                .dateTime(SENT)
                .messageId(ID)
                .request(
                        NotificationRequest.POSITIVE_DELIVERY,
                        NotificationRequest.NEGATIVE_DELIVERY,
                        NotificationRequest.DISPLAY)
                .content(BodyPart.text(TEXT))
                .build();
    }

    /** A CPIM message from its parts to its octets. */
    @Benchmark
    public byte[] cpimWritten() {
        return write().toBytes();
    }

    /** Its index alone. */
    @Benchmark
    public Cpim cpimFramed() throws MimeParseException {
        return Cpim.wrap(cpim, MimeLimits.DEFAULT);
    }

    /** What a receiver needs of it: text, id, what is asked for. */
    @Benchmark
    public Object cpimRead() throws MimeParseException {
        Cpim read = Cpim.wrap(cpim, MimeLimits.DEFAULT);
        return read.messageId().isPresent() && !read.notificationRequests().isEmpty()
                ? read.content().text()
                : read;
    }

    /** A SIP message with text in it. */
    @Benchmark
    public Object plainMessageRead() throws SipParseException {
        SipMessage message = SipMessage.parse(plain);
        return message.contentType().isPresent() ? message.text() : message;
    }

    /** A SIP message with a CPIM message in it. */
    @Benchmark
    public Object cpimMessageRead() throws SipParseException, MimeParseException {
        Cpim read = Cpim.wrap(SipMessage.parse(sipWithCpim).body(), MimeLimits.DEFAULT);
        return read.messageId().isPresent() && !read.notificationRequests().isEmpty()
                ? read.content().text()
                : read;
    }

    /** A report. */
    @Benchmark
    public Object reportRead() throws MimeParseException {
        return Imdn.parse(report).status();
    }
}
