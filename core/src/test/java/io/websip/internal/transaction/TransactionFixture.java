package io.websip.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.SipTimers;
import io.websip.internal.fixture.ManualLoop;
import io.websip.sip.Discard;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A layer over a connection that notes what it is given, with users that note what they are told. */
abstract class TransactionFixture {
    static final int MAX_SERVER_TRANSACTIONS = 3;

    /** What a client transaction told: {@code 100}, {@code 200}, {@code timeout}, {@code failure}. */
    static class Told implements ClientTransactionUser {
        final List<String> calls = new ArrayList<>();

        @Override
        public void onProvisional(SipResponse response) {
            assertThat(response.isProvisional()).isTrue();
            calls.add(Integer.toString(response.status()));
        }

        @Override
        public void onFinal(SipResponse response) {
            assertThat(response.isProvisional()).isFalse();
            calls.add(Integer.toString(response.status()));
        }

        @Override
        public void onTimeout() {
            calls.add("timeout");
        }

        @Override
        public void onTransportFailure() {
            calls.add("failure");
        }
    }

    /** A request as it was handed over. */
    record Delivery(SipRequest request, ServerTransaction transaction) {
        boolean answer(int status) {
            return transaction.respond(Messages.answer(request, status));
        }
    }

    final ManualLoop loop = new ManualLoop();
    final List<byte[]> sent = new ArrayList<>();
    final List<Delivery> delivered = new ArrayList<>();
    final List<Discard> discarded = new ArrayList<>();
    boolean accepting = true;
    TransactionLayer layer = layer(true);

    TransactionLayer layer(boolean reliable) {
        return layer(reliable, new TransactionUser() {
            @Override
            public void onRequest(SipRequest request, ServerTransaction transaction) {
                delivered.add(new Delivery(request, transaction));
            }

            @Override
            public void discarded(Discard kind, String why) {
                discarded.add(kind);
            }
        });
    }

    TransactionLayer layer(boolean reliable, TransactionUser user) {
        return new TransactionLayer(
                loop,
                SipTimers.DEFAULT,
                reliable,
                Messages.OURS,
                MAX_SERVER_TRANSACTIONS,
                message -> {
                    if (accepting) {
                        sent.add(message);
                    }
                    return accepting;
                },
                user);
    }

    /** The first line of all that was sent. */
    List<String> sentLines() {
        return sent.stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    Delivery lastDelivery() {
        return delivered.get(delivered.size() - 1);
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        loop.enter();
        layer.connectionLost();
        loop.settle();
        assertThat(layer.size()).as("live transactions").isZero();
        assertThat(loop.timers()).as("timers").isEmpty();
        assertThat(loop.isQuiet()).as("quiet").isTrue();
    }
}
