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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A MESSAGE of 600 bytes: framed alone, and with nine of its fields read. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
public class ParsingBenchmark {
    private final byte[] message = Sample.MESSAGE_600.bytes();
    private final NineFields fields = new NineFields();

    /** For JMH. */
    public ParsingBenchmark() {}

    /** websip. */
    @Benchmark
    public SipMessage framedByWebsip() throws SipParseException {
        return Parsers.websip(message);
    }

    /** JAIN-SIP, which parses all there is. */
    @Benchmark
    public SIPMessage framedByJain() throws ParseException {
        return Parsers.jain(message);
    }

    /** pkts, which is as lazy as websip. */
    @Benchmark
    public io.pkts.packet.sip.SipMessage framedByPkts() throws IOException {
        return Parsers.pkts(message);
    }

    /** websip. */
    @Benchmark
    public Object nineFieldsByWebsip() throws SipParseException {
        Parsers.read(Parsers.websip(message), fields);
        return fields;
    }

    /** JAIN-SIP. */
    @Benchmark
    public Object nineFieldsByJain() throws ParseException {
        Parsers.read(Parsers.jain(message), fields);
        return fields;
    }

    /** pkts. */
    @Benchmark
    public Object nineFieldsByPkts() throws IOException {
        Parsers.read(Parsers.pkts(message), fields);
        return fields;
    }
}
