package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.MediaType;
import io.websip.sip.NameAddress;
import io.websip.sip.Parameters;
import io.websip.sip.SipHeaders;
import io.websip.sip.SipMessage;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import io.websip.sip.Via;

/** Asks a value that was taken everything that it can be asked; none of it may throw. */
final class Questions {
    private Questions() {}

    static void ask(SipMessage message) {
        message.vias().forEach(Questions::ask);
        message.hasSeveralVias();
        message.contacts().forEach(Questions::ask);
        message.contentType().ifPresent(Questions::ask);
        assertThat(message.text()).isNotNull();
        assertThat(message.body()).hasSize(message.bodyLength());
        assertThat(message.cseq().number()).isNotNegative();
        if (message instanceof SipRequest request) {
            ask(message.topVia());
            ask(message.from());
            ask(message.to());
            assertThat(message.callId()).isNotEmpty();
            ask(request.requestUri());
            request.maxForwards();
        } else if (message instanceof SipResponse response) {
            assertThat(response.status()).isBetween(100, 699);
            assertThat(response.reason()).doesNotContain("\r", "\n");
            response.topBranch();
        }
        ask(message.headers());
    }

    static void ask(SipHeaders headers) {
        assertThat(headers.toString()).isNotNull();
        for (int row = 0; row < headers.size(); row++) {
            String name = headers.name(row);
            assertThat(headers.all(name)).contains(headers.value(row));
            assertThat(headers.contains(name)).isTrue();
            headers.list(name);
            headers.seconds(name);
            headers.addresses(name).forEach(Questions::ask);
            headers.mediaTypes(name).forEach(Questions::ask);
            assertThat(headers.unreadableAddresses(name)).isNotNegative();
        }
    }

    static void ask(Via via) {
        assertThat(via.transport()).isNotEmpty();
        assertThat(via.sentBy()).isNotEmpty();
        assertThat(via.port()).isBetween(-1, 65_535);
        via.branch();
        via.hasTransactionBranch();
        ask(via.parameters());
    }

    static void ask(NameAddress address) {
        assertThat(address.toString()).isNotEmpty();
        address.displayName();
        address.tag();
        address.expires();
        address.q();
        ask(address.uri());
        ask(address.parameters());
    }

    static void ask(MediaType type) {
        assertThat(type.type()).isNotEmpty();
        assertThat(type.subtype()).isNotEmpty();
        assertThat(type.includes(type)).isTrue();
        type.charset();
        ask(type.parameters());
    }

    static void ask(Uri uri) {
        assertThat(uri.scheme()).isNotEmpty();
        if (uri instanceof SipUri sip) {
            sip.user();
            sip.password();
            assertThat(sip.host()).isNotEmpty();
            assertThat(sip.port()).isBetween(-1, 65_535);
            assertThat(sip.matches(sip)).isTrue();
            assertThat(sip.withoutHeaders().headers()).isEmpty();
            assertThat(sip.toAor().parameters().isEmpty()).isTrue();
            ask(sip.parameters());
        }
    }

    static void ask(Parameters parameters) {
        parameters.forEach((name, value) -> assertThat(name).isNotEmpty());
        for (String name : parameters.names()) {
            parameters.get(name); // none for a name that is not UTF-8
        }
    }
}
