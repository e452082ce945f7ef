package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Message;
import io.websip.kit.Await;
import io.websip.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kamailio with other settings: its digests, its nonces, its bounds of a registration. */
@AgainstRealPeers
class KamailioSettingsTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void installed() {
        Kamailio.assumeInstalled();
    }

    private static Account account(String user, Kamailio kamailio, Transports by, Transport transport) {
        return new Account(user, transport, b -> b.server(kamailio.url(by.isSecure()))).start();
    }

    private static Stream<Arguments> challenges() {
        return Transports.with("WITH_MD5", "WITH_SHA256", "WITH_MESSAGE_401", "WITHOUT_STALE");
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void eachKindOfChallengeIsAnswered(String setting, Transports by) {
        try (Kamailio kamailio = new Kamailio(folder, setting);
                Transport transport = by.create();
                Account alice = account("alice", kamailio, by, transport);
                Account dave = account("dave", kamailio, by, transport)) {
            assertThat(Account.status(alice.agent.sendMessage("dave", "hello"))).isEqualTo(200);
            assertThat(Account.status(dave.agent.sendMessage("alice", "hello yourself")))
                    .isEqualTo(200);
            assertThat(alice.bodies()).containsExactly("hello yourself");
            String algorithm = setting.equals("WITH_SHA256") ? "SHA-256" : "MD5";
            String status = setting.equals("WITH_MESSAGE_401") ? "401" : "407";
            assertThat(alice.challenges("REGISTER")).containsExactly("401 " + algorithm);
            assertThat(alice.challenges("MESSAGE")).containsExactly(status + " " + algorithm);
        }
    }

    /** By all transports at once, since it takes its time. */
    @ParameterizedTest
    @ValueSource(strings = {"WITH_MD5", "WITH_SHA256", "WITHOUT_STALE"})
    void aNonceThatHasExpiredIsReplacedAndNobodyIsTold(String setting) {
        List<Transport> transports = new ArrayList<>();
        List<Account> accounts = new ArrayList<>();
        try (Kamailio kamailio = new Kamailio(folder, setting, "NONCE_SECONDS=1")) {
            for (Transports by : Transports.values()) {
                transports.add(by.create());
                accounts.add(account("load" + by.ordinal(), kamailio, by, transports.get(by.ordinal())));
            }
            long until = System.nanoTime() + Duration.ofSeconds(4).toNanos();
            int rounds = 0;
            while (System.nanoTime() < until) {
                for (Account each : accounts) {
                    assertThat(Account.status(each.agent.sendMessage("sink", "hello")))
                            .isEqualTo(200);
                    assertThat(each.agent.register().join().status()).isEqualTo(200);
                }
                rounds++;
            }
            String algorithm = setting.equals("WITH_SHA256") ? "SHA-256" : "MD5";
            String stale = setting.equals("WITHOUT_STALE") ? "" : " stale";
            for (Account each : accounts) {
                assertThat(each.events.get(0)).startsWith("connected");
                assertThat(each.events.subList(1, each.events.size())).containsOnly("registered");
                for (String method : List.of("MESSAGE", "REGISTER")) {
                    String kind = (method.equals("MESSAGE") ? "407 " : "401 ") + algorithm;
                    List<String> challenges = each.challenges(method);
                    assertThat(challenges.get(0)).as(method).isEqualTo(kind);
                    assertThat(challenges.subList(1, challenges.size()))
                            .as(method + ": nonces that had expired")
                            .hasSizeBetween(2, rounds / 2)
                            .containsOnly(kind + stale);
                }
            }
        } finally {
            accounts.forEach(Account::close);
            transports.forEach(Transport::close);
        }
    }

    /** Nearly all that Kamailio takes in one message: the bound of the agent, which leaves room for credentials, is above that. */
    @ParameterizedTest
    @EnumSource
    void aBodyOfSixtyFiveThousandBytesArrivesWhole(Transports by) {
        byte[] body = new byte[65_000];
        new Random(2).nextBytes(body);
        try (Kamailio kamailio = new Kamailio(folder, "WITHOUT_MESSAGE_CHALLENGE");
                Transport transport = by.create();
                Account alice = new Account(
                                "alice",
                                transport,
                                b -> b.server(kamailio.url(by.isSecure())).maxMessageBytes(70_000))
                        .start();
                Account bob = account("bob", kamailio, by, transport)) {
            assertThat(Account.status(new Message(alice.agent).send("bob", body, "application/octet-stream")))
                    .isEqualTo(200);
            assertThat(bob.inbox.get(0).body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIntervalThatIsTooBriefIsAskedForAnewAsLongAsIsWanted(Transports by) {
        try (Kamailio kamailio = new Kamailio(folder, "WITH_MIN_EXPIRES");
                Transport transport = by.create();
                Account alice = new Account(
                        "alice",
                        transport,
                        b -> b.server(kamailio.url(by.isSecure())).registerExpires(Duration.ofSeconds(600)))) {
            alice.start();
            Await.until("the binding", () -> alice.agent.binding().isPresent());

            assertThat(alice.agent.binding().orElseThrow().expires()).isEqualTo(Duration.ofSeconds(1_800));
        }
    }
}
