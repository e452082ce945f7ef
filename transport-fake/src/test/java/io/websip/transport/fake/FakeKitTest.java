package io.websip.transport.fake;

import io.websip.kit.AddressesContract;
import io.websip.kit.AnsweringContract;
import io.websip.kit.AutobahnContract;
import io.websip.kit.BoundsContract;
import io.websip.kit.CompletenessContract;
import io.websip.kit.CompressionContract;
import io.websip.kit.FramingContract;
import io.websip.kit.GuestContract;
import io.websip.kit.HandshakeContract;
import io.websip.kit.LeftoversContract;
import io.websip.kit.MessageCapContract;
import io.websip.kit.ProxyContract;
import io.websip.kit.TlsContract;
import io.websip.kit.TlsOptionsContract;
import io.websip.kit.TransportContract;
import io.websip.kit.UpgradeContract;
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
                FakeEventLoopTest.class,
                FakeTortureTest.class);
    }

    @Override
    protected Map<Class<? extends TransportContract>, String> optOuts() {
        return Map.ofEntries(
                Map.entry(
                        HandshakeContract.class,
                        "There is no HTTP on a FakeNetwork: a refusal is a Fault, and an attempt has no time-out of its own."),
                Map.entry(
                        FramingContract.class,
                        "Messages are handed over whole: there are no frames, masks or fragments that could be wrong."),
                Map.entry(
                        AnsweringContract.class,
                        "The network itself answers pings and close frames, and cuts between messages, not within one."),
                Map.entry(
                        MessageCapContract.class,
                        "What arrives was sent whole by the test itself; there is no cap to try."),
                Map.entry(
                        BoundsContract.class,
                        "It shares the memory of its peer; SmallHeapTest feeds an agent on it in a small JVM."),
                Map.entry(TlsContract.class, "Certificates do not exist on a FakeNetwork."),
                Map.entry(LeftoversContract.class, "It has no sockets, no buffers and no threads that could be left."),
                Map.entry(GuestContract.class, "It has no threads, and no library that could hold a class loader."),
                Map.entry(AutobahnContract.class, "It tries frames, of which there are none."),
                Map.entry(UpgradeContract.class, "There is no HTTP request that could carry headers."),
                Map.entry(ProxyContract.class, "A FakeNetwork has no proxies."),
                Map.entry(CompressionContract.class, "There are no extensions of frames, since there are no frames."),
                Map.entry(TlsOptionsContract.class, "Certificates do not exist on a FakeNetwork."),
                Map.entry(AddressesContract.class, "A FakeNetwork knows servers by name, and no addresses."));
    }
}
