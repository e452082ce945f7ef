package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.config.UserAgentConfig;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.transport.fake.sip.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every URI that leaves the agent is legal (RFC 3261 sections 19.1.2 and 25.1), and the one that was meant (19.1.4). */
class UrisOnTheWireTest {
    private static final MessageOptions FOLLOW =
            MessageOptions.builder().followRedirects(5).build();

    private static SipRequest last(Scene scene) {
        return scene.messages().get(scene.messages().size() - 1);
    }

    @ParameterizedTest
    @DisplayName("19.1.4: what stands in From is a target that reaches the same address")
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:+358-555-1234567;postd=pp22@example.com;user=phone|",
                "sip:a&b=c+d$e,f;g?h/i@example.com|",
                "sip:%41%2F%3b@EXAMPLE.com|",
                "sip:5550100;phone-context=example.com@example.com;user=phone|",
                "sip:34020000001320000001@3402000000|",
                "sip:9901#1@example.com|sip:9901%231@example.com",
                "sip:j\u00f6rg@example.com;x=\u00fc|sip:j%C3%B6rg@example.com;x=%C3%BC",
                "tel:*100%23;phone-context=example.com|sip:*100%23;phone-context=example.com@example.com;user=phone"
            })
    void answered(String from, String sent) {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.started("alice");
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            List<String> froms = new ArrayList<>();
            alice.addListener(
                    UserAgentListener.incoming(m -> froms.add(m.from().uri().toString())));
            scene.server.message("alice", m -> m.set("From", "<" + from + ">;tag=1"));
            scene.run();
            assertThat(froms).containsExactly(from);

            alice.sendMessage(froms.get(0), "x").join();

            String expected = sent == null ? from : sent;
            assertThat(last(scene).requestUriText()).isEqualTo(expected);
            assertThat(last(scene).headers().first("To")).contains("<" + expected + ">");
        }
    }

    @ParameterizedTest
    @DisplayName("19.1.2: our own address is escaped wherever it is sent; the username in digests is not")
    @CsvSource({
        "9901#1,9901%231",
        "j\u00f6rg,j%C3%B6rg",
        "john smith,john%20smith",
        "%6a%c3%b6rg,%6a%c3%b6rg",
        "a;b&c,a;b&c"
    })
    void ownAddress(String user, String sent) {
        String name = SipUri.of("sip:" + sent + "@example.com").user().orElseThrow();
        try (Scene scene = new Scene(server -> server.user(name, "secret").lenient())) {
            UserAgent alice = scene.agent(
                    "alice", b -> b.uri("sip:" + user + "@example.com").password("secret"));
            alice.start().join();
            alice.sendMessage("sip:" + user + "@example.com", "to myself")
                    .exceptionally(e -> null)
                    .join();

            String address = "<sip:" + sent + "@example.com>";
            assertThat(alice.config().uri()).hasToString("sip:" + sent + "@example.com");
            assertThat(scene.server.requests(SipMethod.REGISTER)).hasSize(2).allSatisfy(r -> {
                assertThat(r.headers().first("To")).contains(address);
                assertThat(r.headers().first("From").orElseThrow()).startsWith(address + ";tag=");
            });
            assertThat(scene.server
                            .requests(SipMethod.REGISTER)
                            .get(1)
                            .headers()
                            .first("Authorization")
                            .orElseThrow())
                    .contains("username=\"" + name + "\"");
            assertThat(scene.messages()).isNotEmpty().allSatisfy(m -> {
                assertThat(m.requestUriText()).isEqualTo("sip:" + sent + "@example.com");
                assertThat(m.headers().first("To")).contains(address);
                assertThat(m.headers().first("From").orElseThrow()).startsWith(address + ";tag=");
            });
        }
    }

    @Test
    @DisplayName("19.1.2: registrar and outbound proxy are escaped")
    void registrarAndProxy() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.agent(
                    "alice",
                    b -> b.registrar("sip:example.com;x=\u00fc#")
                            .outboundProxy("sip:pr\u00f6xy#1@p.example.com;lr;x=a b"));
            alice.start().join();

            SipRequest register = scene.server.requests(SipMethod.REGISTER).get(0);
            assertThat(register.requestUriText()).isEqualTo("sip:example.com;x=%C3%BC%23");
            assertThat(register.headers().all("Route"))
                    .containsExactly("<sip:pr%C3%B6xy%231@p.example.com;lr;x=a%20b>");
        }
    }

    @Test
    @DisplayName("19.1.2: the contacts of a redirect are escaped, and both spellings are one target")
    void redirected() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.sender();
            scene.server.dispatcher(r -> Answer.status(302)
                    .header("Contact", "<sip:9901#1@example.com;x=\u00fc>")
                    .header("Contact", "<sip:9901%231@example.com;x=%C3%BC>"));

            alice.sendMessage("bob", "x", "text/plain", FOLLOW)
                    .exceptionally(e -> null)
                    .join();

            assertThat(scene.messages())
                    .extracting(SipRequest::requestUriText)
                    .containsExactly("sip:bob@example.com", "sip:9901%231@example.com;x=%C3%BC");
        }
    }

    @Test
    @DisplayName("19.1.2: a Service-Route that comes raw is escaped, loose or strict")
    void serviceRoute() {
        for (String lr : List.of(";lr", "")) {
            try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
                String named = "\"R\u00f6ute\" <sip:r#1@p1.example.com;x=\u00fc" + lr + ">;y=z";
                scene.server.enqueue(
                        SipMethod.REGISTER,
                        RegisteringBench.grant(";expires=600").header("Service-Route", named + ", <sip:p2;lr>"));
                UserAgent alice = scene.started("alice");
                alice.sendMessage("bob", "x").exceptionally(e -> null).join();

                String route = "sip:r%231@p1.example.com;x=%C3%BC" + lr;
                if (lr.isEmpty()) {
                    assertThat(last(scene).requestUriText()).isEqualTo(route);
                } else {
                    assertThat(last(scene).headers().list("Route"))
                            .containsExactly("\"R\u00f6ute\" <" + route + ">;y=z", "<sip:p2;lr>");
                }
            }
        }
    }

    @Test
    @DisplayName("RFC 3428 8: two spellings of one address are one target, a;b and a%3Bb are two")
    void oneAtATime() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.sender();
            scene.server.dispatcher(r -> Answer.silence());
            List.of("sip:A#@h", "sip:%41%23@h", "sip:%41%23@H;x=\u00fc", "sip:a;b@h", "sip:a%3Bb@h", "sip:a%3bb@h")
                    .forEach(target -> alice.sendMessage(target, target));
            scene.run();

            assertThat(scene.bodies()).containsExactly("sip:A#@h", "sip:a;b@h", "sip:a%3Bb@h");
        }
    }

    @Test
    @DisplayName("GB/T 28181: a domain of digits is our own, a target's and a sender's")
    void digits() {
        try (Scene scene = new Scene(server -> server.noAuth().domain("3402000000"))) {
            UserAgent platform = scene.agent(
                    "platform",
                    b -> b.uri("sip:34020000002000000001@3402000000").accept("Application/MANSCDP+xml"));
            List<String> got = new ArrayList<>();
            platform.addListener(
                    UserAgentListener.incoming(m -> got.add(m.from().uri() + " " + m.contentType())));
            platform.start().join();
            scene.server.message(
                    "34020000002000000001",
                    m -> m.set("From", "<sip:34020000001320000001@3402000000>;tag=1")
                            .set("Content-Type", "application/manscdp+XML"));
            scene.run();
            platform.sendMessage("34020000001320000001", "<x/>", "Application/MANSCDP+xml")
                    .exceptionally(e -> null)
                    .join();

            assertThat(got).containsExactly("sip:34020000001320000001@3402000000 application/manscdp+XML");
            assertThat(last(scene).requestUriText()).isEqualTo("sip:34020000001320000001@3402000000");
            assertThat(last(scene).headers().first("Content-Type")).contains("Application/MANSCDP+xml");
        }
    }

    @ParameterizedTest
    @DisplayName("25.1: what the program gives as its own address, registrar or proxy is held to the grammar")
    @ValueSource(
            strings = {
                "sip:alice@[:1:]",
                "sip:alice@-example-.com",
                "sip:alice@h:0",
                "sip:alice@1.2.3",
                "sip:alice@b\u00fccher.example",
                "sip:alice\u001b@h",
                "sip:\ud800@h",
                " sip:alice@h",
                "sip:alice@h ",
                "<sip:alice@h>",
                "sip:alice@h;;lr"
            })
    void refused(String uri) {
        String domain = uri.replaceFirst("alice(\u001b)?@|\ud800@", "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserAgentConfig.builder().uri(uri))
                .withMessageStartingWith("uri '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserAgentConfig.builder().outboundProxy(uri))
                .withMessageStartingWith("outboundProxy '");
        if (!domain.equals("sip:h")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> UserAgentConfig.builder().registrar(domain))
                    .withMessageStartingWith("registrar '");
        }
    }
}
