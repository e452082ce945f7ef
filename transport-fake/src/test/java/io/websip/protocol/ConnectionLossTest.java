package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.failure;
import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.MessageFailedException;
import io.websip.Originator;
import io.websip.RegistrationFailedException;
import io.websip.UserAgent;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a lost connection does to what was under way, and the order in which it is told (RFC 3261 section 17). */
class ConnectionLossTest {
    private final RegisteringBench bench = new RegisteringBench(FakeSipServerBuilder::noAuth);

    @AfterEach
    void nothingIsLeft() {
        bench.close();
    }

    @Test
    void lossFailsPendingMessagesThenTellsDisconnectedThenUnregistered() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.server.dispatcher(r -> Answer.silence());
        List<CompletableFuture<SipResponse>> pending = new ArrayList<>();
        for (String target : List.of("bob", "bob", "carol")) {
            CompletableFuture<SipResponse> sent = alice.sendMessage(target, "?");
            pending.add(sent);
            goOn(sent.whenComplete((response, thrown) -> bench.events.add("failed " + target)));
        }
        bench.passSeconds(1);
        bench.server.connections().get(0).abort();

        assertThat(bench.news())
                .startsWith("connected", "registered 600")
                .endsWith("disconnected", "unregistered Connection Error")
                .containsOnlyOnce("failed carol")
                .hasSize(7);
        assertThat(pending)
                .allSatisfy(sent -> assertThat(failure(sent))
                        .isInstanceOfSatisfying(MessageFailedException.class, e -> {
                            assertThat(e.cause()).isEqualTo(Cause.CONNECTION_ERROR);
                            assertThat(e.originator()).isEqualTo(Originator.SYSTEM);
                            assertThat(e.response()).isEmpty();
                        }));
        assertThat(bench.messages()).as("the second to bob was never sent").hasSize(2);
    }

    @Test
    void txn11NothingIsSentAgainOnTheNewConnection() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.server.enqueue(io.websip.sip.SipMethod.MESSAGE, Answer.hangUp());
        assertThat(failure(alice.sendMessage("bob", "once"))).isInstanceOf(MessageFailedException.class);
        bench.untilNextRegister();
        bench.passSeconds(120);

        assertThat(bench.messages()).hasSize(1);
        assertThat(alice.isRegistered()).isTrue();
    }

    @Test
    void lossDuringARefreshTellsUnregisteredBehindDisconnectedToo() {
        bench.alice().start().join();
        bench.nextRegister(Answer.hangUp());
        bench.untilNextRegister();

        assertThat(bench.news())
                .containsExactly(
                        "connected",
                        "registered 600",
                        "registrationFailed Connection Error",
                        "disconnected",
                        "unregistered Connection Error");
        bench.untilNextRegister();
        assertThat(bench.news()).containsExactly("connected", "registered 600");
    }

    @Test
    void lossDuringAnUnregisterFailsItsFutureAndNothingRegistersAgain() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.nextRegister(Answer.hangUp());

        assertThat(failure(alice.unregister()))
                .isInstanceOfSatisfying(
                        RegistrationFailedException.class,
                        e -> assertThat(e.cause()).isEqualTo(Cause.CONNECTION_ERROR));
        bench.passSeconds(3_600);
        assertThat(bench.news())
                .containsExactly("connected", "registered 600", "disconnected", "unregistered", "connected");
        assertThat(bench.registers()).hasSize(2);
    }

    @Test
    void lossDuringAnUnregisterFailsTheRegisterThatWaitsBehindIt() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.nextRegister(Answer.hangUp());
        goOn(alice.unregister());

        assertThat(failure(alice.register())).isInstanceOf(RegistrationFailedException.class);
        bench.passSeconds(60);
        assertThat(bench.news())
                .containsExactly(
                        "connected", "registered 600", "disconnected", "unregistered", "connected", "registered 600");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void transportClosedWhileARegisterIsUnderWayLeavesNothing(boolean refresh) {
        UserAgent alice = bench.alice();
        if (refresh) {
            alice.start().join();
        }
        bench.nextRegister(Answer.silence());
        goOn(refresh ? alice.register() : alice.start());
        bench.pass(Duration.ofMillis(1));
        bench.transport.close();
        bench.loop.runReady();

        assertThat(bench.news()).contains("registrationFailed Connection Error", "disconnected");
        assertThat(alice.isRegistered()).isFalse();
        bench.loop.assertQuiet();
    }
}
