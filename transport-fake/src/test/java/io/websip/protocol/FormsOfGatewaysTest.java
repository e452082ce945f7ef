package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a MESSAGE in the forms that gateways, telephones and other clients write reaches the program")
class FormsOfGatewaysTest {
    private static final String USUAL = """
            MESSAGE sip:alice@example.com SIP/2.0
            Via: SIP/2.0/WS p.invalid;branch=z9hG4bKg
            From: <sip:bob@example.com>;tag=1
            To: <sip:alice@example.com>
            Call-ID: g
            CSeq: 1 MESSAGE
            Content-Type: text/plain
            """;

    private record Got(List<IncomingMessage> messages, List<SipResponse> answers) {
        IncomingMessage message() {
            assertThat(answers).extracting(SipResponse::status).containsExactly(200);
            assertThat(messages).hasSize(1);
            return messages.get(0);
        }
    }

    /** The usual rows, each of these in the place of the one of its name, or behind it. */
    private static String with(String... rows) {
        String text = USUAL;
        for (String row : rows) {
            String name = row.substring(0, row.indexOf(':') + 1);
            int start = text.indexOf("\n" + name) + 1;
            text = start > 0
                    ? text.substring(0, start) + row + text.substring(text.indexOf('\n', start))
                    : text + row + "\n";
        }
        return text;
    }

