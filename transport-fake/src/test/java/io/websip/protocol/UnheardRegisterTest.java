package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static io.websip.protocol.ServerFarm.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A REGISTER without answer may have made a binding: whoever unregisters means that one too. */
class UnheardRegisterTest {
    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private List<String> expires(String server) {
        return farm.get(server).requests(SipMethod.REGISTER).stream()
                .map(r -> r.cseq() + "/" + r.headers().first("Expires").orElse("-"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 403})
    void registerWithoutAnswerIsUndoneAlsoIfTheNextWasRefused(int status) {
        farm.server("main").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(33)));
        farm.get("main").enqueue(SipMethod.REGISTER, Answer.status(status));
        UserAgent alice = farm.alice(b -> b.server(url("main")));
        goOn(alice.start());
        farm.loop.runUntil(() -> farm.registers("main") == 2);
        farm.loop.advanceBy(Duration.ofMillis(100));
        assertThat(farm.get("main").bindings("alice")).hasSize(1);
        CompletableFuture<SipResponse> gone = alice.unregister();
        farm.seconds(1);
        assertThat(farm.get("main").bindings("alice")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 70, 80, 90, 100, 120, 150, 200, 300})
    void refreshesWithoutAnswerAndThenTheLapse(int life) {
        farm.server("main", o -> o.expires(1, life));
        UserAgent alice = farm.started(b -> b.server(url("main")));
        farm.news();
        for (int i = 0; i < 50; i++) {
            farm.get("main").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(33)));
        }
        farm.loop.runUntil(() -> !alice.isRegistered());
        farm.loop.advanceBy(Duration.ofMillis(1));
        goOn(alice.unregister());
        farm.seconds(100);
        assertThat(expires("main").get(expires("main").size() - 1)).endsWith("/0");
    }
}
