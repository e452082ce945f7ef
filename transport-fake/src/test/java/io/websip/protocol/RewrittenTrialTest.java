package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.sip.SipUri;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A better server whose registrar does not list our Contact as we have sent it (RFC 3261 section 10.3). */
class RewrittenTrialTest {
    private static final String NEIGHBOURS = "<sip:bob4@203.0.113.9>;expires=77, <sip:alice@203.0.113.10>;expires=88";

    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private void list(String server, String contact) {
        farm.get(server).rewriteContacts((register, bound) -> {
            SipUri ours = (SipUri) register.contacts().get(0).uri();
            return contact.isEmpty()
                    ? List.of()
                    : List.of(contact.replace("%U", ours.user().orElseThrow()));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:%U@198.51.100.7:53951;transport=ws>;expires=120",
                "<sip:alice@198.51.100.7:53951;transport=ws>;expires=120",
                "<sip:bob4@203.0.113.9>;expires=77, <sip:%U@198.51.100.7:53951;transport=ws>;expires=120",
                "<sip:bob4@203.0.113.9>;expires=77,: <sip:%U@198.51.100.7:53951;transport=ws>;expires=120",
                "",
            })
    @DisplayName("a better server that rewrites our Contact is switched to, and unregistered from at the end")
    void rewritten(String contact) {
        UserAgent alice = farm.atSpare();
        list("main", contact);
        farm.back("main");
        farm.untilNews();
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
        assertThat(alice.isRegistered()).isTrue();
        farm.seconds(600);
        assertThat(farm.news()).isEmpty();
        alice.stop().join();
        assertThat(farm.registerExpires("main")).last().isEqualTo("0");
        assertThat(farm.get("main").bindings("alice")).isEmpty();
    }

    @Test
    @DisplayName("a better server that lists others only is not switched to, and the binding of before stands")
    void others() {
        UserAgent alice = farm.atSpare();
        list("main", NEIGHBOURS);
        farm.back("main");
        farm.loop.runUntil(() -> farm.registers("main") == 1);
        farm.seconds(1);
        assertThat(farm.news()).isEmpty();
        assertThat(alice.isRegistered()).isTrue();
        assertThat(farm.connections("main")).isZero();
        assertThat(farm.get("main").bindings("alice")).isEmpty();
        assertThat(farm.get("spare").bindings("alice")).hasSize(1);
    }
}
