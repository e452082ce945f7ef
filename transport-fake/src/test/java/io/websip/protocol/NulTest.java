package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("found by fuzzing: a peer's NUL in what the agent would write into a message of its own")
class NulTest {
    @Test
    @DisplayName(
            "G9: in an option tag that is demanded, it makes the request malformed, and throws nothing on the loop")
    void require() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.raw("alice", """
                    MESSAGE sip:alice@example.com SIP/2.0
                    Via: SIP/2.0/WS p.invalid;branch=z9hG4bKnul
                    From: <sip:x@example.com>;tag=f
                    To: <sip:alice@example.com>
                    Call-ID: nul
                    CSeq: 1 MESSAGE
                    Require: x\0y

                    """);

            assertThat(scene.server.responses())
                    .singleElement()
                    .extracting(SipResponse::status)
                    .isEqualTo(400);
            assertThat(alice.isRegistered()).isTrue();
        }
    }

    @Test
    @DisplayName("G1: in a Service-Route, none of it is used, since a route without one of its proxies is another one")
    void serviceRoute() {
        try (Scene scene = new Scene(b -> b.noAuth().lenient())) {
            scene.server.enqueue(
                    SipMethod.REGISTER,
                    Answer.raw(r -> new String(
                                    SipResponse.to(r.headers(), 200, null, "t")
                                            .add("Contact", r.contacts().get(0).toString())
                                            .add(
                                                    "Service-Route",
                                                    "\"a?\" <sip:r1.example.com;lr>, <sip:r2.example.com;lr>")
                                            .build()
                                            .toBytes(),
                                    StandardCharsets.UTF_8)
                            .replace("a?", "a\0")
                            .getBytes(StandardCharsets.UTF_8)));
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            UserAgent alice = scene.started("alice");
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "hello");
            scene.seconds(1);

            assertThat(sent).isCompleted();
            assertThat(scene.messages().get(0).headers().list("Route")).isEmpty();
        }
    }
}
