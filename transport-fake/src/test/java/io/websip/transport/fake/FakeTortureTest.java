package io.websip.transport.fake;

import io.websip.kit.KitOptions;
import io.websip.kit.PeerServer;
import io.websip.kit.TortureContract;
import io.websip.transport.Transport;
import java.util.function.BooleanSupplier;

class FakeTortureTest extends TortureContract {
    private final FakeKit kit = new FakeKit();

    @Override
    protected Transport newTransport(KitOptions options) {
        return kit.newTransport(options);
    }

    @Override
    protected PeerServer newServer() {
        return kit.newServer();
    }

    @Override
    protected void await(String what, BooleanSupplier condition) {
        kit.await(what, condition);
    }
}
