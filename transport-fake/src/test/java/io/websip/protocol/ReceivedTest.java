package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.IncomingMessage;
import io.websip.IncomingMessage.Lapse;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.sip.SipDate;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a received message says of its time, and what happens to one that is not answered (IM-11, UAS-12, UAS-13). */
class ReceivedTest {
    private final List<IncomingMessage> got = new ArrayList<>();
    private final List<Lapse> lapses = new ArrayList<>();

    private UserAgent alice(Scene scene) {
        UserAgent alice = scene.silentAgent("alice", options -> {});
        alice.addListener(UserAgentListener.incoming(m -> {
            m.onLapsed(lapses::add).defer();
            got.add(m);
        }));
        alice.start().join();
        return alice;
    }

    private IncomingMessage receive(Scene scene, Consumer<SipMessageBuilder<SipRequest>> change) {
        CompletableFuture<SipResponse> answer = scene.server.message("alice", change);
        scene.run();
        IncomingMessage message = got.get(got.size() - 1);
        message.accept();
        answer.join();
        return message;
    }

    private static Consumer<SipMessageBuilder<SipRequest>> headers(String... namesAndValues) {
        return builder -> {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                builder.add(namesAndValues[i], namesAndValues[i + 1]);
            }
        };
    }

    @Test
    void im11ExpiryIsDatePlusExpires() {
        try (Scene scene = new Scene()) {
            alice(scene);
            Instant now = scene.loop.now();
            Instant sent = now.minusSeconds(3_600).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
            IncomingMessage old = receive(scene, headers("Expires", "1", "Date", SipDate.format(sent)));
            assertThat(old.sentAt()).contains(sent);
            assertThat(old.receivedAt()).isEqualTo(now);
            assertThat(old.expiresAt()).contains(sent.plusSeconds(1));
            assertThat(old.isExpired()).isTrue();

            IncomingMessage fresh = receive(scene, headers("Expires", "7200", "Date", SipDate.format(sent)));
            assertThat(fresh.isExpired()).isFalse();
        }
    }

    @Test
    void im11AndReg20OurClockIsPutRightByTheRegistrars() {
        try (Scene scene = new Scene(server -> server.noAuth().date(Duration.ofHours(-2)))) {
            alice(scene);
            String sent = SipDate.format(scene.loop.now().minus(Duration.ofHours(2)));
            IncomingMessage fresh = receive(scene, headers("Expires", "60", "Date", sent));
            assertThat(fresh.receivedAt()).isEqualTo(scene.loop.now());
            assertThat(fresh.isExpired()).isFalse();

            scene.seconds(90);
            assertThat(receive(scene, headers("Expires", "60", "Date", sent)).isExpired())
                    .isTrue();
        }
    }

    @Test
    void im11WithoutADateThatCanBeReadItIsArrivalPlusExpires() {
        try (Scene scene = new Scene()) {
            alice(scene);
            IncomingMessage message = receive(scene, headers("Expires", "60", "Date", "yesterday"));
            assertThat(message.sentAt()).isEmpty();
            assertThat(message.expiresAt()).contains(message.receivedAt().plusSeconds(60));
            assertThat(message.isExpired()).isFalse();
            assertThat(receive(scene, headers("Expires", "0")).isExpired()).isTrue();
        }
    }

    @Test
    void im11WithoutExpiresItNeverExpires() {
        try (Scene scene = new Scene()) {
            alice(scene);
            IncomingMessage message = receive(scene, headers("Date", "Sat, 13 Nov 2010 23:29:00 GMT"));
            assertThat(message.expiresAt()).isEmpty();
            assertThat(message.isExpired()).isFalse();
            assertThat(receive(scene, headers("Expires", "soon")).expiresAt()).isEmpty();
        }
    }

    @Test
    void uas13TheProgramIsToldThatNobodyHearsItsAnswerAndNo408IsSent() {
        try (Scene scene = new Scene()) {
            alice(scene);
            scene.server.message("alice", "?");
            scene.advance(Duration.ofMillis(31_999));
            assertThat(lapses).isEmpty();
            assertThat(got.get(0).isLapsed()).isFalse();
            scene.advance(Duration.ofMillis(1));

            assertThat(lapses).containsExactly(Lapse.TIMED_OUT);
            assertThat(got.get(0).isLapsed()).isTrue();
            got.get(0).accept();
            scene.seconds(60);
            assertThat(scene.server.responses()).extracting(SipResponse::status).containsExactly(100);
        }
    }

    @Test
    void uas13AlsoWhenTheConnectionIsLost() {
        try (Scene scene = new Scene()) {
            alice(scene);
            scene.server.message("alice", "?");
            scene.seconds(1);
            scene.server.connections().get(0).abort();
            scene.run();
            assertThat(lapses).containsExactly(Lapse.CONNECTION_LOST);
            scene.seconds(60);
            got.get(0).accept();
            scene.run();
            assertThat(lapses).as("once").hasSize(1);
        }
    }

    @Test
    void uas13AnAnsweredMessageDoesNotLapse() {
        try (Scene scene = new Scene()) {
            UserAgent alice = alice(scene);
            IncomingMessage message = receive(scene, headers());
            scene.seconds(60);
            alice.stop().join();
            assertThat(lapses).isEmpty();
            assertThat(message.isLapsed()).isFalse();
        }
    }

    @Test
    void uas13WhoAsksLateIsToldSoon() {
        try (Scene scene = new Scene()) {
            alice(scene);
            scene.server.message("alice", "?");
            scene.seconds(40);
            List<Lapse> late = new ArrayList<>();
            got.get(0).onLapsed(late::add);
            scene.run();
            assertThat(late).containsExactly(Lapse.TIMED_OUT);
        }
    }

    /** The window of repetitions outlives the transaction: the late answer is for them (G7). */
    @Test
    void uas13ALateAnswerIsKeptForARepetition() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent("alice", b -> b.dedupWindow(Duration.ofMinutes(5)));
            alice.addListener(UserAgentListener.incoming(m -> {
                m.defer();
                got.add(m);
            }));
            alice.start().join();
            String message = "MESSAGE sip:alice@example.com SIP/2.0\n" + "Via: SIP/2.0/WS p.invalid;branch=z9hG4bKrep\n"
                    + "Max-Forwards: 70\nFrom: <sip:x@example.com>;tag=f\nTo: <sip:alice@example.com>\n"
                    + "Call-ID: rep\nCSeq: 1 MESSAGE\n\n";
            scene.raw("alice", message);
            scene.seconds(40);
            got.get(0).accept(202);
            scene.run();
            scene.raw("alice", message);
            assertThat(got).hasSize(1);
            assertThat(scene.server.responses()).extracting(SipResponse::status).containsExactly(100, 202);
        }
    }
}
