package io.websip.internal.transaction;

import static io.websip.internal.transaction.Messages.OURS;
import static io.websip.internal.transaction.Messages.via;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.SipTimers;
import io.websip.sip.Discard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By what a response finds its transaction (RFC 3261 sections 8.1.3.3 and 17.1.3). */
class ResponseMatchingTest extends TransactionFixture {
    private static final String BRANCH = "z9hG4bKabc";

    private final Told told = new Told();

    @BeforeEach
    void send() {
        layer.send(Messages.outgoing(BRANCH), told);
    }

    private void receive(String via) {
        layer.receive(Messages.response(200, via, "MESSAGE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";branch=z9hG4bKabc",
                ";rport=1234;received=1.2.3.4;branch=z9hG4bKabc",
                ";branch=z9hG4bKabc;received=1.2.3.4;rport=1234",
                ";rport;branch=z9hG4bKabc;x=\"a,b;branch=z9hG4bKother\"",
                " ; BRANCH = z9hG4bKabc"
            })
    void trp04_otherParametersAndTheirOrderDoNotMatter(String parameters) {
        receive(via(OURS, parameters));

        assertThat(told.calls).containsExactly("200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8IHAPND0KB67.invalid", "8ihapnd0kb67.INVALID"})
    void uac11_theHostIsComparedWithoutCase(String sentBy) {
        receive(via(sentBy, ";branch=" + BRANCH));

        assertThat(told.calls).containsExactly("200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.invalid",
                "8ihapnd0kb67.invalid:5060",
                "x8ihapnd0kb67.invalid",
                "[2001:db8::1]",
                "2001:db8::1",
                "192.0.2.444",
                "a..b",
                "",
                "http://gateway.example.com/ x"
            })
    void txn04_theBranchIsOursWhateverAGatewayHasMadeOfTheSentBy(String sentBy) {
        receive(via(sentBy, ";branch=" + BRANCH));

        assertThat(told.calls).containsExactly("200");
        assertThat(discarded).isEmpty();
    }

    @Test
    void uac11_sentByWithAPort() {
        TransactionLayer other = new TransactionLayer(
                loop, SipTimers.DEFAULT, true, "H.invalid:8443", 1, sent::add, (request, transaction) -> {});
        Told users = new Told();
        other.send(Messages.request("MESSAGE", via("h.invalid:8443", ";branch=" + BRANCH)), users);

        other.receive(Messages.response(200, via("h.Invalid : 8443", ";branch=" + BRANCH), "MESSAGE"));
        assertThat(users.calls).containsExactly("200");
    }

    @Test
    void uac10_severalViasInOneRowAreDiscarded() {
        receive(via(OURS, ";branch=" + BRANCH) + ", " + via("b.example.com", ";branch=z9hG4bK2"));

        assertThat(told.calls).isEmpty();
        assertThat(discarded).containsExactly(Discard.STRAY_RESPONSE);
    }

    @Test
    void uac10_severalViasInTwoRowsAreDiscarded() {
        receive(via(OURS, ";branch=" + BRANCH) + "\nv: " + via("b.example.com", ";branch=z9hG4bK2"));

        assertThat(told.calls).isEmpty();
        assertThat(discarded).containsExactly(Discard.STRAY_RESPONSE);
    }

    @Test
    void txn04_anotherMethodOfTheSameBranchIsDiscarded() {
        layer.receive(Messages.response(200, via(OURS, ";branch=" + BRANCH), "REGISTER"));

        assertThat(told.calls).isEmpty();
        assertThat(discarded).containsExactly(Discard.STRAY_RESPONSE);
        assertThat(layer.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {";branch=z9hG4bKabd", ";branch=z9hG4bKab", ";branch=z9hG4bKABC", ";branch=z9hG4bK", ""})
    void txn04_anotherBranchIsDiscarded(String parameters) {
        receive(via(OURS, parameters));

        assertThat(told.calls).isEmpty();
        assertThat(discarded).containsExactly(Discard.STRAY_RESPONSE);
    }

    @Test
    void uas10_nothingIsSentForAStrayResponse() {
        sent.clear();

        receive(via(OURS, ";branch=z9hG4bKstray"));

        assertThat(sent).isEmpty();
        assertThat(delivered).isEmpty();
    }

    @Test
    void eachTransactionGetsItsOwnResponse() {
        Told second = new Told();
        layer.send(Messages.outgoing("z9hG4bKsecond"), second);

        layer.receive(Messages.response(486, "z9hG4bKsecond"));
        layer.receive(Messages.response(200, BRANCH));

        assertThat(told.calls).containsExactly("200");
        assertThat(second.calls).containsExactly("486");
    }
}
