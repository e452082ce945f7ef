package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than one Via value in a message, in one row or in several. */
class SeveralViasTest {
    private static final String VIA = "SIP/2.0/WSS a.invalid;branch=z9hG4bK1";

    private static boolean several(String via) throws SipParseException {
        String message = """
                SIP/2.0 200 OK
                Via: %s
                From: <sip:alice@example.com>;tag=a
                To: <sip:bob@example.com>;tag=b
                Call-ID: c
                CSeq: 1 MESSAGE

                """.formatted(via).replace("\n", "\r\n");
        return SipMessage.parse(message.getBytes(StandardCharsets.UTF_8)).hasSeveralVias();
    }

    @ParameterizedTest
    @ValueSource(strings = {VIA, VIA + ";x=\"a,b\"", VIA + " ,", VIA + ";\n received=1.2.3.4"})
    void one(String via) throws SipParseException {
        assertThat(several(via)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {VIA + "," + VIA, VIA + "\nVia: " + VIA, VIA + "\nX: y\nv: " + VIA, VIA + ",\n " + VIA})
    void more(String via) throws SipParseException {
        assertThat(several(via)).isTrue();
    }
}
