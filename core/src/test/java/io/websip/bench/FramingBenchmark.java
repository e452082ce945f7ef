package io.websip.bench;

import gov.nist.javax.sip.message.SIPMessage;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import java.io.IOException;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Other messages that an agent sees, framed. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class FramingBenchmark {
    /** Which of them. */
    @Param({"OK_TWO_VIAS", "CHALLENGED_TWICE", "TEN_CONTACTS", "MESSAGE_4096"})
    public Sample sample;

    private byte[] message;

    /** For JMH. */
    public FramingBenchmark() {}

    /** Before the first run. */
    @Setup
    public void encode() {
        message = sample.bytes();
    }

    /** websip. */
    @Benchmark
    public SipMessage framedByWebsip() throws SipParseException {
        return Parsers.websip(message);
    }

    /** JAIN-SIP. */
    @Benchmark
    public SIPMessage framedByJain() throws ParseException {
        return Parsers.jain(message);
    }

    /** pkts. */
    @Benchmark
    public io.pkts.packet.sip.SipMessage framedByPkts() throws IOException {
        return Parsers.pkts(message);
    }
}
