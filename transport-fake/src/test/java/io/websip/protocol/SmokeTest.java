package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.UserAgentConfig;
import io.websip.UserAgentListener;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeSipServer;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.VirtualEventLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void aliceToBob() {
        VirtualEventLoop loop = new VirtualEventLoop();
        FakeNetwork network = new FakeNetwork(loop);
        FakeSipServer server = FakeSipServer.on(network, "ws://sip.example.com")
                .user("alice", "secret1")
                .user("bob", "secret2")
                .start();
        FakeTransport transport = new FakeTransport(network);
        List<String> got = new ArrayList<>();
        try (UserAgent alice = agent(transport, "alice", "secret1");
                UserAgent bob = agent(transport, "bob", "secret2")) {
            bob.addListener(UserAgentListener.incoming((IncomingMessage m) -> got.add(m.text())));
            bob.start().join();
            alice.start().join();
            assertThat(alice.sendMessage("bob", "Hello Bob!").join().status()).isEqualTo(200);
            assertThat(got).containsExactly("Hello Bob!");
            assertThat(server.requests(SipMethod.MESSAGE)).hasSize(2);
        }
        assertThat(server.bindings("alice")).isEmpty();
        network.assertNoConnections();
        loop.assertQuiet();
    }

    private static UserAgent agent(FakeTransport transport, String user, String password) {
        return UserAgent.create(
                UserAgentConfig.builder()
                        .uri("sip:" + user + "@example.com")
                        .password(password)
                        .server("ws://sip.example.com")
                        .build(),
                transport);
    }
}
