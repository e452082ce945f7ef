package io.websip.protocol;

import static io.websip.transport.fake.assertj.SipAssertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransportModule;
import io.websip.transport.fake.junit.FakeSip;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServer;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the README shows of the fake, as it stands there. */
class ReadmeExampleTest {
    /** A program of the user's. */
    private record Doorbell(UserAgent agent) {
        String ring() {
            return agent.sendMessage("bob", "Ding dong")
                    .handle((response, failure) -> failure == null ? "heard" : "not heard: " + failure.getMessage())
                    .join();
        }
    }

    @Test
    void withGuice() {
        UserAgentConfig config = UserAgentConfig.builder()
                .uri("sip:door@example.com")
                .password("secret")
                .server("ws://sip.example.com")
                .build();
        Injector injector = Guice.createInjector(
                new FakeTransportModule(),
                binder -> binder.bind(UserAgentConfig.class).toInstance(config));
        FakeSipServer server = FakeSipServer.on(injector.getInstance(FakeNetwork.class), "ws://sip.example.com")
                .user("door", "secret")
                .start();
        server.dispatcher(request -> request.method().equals(SipMethod.MESSAGE) ? Answer.status(486) : null);
        try (UserAgent door = injector.getInstance(UserAgent.class)) {
            door.start().join();
            Assertions.assertThat(new Doorbell(door).ring()).isEqualTo("not heard: Busy (486 Busy Here)");
            assertThat(server.takeRequest(SipMethod.MESSAGE))
                    .hasBody("Ding dong")
                    .isTo("sip:bob@example.com");
        }
    }

    @RegisterExtension
    final FakeSip sip =
            FakeSip.server("ws://sip.example.com").user("door", "secret").user("bob", "builder");

    @Test
    void withTheExtension() {
        List<IncomingMessage> inbox = sip.inbox("bob");
        Assertions.assertThat(new Doorbell(sip.agent("door")).ring()).isEqualTo("heard");
        Assertions.assertThat(sip.inbox("bob"))
                .singleElement()
                .extracting(m -> m.text())
                .isEqualTo("Ding dong");
    }
}
