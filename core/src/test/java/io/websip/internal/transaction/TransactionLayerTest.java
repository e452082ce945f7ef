package io.websip.internal.transaction;

import static io.websip.internal.transaction.Messages.incoming;
import static io.websip.internal.transaction.Messages.outgoing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.config.SipTimers;
import io.websip.sip.Discard;
import io.websip.sip.SipMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer as a whole: a lost connection (TXN-08, TXN-11), the cap on requests (G10), its bounds. */
class TransactionLayerTest extends TransactionFixture {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void txn08_aLostConnectionFailsAllThatWaitsInTheOrderOfSending(boolean reliable) {
        layer = layer(reliable);
        List<String> failures = new ArrayList<>();
        for (String name : List.of("third", "first", "second")) {
            layer.send(outgoing("z9hG4bK" + name), new Told() {
                @Override
                public void onTransportFailure() {
                    failures.add(name);
                }
            });
        }
        layer.receive(incoming("z9hG4bKpending"));
        assertThat(layer.size()).isEqualTo(4);

        layer.connectionLost();

        assertThat(failures).containsExactly("third", "first", "second");
        assertThat(layer.size()).isZero();
        assertThat(loop.isQuiet()).isTrue();
    }

    @Test
    void whoIsToldOfTheLossSeesThatNothingIsLeft() {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            layer.send(outgoing("z9hG4bK" + i), new Told() {
                @Override
                public void onTransportFailure() {
                    seen.add(layer.size() + " " + layer.isAwaiting());
                }
            });
            layer.receive(incoming("z9hG4bKin" + i));
            lastDelivery().transaction().user(why -> seen.add(layer.size() + " " + layer.isAwaiting()));
        }
        assertThat(layer.isAwaiting()).isTrue();
        layer.connectionLost();
        assertThat(seen).hasSize(4).containsOnly("0 false");
    }

    @Test
    void onlyARequestOfOursIsAwaited() {
        layer.receive(incoming("z9hG4bK1"));
        assertThat(layer.isAwaiting()).isFalse();
        ClientTransaction sent = layer.send(outgoing("z9hG4bK2"), new Told());
        assertThat(layer.isAwaiting()).isTrue();
        sent.terminate();
        assertThat(layer.isAwaiting()).isFalse();
    }

    @Test
    void txn08_aUserThatThrowsDoesNotKeepTheOthersFromKnowing() {
        RuntimeException broken = new IllegalStateException("broken");
        RuntimeException alsoBroken = new IllegalStateException("also broken");
        layer.send(outgoing("z9hG4bK1"), throwing(broken));
        layer.send(outgoing("z9hG4bK2"), throwing(broken));
        layer.send(outgoing("z9hG4bK3"), throwing(alsoBroken));
        Told last = new Told();
        layer.send(outgoing("z9hG4bK4"), last);

        assertThatThrownBy(layer::connectionLost).isSameAs(broken).hasSuppressedException(alsoBroken);

        assertThat(last.calls).containsExactly("failure");
    }

    private static ClientTransactionUser throwing(RuntimeException e) {
        return new Told() {
            @Override
            public void onTransportFailure() {
                throw e;
            }
        };
    }

    @Test
    void txn08_aUserMayAbandonAnotherTransactionMeanwhile() {
        List<ClientTransaction> transactions = new ArrayList<>();
        Told second = new Told();
        transactions.add(layer.send(outgoing("z9hG4bK1"), new Told() {
            @Override
            public void onTransportFailure() {
                transactions.get(1).terminate();
            }
        }));
        transactions.add(layer.send(outgoing("z9hG4bK2"), second));

        layer.connectionLost();

        assertThat(second.calls).isEmpty();
    }

    @Test
    void txn11_afterTheLossNothingIsSentAndNothingComesIn() {
        Told before = new Told();
        layer.send(outgoing("z9hG4bK1"), before);
        layer.receive(incoming("z9hG4bKpending"));
        layer.connectionLost();
        sent.clear();

        layer.receive(Messages.response(200, "z9hG4bK1"));
        layer.receive(incoming("z9hG4bKnew"));
        assertThat(lastDelivery().answer(200)).isFalse();
        Told after = new Told();
        layer.send(outgoing("z9hG4bK1"), after);
        assertThat(after.calls).isEmpty();
        loop.settle();
        layer.connectionLost();

        assertThat(before.calls).containsExactly("failure");
        assertThat(after.calls).containsExactly("failure");
        assertThat(delivered).hasSize(1);
        assertThat(sent).isEmpty();
        assertThat(layer.size()).isZero();
    }

    @Test
    void txn11_aTransactionOfTheOldConnectionIsNotFoundOnTheNext() {
        Told told = new Told();
        layer.send(outgoing("z9hG4bK1"), told);
        layer.connectionLost();
        layer = layer(true);

        layer.receive(Messages.response(200, "z9hG4bK1"));

        assertThat(told.calls).containsExactly("failure");
        assertThat(discarded).containsExactly(Discard.STRAY_RESPONSE);
        assertThat(sent).as("no silent resend").hasSize(1);
    }

    @Test
    void aUserMaySendAgainFromWithinTheLossAndIsToldLater() {
        Told again = new Told();
        layer.send(outgoing("z9hG4bK1"), new Told() {
            @Override
            public void onTransportFailure() {
                layer.send(outgoing("z9hG4bK1"), again);
            }
        });

        layer.connectionLost();
        assertThat(again.calls).isEmpty();
        loop.settle();

        assertThat(again.calls).containsExactly("failure");
        assertThat(sent).hasSize(1);
    }

    @Test
    void g10_aboveTheCapANewRequestIsAnswered503WithoutState() throws Exception {
        for (int i = 0; i < MAX_SERVER_TRANSACTIONS; i++) {
            layer.receive(incoming("z9hG4bKpending" + i));
        }

        layer.receive(incoming("z9hG4bKone-too-many"));
        layer.receive(incoming("z9hG4bKone-too-many"));

        assertThat(delivered).hasSize(MAX_SERVER_TRANSACTIONS);
        assertThat(layer.size()).isEqualTo(MAX_SERVER_TRANSACTIONS);
        assertThat(sentLines()).containsOnly("SIP/2.0 503 Service Unavailable").hasSize(2);
        assertThat(discarded).containsExactly(Discard.EXCESS_REQUEST, Discard.EXCESS_REQUEST);
        SipMessage refusal = SipMessage.parse(sent.get(0));
        assertThat(refusal.headers().seconds("Retry-After")).hasValue(TransactionLayer.RETRY_AFTER_SECONDS);
        assertThat(refusal.to().tag()).isPresent();
        assertThat(refusal.topVia()).isEqualTo(incoming("z9hG4bKone-too-many").topVia());
        assertThat(sent.get(1)).as("uas07: the same tag").isEqualTo(sent.get(0));
    }

    @Test
    void g10_anAnswerMakesRoom() {
        for (int i = 0; i < 100 * MAX_SERVER_TRANSACTIONS; i++) {
            layer.receive(incoming("z9hG4bK" + i));
            lastDelivery().answer(200);
        }

        assertThat(delivered).hasSize(100 * MAX_SERVER_TRANSACTIONS);
        assertThat(discarded).isEmpty();
    }

    @Test
    void g10_aRetransmissionIsKnownAlsoAtTheCap() {
        for (int i = 0; i < MAX_SERVER_TRANSACTIONS; i++) {
            layer.receive(incoming("z9hG4bKpending" + i));
        }

        layer.receive(incoming("z9hG4bKpending0"));

        assertThat(sent).isEmpty();
    }

    @Test
    void confinedToTheLoop() {
        loop.leave();

        assertThatIllegalStateException().isThrownBy(() -> layer.receive(incoming("z9hG4bK1")));
        assertThatIllegalStateException().isThrownBy(layer::connectionLost);
        assertThat(delivered).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nX: y", "host:99999"})
    void ourSentByIsChecked(String sentBy) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransactionLayer(
                        loop, SipTimers.DEFAULT, true, sentBy, 1, sent::add, (request, transaction) -> {}));
    }

    @Test
    void theCapIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransactionLayer(
                        loop, SipTimers.DEFAULT, true, Messages.OURS, 0, sent::add, (request, transaction) -> {}))
                .withMessage("maxServerTransactions must be at least 1, not 0");
    }
}
