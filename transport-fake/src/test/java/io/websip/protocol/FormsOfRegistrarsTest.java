package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.sip.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName(
        "a 2xx to REGISTER in the forms that registrars write registers the agent (RFC 3261 sections 7.3 and 10.3)")
class FormsOfRegistrarsTest {
    private static final String CALL = "Call-ID: %C\nCSeq: %S\n";
    private static final String LONG = "SIP/2.0 200 OK\nVia: %V\nFrom: %F\nTo: %T;tag=r\n" + CALL;

    /** In the text %V, %F, %T, %C and %S are the fields of the REGISTER, %O is our Contact's URI. */
    private static Answer text(String text) {
        return Answer.raw(
                register -> filled(register, text).replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String filled(SipRequest register, String text) {
        return text.replace("%V", field(register, "Via"))
                .replace("%F", field(register, "From"))
                .replace("%T", field(register, "To"))
                .replace("%C", field(register, "Call-ID"))
                .replace("%S", field(register, "CSeq"))
                .replace("%O", register.contacts().get(0).uri().toString());
    }

    private static String field(SipRequest register, String name) {
        return register.headers().first(name).orElseThrow();
    }

    private static void assertGranted(long seconds, String text) {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.agent("alice", options -> options.registerExpires(Duration.ofSeconds(300)));
            scene.server.enqueue(SipMethod.REGISTER, text(text));
            goOn(alice.start());
            scene.advance(Duration.ofMillis(100));
            assertThat(alice.isRegistered()).isTrue();
            assertThat(alice.binding().orElseThrow().expires()).hasSeconds(seconds);
            assertThat(scene.server.requests(SipMethod.REGISTER)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a list with a raw #, with a host that is none, and with the next header glued to it
                "SIP/2.0 200 OK\nv: %V\nf: %F\nt: %T;tag=r\ni: %C\nCSeq: %S\n"
                        + "m: <sip:PBX#1000@192.0.2.5;ob>;expires=20,<sip:x@a..b>;expires=30,<%O>;expires=600,Date:Mon, 1 Jan 2024\n"
                        + "l: 0\n\n",
                LONG + "CONTACT:<%O>;EXPIRES=600\nCONTENT-LENGTH:0\n\n",
                LONG + "Contact: <sip:x@192.0.2.4>;expires=49\nContact: <sip:y@192.0.2.4>;expires=77\n"
                        + "Contact: <%O>;expires=600\nExpires: 20\n\n",
                LONG + "Contact\t:\n <%O>\n ;expires\n =\n 600\nExpires: 20\n\n",
                LONG + "Expires: 600\nContact: <%O>\n\n",
                LONG + "Expires: 600\n\n",
                LONG + "Expires: 600 ;x\nContact: <%O>\n\n",
                LONG + "m: \"sip\" <%O>;q=0.7;expires=\"600\";reg-id=1\n\n",
                LONG + "Contact: <%O>;q=1.000;+sip.instance=\"<urn:uuid:x>\";expires=600.75\n\n",
                LONG + "Contact: %O;expires=600\n\n",
                LONG + "Contact: <%O>;Expires=00600;q=\n\n",
                LONG + "Contact: <%O>;expires= 600 ;received=\"sip:192.0.2.1:5060;transport=ws\"\n\n",
                "SIP/2.0 202 Accepted\nVia: %V;received=192.0.2.9;rport=53951\nFrom: %F\nTo: %T;tag=r\n" + CALL
                        + "Contact: <%O>;expires=600\n\n",
                "sip/2.0 200\nVia: %V\nFrom: %F\nTo: %T;tag=r\n" + CALL + "Contact: <%O>;expires=600\n\n",
                "SIP/2.0 200 \nVia: %V;received=[2001:db8::1]\nFrom: %F\nTo: %T;tag=r\n" + CALL
                        + "Contact: <%O>;expires=600\n\n",
                "SIP/2.0 200 [OK] b\u00e4\nVia: %V\nFrom: %F\nTo: %T;tag=r\n" + CALL + "Contact: <%O>;expires=600\n\n",
            })
    @DisplayName("7.3.1 compact names, any case, folds, glued fields, one row or many, with and without quotes")
    void forms(String text) {
        assertGranted(600, text);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"3600\"',3600",
        "Tue 01 Dec 2026,3600",
        "-1,3600",
        "600.0,600",
        "4294967296,4294967295",
        "99999999999999999999,4294967295",
        "1,1"
    })
    @DisplayName("10.2.1.1 the expiry of a Contact in every form, and what a malformed one counts as")
    void expiry(String expires, long seconds) {
        assertGranted(seconds, LONG + "Contact: <%O>;expires=" + expires + "\n\n");
    }

    @Test
    @DisplayName("10.2.4 a registrar that counts down is refreshed while time is left")
    void countsDown() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.agent("alice", options -> {});
            for (int i = 0; i < 5; i++) {
                scene.server.enqueue(SipMethod.REGISTER, text(LONG + "Contact: <%O>;expires=" + (49 - i) + "\n\n"));
            }
            goOn(alice.start());
            scene.seconds(100);
            assertThat(alice.isRegistered()).isTrue();
            assertThat(scene.tape.entries()).noneMatch(line -> line.contains("unregistered"));
        }
    }
}
