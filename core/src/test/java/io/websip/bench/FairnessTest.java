package io.websip.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.SipMessage;
import io.websip.sip.SipRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the three do the same work, without which their figures could not stand in one table. */
class FairnessTest {
    @Test
    void theMessageIsAsLongAsItsNameSays() throws Exception {
        SipMessage message = SipMessage.parse(Sample.MESSAGE_600.bytes());
        assertThat(message.length()).isEqualTo(600);
        assertThat(message.headers().size()).isEqualTo(11);
        assertThat(message.bodyLength()).isEqualTo(132);
        assertThat(Sample.MESSAGE_4096.bytes()).hasSize(4096);
    }

    @Test
    void allThreeReadTheSameNineFields() throws Exception {
        byte[] bytes = Sample.MESSAGE_600.bytes();
        NineFields ours = new NineFields();
        NineFields jain = new NineFields();
        NineFields pkts = new NineFields();
        Parsers.read(Parsers.websip(bytes), ours);
        Parsers.read(Parsers.jain(bytes), jain);
        Parsers.read(Parsers.pkts(bytes), pkts);
        assertThat(ours).hasToString(jain.toString()).hasToString(pkts.toString());
        assertThat(ours.toString()).startsWith("7 MESSAGE|7c1f60d2-").endsWith("late, ok!");
    }

    @ParameterizedTest
    @EnumSource
    void allThreeFrameEachSample(Sample sample) throws Exception {
        byte[] bytes = sample.bytes();
        String callId = Parsers.websip(bytes).callId();
        assertThat(Parsers.jain(bytes).getCallId().getCallId()).isEqualTo(callId);
        assertThat(Parsers.pkts(bytes).getCallIDHeader().getCallId()).hasToString(callId);
        Parsers.websip(bytes).verify();
    }

    @Test
    void allThreeWriteTheSameMessage() throws Exception {
        String ours = described(new Writers().websip());
        assertThat(described(new Writers().jain())).isEqualTo(ours);
        assertThat(described(new Writers().pkts())).isEqualTo(ours);
    }

    private static String described(byte[] written) throws Exception {
        SipRequest request = (SipRequest) SipMessage.parse(written);
        request.verify();
        return String.join(
                "|",
                request.requestUriText(),
                request.topVia().sentBy() + request.topVia().branch(),
                request.from().displayName() + " " + request.from().uri()
                        + request.from().tag(),
                request.to().uri().toString(),
                request.callId(),
                request.cseq().toString(),
                request.maxForwards() + " " + request.headers().first("User-Agent"),
                request.contentType() + " " + request.text());
    }
}
