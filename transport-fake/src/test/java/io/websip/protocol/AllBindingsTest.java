package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.sip.NameAddress;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.sip.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** REG-05, REG-10 and REG-11: what concerns the bindings of other devices too. */
class AllBindingsTest {
    @Test
    void reg11FetchListsAllBindingsAndChangesNone() {
        try (Scene scene = new Scene()) {
            UserAgent phone = scene.started("alice");
            scene.started("alice");
            List<NameAddress> bindings = phone.fetchBindings().join();
            assertThat(bindings)
                    .hasSize(2)
                    .allMatch(b -> b.expires().isPresent())
                    .allMatch(b -> b.parameters().contains("+sip.instance"));
            SipRequest fetch = scene.server.requests(SipMethod.REGISTER).get(2);
            assertThat(fetch.headers().contains("Contact")).isFalse();
            assertThat(fetch.headers().contains("Expires")).isFalse();
            assertThat(scene.server.bindings("alice")).hasSize(2);
        }
    }

    @Test
    void reg10UnregisterAllSendsExactlyStarAndExpiresZero() {
        try (Scene scene = new Scene()) {
            UserAgent phone = scene.started("alice");
            scene.started("alice");
            assertThat(phone.unregisterAll().join().status()).isEqualTo(200);
            assertThat(phone.isRegistered()).isFalse();
            List<SipRequest> registers = scene.server.requests(SipMethod.REGISTER);
            SipRequest last = registers.get(registers.size() - 1);
            assertThat(last.headers().all("Contact")).containsExactly("*");
            assertThat(last.headers().first("Expires")).contains("0");
            assertThat(scene.server.bindings("alice")).isEmpty();
        }
    }

    @Test
    void reg05FetchesGoOneAfterTheOther() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            int before = scene.server.requests(SipMethod.REGISTER).size();
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence());
            CompletableFuture<List<NameAddress>> first = alice.fetchBindings();
            CompletableFuture<List<NameAddress>> second = alice.fetchBindings();
            scene.seconds(31);
            assertThat(scene.server.requests(SipMethod.REGISTER)).hasSize(before + 1);
            scene.seconds(1);
            assertThat(first).isCompletedExceptionally();
            assertThat(second).isCompleted();
        }
    }

    @Test
    void stopEndsAFetchUnderWay() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence());
            CompletableFuture<List<NameAddress>> fetch = alice.fetchBindings();
            alice.stop().join();
            assertThat(fetch).isCompletedExceptionally();
        }
    }
}
