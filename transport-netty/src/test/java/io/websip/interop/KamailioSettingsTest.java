package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.Await;
import io.websip.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kamailio with other settings: its digests, its nonces, its bounds of a registration. */
@Tag("interop")
class KamailioSettingsTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void installed() {
        Kamailio.assumeInstalled();
    }

    private static Account account(String user, Kamailio kamailio, Transport transport) {
        return new Account(user, transport, b -> b.server(kamailio.url(false))).start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONCE_SECONDS=300", "WITH_SHA256", "WITH_MESSAGE_401", "WITHOUT_STALE"})
    void eachKindOfChallengeIsAnswered(String setting) {
        try (Kamailio kamailio = new Kamailio(folder, setting);
                Transport transport = Transports.NETTY_WS.create();
                Account alice = account("alice", kamailio, transport);
                Account dave = account("dave", kamailio, transport)) {
            assertThat(Account.status(alice.agent.sendMessage("dave", "hello"))).isEqualTo(200);
            assertThat(Account.status(dave.agent.sendMessage("alice", "hello yourself")))
                    .isEqualTo(200);
            assertThat(alice.bodies()).containsExactly("hello yourself");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"WITH_SHA256", "WITHOUT_STALE"})
    void nonceThatHasExpiredIsReplacedAndNobodyIsTold(String setting) {
        try (Kamailio kamailio = new Kamailio(folder, setting, "NONCE_SECONDS=1");
                Transport transport = Transports.JETTY_WS.create();
                Account alice = account("alice", kamailio, transport)) {
            long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            int sent = 0;
            while (System.nanoTime() < until) {
                assertThat(Account.status(alice.agent.sendMessage("sink", "hello")))
                        .isEqualTo(200);
                sent++;
            }
            assertThat(sent).isGreaterThan(3);
            assertThat(alice.events).hasSize(2);
        }
    }

    @Test
    void intervalThatIsTooBriefIsAskedForAnewAsLongAsIsWanted() {
        try (Kamailio kamailio = new Kamailio(folder, "WITH_MIN_EXPIRES");
                Transport transport = Transports.NETTY_WS.create();
                Account alice = new Account(
                        "alice",
                        transport,
                        b -> b.server(kamailio.url(false)).registerExpires(Duration.ofSeconds(600)))) {
            alice.start();
            Await.until("the binding", () -> alice.agent.binding().isPresent());

            assertThat(alice.agent.binding().orElseThrow().expires()).isEqualTo(Duration.ofSeconds(1_800));
        }
    }
}
