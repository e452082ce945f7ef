package io.websip.internal.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.registration.Grant;
import io.websip.sip.NameAddress;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 section 8.2.2.1 and RFC 5627. */
class OwnAddressesTest {
    private static final SipUri AOR = SipUri.of("sip:alice@example.com");
    private static final SipUri CONTACT = SipUri.of("sip:x7@abc.invalid;transport=ws");
    private static final String PUBLIC = "sip:alice@example.com;gr=urn:uuid:1";

    private final OwnAddresses own = new OwnAddresses(AOR, CONTACT);

    private static Grant grant(String publicGruu, String temporaryGruu) {
        SipResponse response = SipResponse.to(
                        SipRequest.builder(SipMethod.REGISTER, SipUri.of("sip:example.com"))
                                .add("Via", "SIP/2.0/WS x.invalid;branch=z9hG4bK1")
                                .add("From", "<sip:a@example.com>;tag=1")
                                .add("To", "<sip:a@example.com>")
                                .add("Call-ID", "1")
                                .add("CSeq", "1 REGISTER")
                                .build()
                                .headers(),
                        200,
                        null,
                        "t")
                .build();
        return new Grant(
                response,
                NameAddress.of(CONTACT),
                Duration.ofSeconds(60),
                false,
                List.of(),
                List.of(),
                publicGruu.isEmpty() ? Optional.empty() : Optional.of(SipUri.of(publicGruu)),
                temporaryGruu.isEmpty() ? Optional.empty() : Optional.of(SipUri.of(temporaryGruu)),
                Optional.empty());
    }

    private boolean has(String uri) {
        return own.has(SipUri.of(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:alice@example.com",
                "sips:alice@192.0.2.1:5061",
                "sip:x7@abc.invalid;transport=ws",
                "sip:x7@192.0.2.1;gr=foreign",
                "sip:192.0.2.1"
            })
    void meantAreAddressContactAndWhoeverHasTheConnection(String uri) {
        assertThat(has(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:bob@example.com", "sip:Alice@example.com", PUBLIC, "sip:alice@example.com;gr"})
    void othersAreNot(String uri) {
        assertThat(has(uri)).isFalse();
    }

    @Test
    void gruusOfTheRegistrarAreOurs() {
        own.granted(grant(PUBLIC, "sip:tgruu.7hs@example.com;gr"));

        assertThat(has(PUBLIC)).isTrue();
        assertThat(has("sip:tgruu.7hs@example.com;gr")).isTrue();
        assertThat(has("sip:alice@example.com;gr=urn:uuid:2")).isFalse();
    }

    @Test
    void eachTemporaryGruuStaysOursWhileThePublicOneIsThatOfTheLastAnswer() {
        own.granted(grant(PUBLIC, "sip:t1@example.com;gr"));
        own.granted(grant("", "sip:t2@example.com;gr"));

        assertThat(has("sip:t1@example.com;gr")).isTrue();
        assertThat(has("sip:t2@example.com;gr")).isTrue();
        assertThat(has(PUBLIC)).isFalse();
    }

    @Test
    void ofThousandRefreshesTheLast32TemporaryGruusAreKept() {
        for (int i = 0; i < 1_000; i++) {
            own.granted(grant(PUBLIC, "sip:t" + i + "@example.com;gr"));
        }

        assertThat(has("sip:t967@example.com;gr")).isFalse();
        assertThat(has("sip:t968@example.com;gr")).isTrue();
        assertThat(has("sip:t999@example.com;gr")).isTrue();
    }

    @Test
    void withTheBindingGoItsGruus() {
        own.granted(grant(PUBLIC, "sip:t1@example.com;gr"));
        own.unbound();

        assertThat(has(PUBLIC)).isFalse();
        assertThat(has("sip:t1@example.com;gr")).isFalse();
        assertThat(has("sip:alice@example.com")).isTrue();
    }
}
