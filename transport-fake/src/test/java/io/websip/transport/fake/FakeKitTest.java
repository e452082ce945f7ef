package io.websip.transport.fake;

import io.websip.kit.AnsweringContract;
import io.websip.kit.AutobahnContract;
import io.websip.kit.CompletenessContract;
import io.websip.kit.FramingContract;
import io.websip.kit.HandshakeContract;
import io.websip.kit.MessageCapContract;
import io.websip.kit.TlsContract;
import io.websip.kit.TransportContract;
import java.util.Map;
import java.util.Set;

class FakeKitTest extends CompletenessContract {
    @Override
    protected Set<Class<? extends TransportContract>> tests() {
        return Set.of(
                FakeOpeningTest.class,
                FakeMessagesTest.class,
                FakeClosingTest.class,
                FakeConcurrencyTest.class,
                FakeLimitsTest.class,
                FakeKeepAliveTest.class,
                FakeEventLoopTest.class);
    }

    @Override
    protected Map<Class<? extends TransportContract>, String> optOuts() {
        return Map.of(
                HandshakeContract.class,
                "There is no HTTP on a FakeNetwork: a refusal is a Fault, and an attempt has no time-out of its own.",
                FramingContract.class,
                "Messages are handed over whole: there are no frames, masks or fragments that could be wrong.",
                AnsweringContract.class,
                "The network itself answers pings and close frames, and cuts between messages, not within one.",
                MessageCapContract.class,
                "What arrives was sent whole by the test itself; there is no cap to try.",
                TlsContract.class,
                "Certificates do not exist on a FakeNetwork.",
                AutobahnContract.class,
                "It tries frames, of which there are none.");
    }
}
