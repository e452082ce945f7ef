package io.websip.transport.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.RawWebSocketServer;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.junit.jupiter.api.Test;

class UpgradePoolTest {
    @Test
    void aConnectionForWhichNoRequestWaitsIsClosed() throws Exception {
        HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP();
        transport.setConnectionPoolFactory(UpgradePool::new);
        HttpClient client = new HttpClient(transport);
        client.start();
        try (RawWebSocketServer server = RawWebSocketServer.plain()) {
            int port = server.address().port();
            Destination destination = client.resolveDestination(client.newRequest("127.0.0.1", port));
            destination.getConnectionPool().preCreateConnections(1).join();
            assertThat(server.accept().endsWithoutAnotherByte()).isTrue();
        } finally {
            client.stop();
        }
    }
}