    private static Got receive(Consumer<UserAgentConfigBuilder> options, String head, byte[] body) {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.started("alice", options);
            List<IncomingMessage> got = new ArrayList<>();
            alice.addListener(UserAgentListener.incoming(got::add));
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            octets.writeBytes((head + "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            octets.writeBytes(body);
            scene.server.sendRaw("alice", octets.toByteArray());
            scene.run();
            return new Got(got, List.copyOf(scene.server.responses()));
        }
    }

    private static Got receive(String head) {
        return receive(options -> {}, head, "Hello".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a <b@c>\" <sip:bob@example.com>;tag=1 | a <b@c> | sip:bob@example.com",
                "\"Smith, Bob\" <sip:bob@example.com>;tag=1 | Smith, Bob | sip:bob@example.com",
                "\"ends with \\\\\" <sip:bob@example.com>;tag=1 | ends with \\ | sip:bob@example.com",
                "\"he said \\\"x\\\"\" <sip:bob@example.com>;tag=1 | he said \"x\" | sip:bob@example.com",
                "\u5f20\u4e09 <sip:bob@example.com>;tag=1 | \u5f20\u4e09 | sip:bob@example.com",
                "\"\u5f20\u4e09 <sip:bob@example.com>;tag=1 | - | sip:bob@example.com",
                "\"\" <sip:bob@example.com>;tag=1;epid=0A1B | - | sip:bob@example.com",
                "<sip:#8971234@example.com> | - | sip:#8971234@example.com",
                "<sip:*34020#@192.0.2.1>;tag=1 | - | sip:*34020#@192.0.2.1",
                "<sip:ussd%5e1@example.com>;tag=1 | - | sip:ussd%5e1@example.com",
                "<sip:1001@1af019b2ba08>;tag=1 | - | sip:1001@1af019b2ba08",
                "<sip:1001@kamailio_1:5066>;tag=1 | - | sip:1001@kamailio_1:5066",
                "<sip:34020000001320000001@3402000000>;tag=1 | - | sip:34020000001320000001@3402000000",
                "<sip:bob@[2001:db8::1]:5060>;tag=1 | - | sip:bob@[2001:db8::1]:5060",
                "<sip:+358-555-1234567;postd=pp22@example.com;user=phone>;tag=1 | - | sip:+358-555-1234567;postd=pp22@example.com;user=phone",
                "<tel:+15550100;phone-context=example.com>;tag=1 | - | tel:+15550100;phone-context=example.com",
                "sip:bob@example.com;tag=1 | - | sip:bob@example.com",
                "Bob sip:bob@example.com;tag=1 | - | sip:bob@example.com",
            })
    @DisplayName("20.20 names and addresses of the sender")
    void from(String from, String name, String uri) {
        IncomingMessage message = receive(with("From: " + from)).message();
        assertThat(message.from().uri()).hasToString(uri);
        if (!name.equals("-")) {
            assertThat(message.from().displayName()).contains(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To: <sip:alice@example.com>;rtcweb-breaker=no;transport=ws",
                "To: \"\" <sip:alice@example.com>;epid=1",
                "Contact: <sip:1001@192.0.2.5:5060;ob>",
                "Contact: <sip:1001@192.0.2.5;x-ast-orig-host=10.0.0.1:0>",
                "Alert-Info: <<;;>>",
                "Record-Route: ,,<",
                "Date: yesterday",
                "Expires: soon",
                "Warning: x",
                "Max-Forwards:\t70",
                "Via: SIP/2.0/WS p.invalid;branch=z9hG4bKg;TRC=abc\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKh;TRC=1-2,"
                        + "SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::1];rport=5060",
                "Via: SIP/2.0/WS 2001:db8::9:1;branch=z9hG4bKg",
                "Via:SIP/2.0/WS p.invalid;branch=z9hG4bKg\nFrom:<sip:bob@example.com>;tag=1\nCSeq:1 MESSAGE",
                "Via: SIP / 2.0 / WS p.invalid ; branch = z9hG4bKg",
                "User-Agent: x (y",
                "P-Asserted-Identity: \"x\" <sip:x@y>, <tel:+1",
            })
    @DisplayName("8.2.2 fields of other clients, and malformed ones that nobody needs")
    void fields(String rows) {
        assertThat(receive(with(rows)).message().text()).isEqualTo("Hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:alice@198.51.100.7:53951;transport=ws",
                "sip:alice@198.51.100.7;x-ast-orig-host=abc.invalid:0",
                "sip:alice@192.0.2.1;transport=ws;ob",
                "sips:alice@example.com",
                "sip:alice@[2001:db8::1]",
                "sip:alice@3402000000",
                "sip:%61lice@example.com;",
            })
    @DisplayName("8.2.2.1 a Request-URI with our user part is ours, whatever host a proxy wrote behind it")
    void requestUris(String uri) {
        assertThat(receive(USUAL.replace("sip:alice@example.com SIP", uri + " SIP"))
                        .message())
                .isNotNull();
    }

    @Test
    @DisplayName("8.2.2.1 the called number of a gateway is another user, unless the program takes every Request-URI")
    void calledNumber() {
        for (String uri : List.of("sip:+15550100@198.51.100.7", "sip:ALICE@example.com")) {
            String text = USUAL.replace("sip:alice@example.com SIP", uri + " SIP");
            assertThat(receive(text).answers()).extracting(SipResponse::status).containsExactly(404);
            assertThat(receive(options -> options.checkRequestUri(false), text, new byte[] {'x'})
                            .message()
                            .text())
                    .isEqualTo("x");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: ",
                "From: <sip:@example.com>;tag=1",
                "From: <sip:>;sip:;1001@example.com",
                "From: <>;tag=1",
                "Via: SIP/2.0/WS http://p.invalid/;branch=z9hG4bKg",
            })
    @DisplayName("8.1.1 without an address of the sender, or a Via that can be read, the answer is 400")
    void refused(String row) {
        Got got = receive(with(row));
        assertThat(got.messages()).isEmpty();
        assertThat(got.answers()).extracting(SipResponse::status).containsExactly(400);
    }

    @Test
    @DisplayName("7.4 a body goes to the program octet by octet, and as text in its charset")
    void bodies() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        String sms = "application/vnd.3gpp.sms";
        assertThat(receive(options -> options.accept(sms), with("Content-Type: " + sms), all)
                        .message()
                        .body())
                .isEqualTo(all);
        byte[] hello = "\u4f60\u597d".getBytes(Charset.forName("GB2312"));
        String xml = "Application/MANSCDP+xml;charset=GB2312";
        assertThat(receive(options -> options.accept("Application/MANSCDP+xml"), with("Content-Type: " + xml), hello)
                        .message()
                        .text())
                .isEqualTo("\u4f60\u597d");
        String rc = "Via: SIP/2.0/WSS p.invalid:8083;branch=z9hG4bKg, SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKh";
        String from = "From: <sip:#8971234567@example.com>";
        assertThat(receive(options -> options.accept("x-rc/agent"), with(rc, from, "Content-Type: x-rc/agent"), all)
                        .message()
                        .contentType())
                .hasToString("x-rc/agent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: x-rc/agent",
                "Content-Type: message/cpim",
                "Content-Type: application/im-iscomposing+xml",
                "Content-Type: message/imdn+xml\nContent-Encoding: deflate",
                "Content-Encoding: deflate",
            })
    @DisplayName(
            "21.4.13 a type or an encoding that the program has not accepted is refused, and the answer lists what is accepted")
    void unsupported(String rows) {
        Got got = receive(with(rows));
        assertThat(got.messages()).isEmpty();
        assertThat(got.answers()).hasSize(1).first().satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.headers().first("Accept")).isPresent();
            assertThat(answer.headers().contains("Accept-Encoding")).isEqualTo(rows.contains("Encoding"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tr-TR", "th-TH-u-ca-buddhist-nu-thai", "ar-EG-u-nu-arab", "lt-LT", "az", "hi-IN-u-nu-deva"})
    @DisplayName("what is sent and read does not depend on the locale of the machine")
    void locales(String tag) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try (Scene scene = new Scene(server -> server.user("alice", "secret").user("bob", "secret"))) {
            UserAgent alice = scene.started("alice", options -> options.password("secret"));
            UserAgent bob = scene.started("bob", options -> options.password("secret"));
            List<String> got = new ArrayList<>();
            bob.addListener(UserAgentListener.incoming(message -> got.add(message.text())));
            assertThat(alice.sendMessage("BOB".toLowerCase(Locale.ROOT), "I\u0307\u0131i 12")
                            .join()
                            .status())
                    .isEqualTo(200);
            assertThat(got).containsExactly("I\u0307\u0131i 12");
            assertThat(scene.messages())
                    .allSatisfy(message ->
                            assertThat(message.headers().toString().chars()).allMatch(c -> c < 128));
        } finally {
            Locale.setDefault(before);
        }
    }
}
