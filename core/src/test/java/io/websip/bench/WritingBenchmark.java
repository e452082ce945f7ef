package io.websip.bench;

import java.io.IOException;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;
import javax.sip.InvalidArgumentException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A MESSAGE from its parts to its octets. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class WritingBenchmark {
    private Writers writers;

    /** For JMH. */
    public WritingBenchmark() {}

    /** Before the first run. */
    @Setup
    public void prepare() throws ParseException, IOException {
        writers = new Writers();
    }

    /** websip. */
    @Benchmark
    public byte[] writtenByWebsip() {
        return writers.websip();
    }

    /** JAIN-SIP. */
    @Benchmark
    public byte[] writtenByJain() throws ParseException, InvalidArgumentException {
        return writers.jain();
    }

    /** pkts. */
    @Benchmark
    public byte[] writtenByPkts() {
        return writers.pkts();
    }
}
