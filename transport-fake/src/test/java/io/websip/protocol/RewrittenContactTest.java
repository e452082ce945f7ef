package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.config.RegistrationOptions;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.ContactRewriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Registrars that do not list our Contact as we have sent it (RFC 3261 sections 10.2.4 and 10.3): a 2xx leaves the agent
 * registered for the time granted, and at its end a REGISTER with Expires 0 removes the binding.
 */
class RewrittenContactTest {
    private static final String NEIGHBOUR = "<sip:bob4@203.0.113.9:40001;transport=ws>;expires=77";
    private static final String OTHER_NEIGHBOUR = "<sip:alice@203.0.113.10:40002;transport=ws>;expires=88";

    private final RegisteringBench bench =
            new RegisteringBench(server -> server.noAuth().expires(1, 900));

    @AfterEach
    void nothingIsLeft() {
        bench.close();
    }

    /** What the registrar lists from now on; in it %U is the user, %H the host and %I the instance of our Contact. */
    private void list(String... contacts) {
        bench.server.rewriteContacts((register, bound) -> filled(register, contacts));
    }

    private static List<String> filled(SipRequest register, String... contacts) {
        if (register.contacts().isEmpty()) {
            return List.of(contacts);
        }
        SipUri ours = (SipUri) register.contacts().get(0).uri();
        String instance =
                register.contacts().get(0).parameters().get("+sip.instance").orElse("");
        return List.of(contacts).stream()
                .map(contact -> contact.replace("%U", ours.user().orElseThrow())
                        .replace("%H", ours.host())
                        .replace("%I", instance))
                .toList();
    }

    private UserAgent started() {
        UserAgent alice = bench.alice();
        goOn(alice.start());
        bench.passSeconds(1);
        return alice;
    }

    private static long granted(UserAgent agent) {
        return agent.binding().orElseThrow().expires().toSeconds();
    }

    private List<String> expires() {
        return bench.registers().stream()
                .map(r -> r.headers().first("Expires").orElse("-"))
                .toList();
    }

    /** Registered for the time, silently, and unregistered at the end. */
    private void assertRegistered(UserAgent alice, long seconds) {
        assertThat(alice.isRegistered()).isTrue();
        assertThat(granted(alice)).isEqualTo(seconds);
        assertThat(bench.news()).containsExactly("connected", "registered " + seconds);
        assertThat(bench.registers()).hasSize(1);
        assertThat(bench.untilNextRegister())
                .isBetween(Duration.ofSeconds(seconds / 2 - 2), Duration.ofSeconds(seconds * 9 / 10));
        bench.passSeconds(1);
        assertThat(alice.isRegistered()).isTrue();
        assertThat(granted(alice)).isEqualTo(seconds);
        assertThat(bench.news()).isEmpty();
        alice.stop().join();
        assertThat(bench.lastRegister().headers().first("Expires")).contains("0");
        assertThat(bench.server.bindings("alice")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:%U@198.51.100.7:53951;transport=ws>;expires=120",
                "<sip:alice@198.51.100.7:53951;transport=ws>;expires=120",
                "<sip:%U@%H;transport=wss>;expires=120",
                "<sip:%U@%H;transport=tcp>;expires=120",
                "<sip:%U@%H>;expires=120",
                "<sip:%U@%H:5060;transport=ws>;expires=120",
                "<sips:%U@%H;transport=ws>;expires=120",
                "<sip:%U@[2001:db8::1]:5060;transport=ws>;expires=120",
                "<sip:%U@%H;transport=ws;x-ast-orig-host=%H:0>;expires=120",
                "<sip:1001@192.0.2.5>;expires=120;q=0.5",
                "<sip:192.0.2.5:5060>;expires=120",
                "sip:%U@198.51.100.7:53951;expires=120",
                "\"Alice\" <sip:%U@198.51.100.7>;expires=120",
                "<tel:+15550100>;expires=120",
            })
    @DisplayName("the only Contact of a 2xx is ours, whatever has become of its user, host, port, transport or scheme")
    void rewritten(String contact) {
        list(contact);
        assertRegistered(started(), 120);
    }

    @Test
    @DisplayName("our user part is ours in whatever case the registrar writes it")
    void upperCase() {
        bench.server.rewriteContacts((register, bound) -> List.of(
                NEIGHBOUR,
                filled(register, "<sip:%U@198.51.100.7>").get(0).toUpperCase(Locale.ROOT) + ";expires=120",
                OTHER_NEIGHBOUR));
        assertRegistered(started(), 120);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:%U@198.51.100.7:53951;transport=ws>;expires=120",
                "<sip:alice@198.51.100.7:53951>;+sip.instance=\"%I\";reg-id=1;expires=120",
                "<sip:alice@198.51.100.7:53951>;+sip.instance=\"%I\";expires=120",
                "<sips:%U@198.51.100.7>;expires=120",
                "<pres:%U@example.com>;expires=120",
                "<sip:tenant7-%U@198.51.100.7>;expires=120",
                "<sip:%U%3Bx@198.51.100.7>;expires=120",
                "<sip:alice@198.51.100.7>;expires=120;+sip.instance=%I",
                "<sip:alice@198.51.100.7>;expires=120;+sip.instance='%I';reg-id=1",
                "<sip:alice@198.51.100.7>;+sip.instance=%I;reg-id=1;expires=120",
                "<sip:alice@198.51.100.7>;+sip.instance='%I';expires=120",
                "<sip:alice@198.51.100.7;orig=%U>;expires=120",
            })
    @DisplayName("among several Contacts ours is known by instance or user part, wherever it stands")
    void amongOthers(String ours) {
        list(ours, NEIGHBOUR, OTHER_NEIGHBOUR);
        assertRegistered(started(), 120);
        list(NEIGHBOUR, OTHER_NEIGHBOUR, ours);
        assertThat(granted(restarted())).isEqualTo(120);
        list(NEIGHBOUR + ", " + ours + ", " + OTHER_NEIGHBOUR);
        assertThat(granted(restarted())).isEqualTo(120);
    }

    private UserAgent restarted() {
        bench.news();
        UserAgent alice = bench.alice(b -> b.random(new Random(bench.registers().size())));
        alice.start().join();
        return alice;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // an exact one first, then the instance, then the user
                "<sip:%U@198.51.100.7>;expires=600 | <sip:%U@%H;transport=ws>;expires=120",
                "<sip:%U@198.51.100.7>;expires=600 | <sip:x@198.51.100.7>;+sip.instance=\"%I\";reg-id=1;expires=120",
                // of two that are ours alike the one that lasts longer: the other is what an earlier REGISTER has left
                "<sip:%U@%H;transport=ws>;expires=20 | <sip:%U@%H;transport=ws>;expires=120",
                "<sip:%U@198.51.100.7:53951>;expires=20 | <sip:%U@198.51.100.7:53952>;expires=120",
                // one that the registrar has removed is none
                "<sip:%U@%H;transport=ws>;expires=0 | <sip:%U@198.51.100.7:53951>;expires=120",
                "<sip:x@y>;+sip.instance=\"%I\";expires=0 | <sip:%U@198.51.100.7:53951>;expires=120",
            })
    @DisplayName("where ours is listed twice, the better match counts, and then the longer life")
    void twice(String one, String other) {
        list(one, other);
        UserAgent alice = started();
        assertThat(granted(alice)).isEqualTo(120);
        list(other, one);
        alice.register().join();
        assertThat(granted(alice)).isEqualTo(120);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // same public address as ours may have, same user as our address, same instance of another device
                NEIGHBOUR + "|" + OTHER_NEIGHBOUR,
                "<sip:alice@198.51.100.7:53951>;expires=77|<sip:alice@198.51.100.7:53952>;expires=77",
                "<sip:x@y>;+sip.instance=\"<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>\";reg-id=1;expires=77",
                "<sip:%U@%H;transport=ws>;expires=0|" + NEIGHBOUR,
                "<sip:%U@%H;transport=ws>;expires=0",
                "<sip:1001@192.0.2.5>;expires=0",
                "<<garbage>>|" + NEIGHBOUR,
                "<sip:x@y>;+sip.instance=%I;reg-id=2;expires=77|" + NEIGHBOUR,
            })
    @DisplayName("nobody else's Contact is taken for ours; since the registrar may have bound us, the end removes it")
    void nobodyElses(String contacts) {
        list(contacts.split("\\|"));
        UserAgent alice = started();
        assertThat(alice.isRegistered()).isFalse();
        assertThat(alice.binding()).isEmpty();
        assertThat(bench.news()).containsExactly("connected", "registrationFailed SIP Failure Code 200");
        assertThat(bench.server.bindings("alice")).hasSize(1);
        bench.assertNextRegisterAfter(14, 31);
        bench.passSeconds(1);
        list("<sip:%U@%H;transport=ws>;expires=120", NEIGHBOUR);
        bench.untilNextRegister();
        bench.passSeconds(1);
        assertThat(alice.isRegistered()).as("once it is listed").isTrue();
        list(contacts.split("\\|"));
        goOn(alice.register());
        bench.passSeconds(1);
        assertThat(alice.isRegistered())
                .as("a list that cannot be read whole does not say that the binding is gone")
                .isEqualTo(contacts.contains("garbage"));
        alice.stop().join();
        assertThat(bench.lastRegister().headers().first("Expires")).contains("0");
        assertThat(bench.lastRegister().contacts())
                .hasSize(1)
                .first()
                .satisfies(contact -> assertThat(contact.uri())
                        .isEqualTo(bench.registers().get(0).contacts().get(0).uri()));
        assertThat(bench.server.bindings("alice")).isEmpty();
    }

    // ---- the time granted ----

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "<sip:%U@198.51.100.7>;expires=120 | 300 | 120",
                "<sip:%U@198.51.100.7> | 300 | 300",
                "<sip:%U@198.51.100.7> | - | 240",
                "<sip:alice@198.51.100.7> | 300 | 300",
                "<sip:alice@198.51.100.7> | - | 240",
                "<sip:alice@198.51.100.7>;expires=120.0 | - | 120",
                "<sip:alice@198.51.100.7>;expires=120.9 | - | 120",
                "<sip:alice@198.51.100.7> | 300.0 | 300",
                "<sip:alice@198.51.100.7>;expires=\"120\" | - | 120",
                "- | 300 | 300",
                "- | - | 240",
            })
    @DisplayName("the time granted is the Contact's expires, then the Expires of the response, then what was asked")
    void time(String contact, String header, long seconds) {
        bench.nextRegister(scripted(contact, header));
        UserAgent alice = bench.alice(b -> b.registerExpires(Duration.ofSeconds(240)));
        goOn(alice.start());
        bench.passSeconds(1);
        assertThat(bench.news()).containsExactly("connected", "registered " + seconds);
        bench.nextRegister(scripted(contact, header));
        alice.register().join();
        assertThat(granted(alice)).isEqualTo(seconds);
        assertThat(bench.news()).isEmpty();
        goOn(alice.unregister());
        bench.passSeconds(1);
        assertThat(expires()).containsExactly("240", "240", "0");
    }

    private static Answer scripted(String contact, String header) {
        Answer answer = contact == null ? Answer.status(200) : RegisteringBench.ok(request -> filled(request, contact));
        return header == null ? answer : answer.header("Expires", header);
    }

    @Test
    @DisplayName("a 2xx without Contact whose Expires is zero grants nothing")
    void expiresZero() {
        bench.nextRegister(Answer.status(200).header("Expires", "0"));
        assertThat(started().isRegistered()).isFalse();
        bench.news();
    }

    // ---- refreshes, removals, and all bindings ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:%U@198.51.100.7:53951;transport=ws>;expires=120",
                "<sip:alice@198.51.100.7:53951;transport=ws>;expires=120",
                "",
            })
    @DisplayName("a refresh that is answered with another form of our Contact prolongs the binding, and nothing ends")
    void refresh(String contact) {
        UserAgent alice = bench.alice(b -> b.registerExpires(Duration.ofSeconds(120)));
        alice.start().join();
        assertThat(bench.news()).containsExactly("connected", "registered 120");
        list(contact.isEmpty() ? new String[0] : new String[] {contact});
        bench.passSeconds(600);
        assertThat(alice.isRegistered()).isTrue();
        assertThat(bench.news()).isEmpty();
        assertThat(bench.registers()).hasSizeBetween(6, 11);
        alice.stop().join();
        assertThat(bench.news()).contains("unregistered 200");
        assertThat(bench.lastRegister().headers().first("Expires")).contains("0");
    }

    @Test
    @DisplayName("a refresh knows our Contact by the form that the first answer gave it, when other devices have come")
    void knownByTheFirstAnswer() {
        String ours = "<sip:alice@198.51.100.7:53951;transport=ws>;expires=120";
        list(ours);
        UserAgent alice = started();
        bench.news();
        list(NEIGHBOUR, ours, OTHER_NEIGHBOUR);
        alice.register().join();
        assertThat(granted(alice)).isEqualTo(120);
        assertThat(bench.news()).isEmpty();
    }

    @Test
    @DisplayName("a refresh whose list cannot be read whole does not end the binding")
    void unreadableRefresh() {
        UserAgent alice = started();
        bench.news();
        list(NEIGHBOUR, "<<garbage>>");
        goOn(alice.register());
        bench.passSeconds(1);
        assertThat(bench.news()).containsExactly("registrationFailed SIP Failure Code 200");
        assertThat(alice.isRegistered()).isTrue();
        bench.server.rewriteContacts(ContactRewriter.asBound());
        bench.assertNextRegisterAfter(14, 31);
        bench.passSeconds(1);
        assertThat(granted(alice)).isEqualTo(600);
        assertThat(bench.news()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:bob4@203.0.113.9>;expires=77",
                "<sip:alice@203.0.113.9>;expires=77",
                "<sip:%U@%H;transport=ws>;expires=0",
                "",
            })
    @DisplayName("what is left of others after a removal is not ours")
    void removal(String left) {
        list("<sip:alice@198.51.100.7:53951;transport=ws>;expires=120");
        UserAgent alice = started();
        list(left.isEmpty() ? new String[0] : new String[] {left});
        assertThat(alice.unregister().join().status()).isEqualTo(200);
        assertThat(bench.news()).containsExactly("connected", "registered 120", "unregistered 200");
        assertThat(bench.log.warnings()).isEmpty();
        bench.passSeconds(3_600);
        assertThat(expires()).endsWith("0").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:%U@198.51.100.7:53951>;expires=77",
                "<sip:alice@198.51.100.7:53951;transport=ws>;expires=77",
                "<sip:x@y>;+sip.instance=\"%I\";reg-id=1;expires=77",
            })
    @DisplayName("a binding that the registrar keeps in spite of its removal is told by a warning")
    void stillListed(String left) {
        list("<sip:alice@198.51.100.7:53951;transport=ws>;expires=120");
        UserAgent alice = started();
        list(NEIGHBOUR, left);
        assertThat(alice.unregister().join().status()).isEqualTo(200);
        assertThat(alice.isRegistered()).isFalse();
        assertThat(bench.log.warnings())
                .containsExactly("WARNING the registrar lists our contact although it was removed");
    }

    @Test
    @DisplayName("unregisterAll removes our own binding first, also one that was rewritten")
    void unregisterAll() {
        list("<sip:alice@198.51.100.7:53951;transport=ws>;expires=120");
        UserAgent alice = started();
        assertThat(alice.unregisterAll().join().status()).isEqualTo(200);
        assertThat(bench.registers())
                .extracting(r -> r.headers().first("Contact").orElse(""))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("expires=600").contains("sip:"),
                        second -> assertThat(second).endsWith("expires=0"),
                        third -> assertThat(third).isEqualTo("*"));
        assertThat(alice.isRegistered()).isFalse();
    }

    @Test
    @DisplayName("fetchBindings gives what can be read of the list, and changes nothing of ours")
    void fetch() {
        list("<sip:alice@198.51.100.7:53951;transport=ws>;expires=120");
        UserAgent alice = started();
        list(NEIGHBOUR, "<<garbage>>", OTHER_NEIGHBOUR);
        assertThat(alice.fetchBindings().join())
                .extracting(Object::toString)
                .containsExactly(NEIGHBOUR, OTHER_NEIGHBOUR);
        assertThat(alice.isRegistered()).isTrue();
        assertThat(granted(alice)).isEqualTo(120);
    }

    // ---- what comes with the binding, and by it ----

    @Test
    @DisplayName("Service-Route, Path, GRUUs and Flow-Timer of such a 2xx are kept")
    void whatComesWithIt() {
        bench.server.dispatcher(r -> !r.method().equals(SipMethod.REGISTER) || RegisteringBench.seconds(r) == 0
                ? null
                : RegisteringBench.ok(request -> List.of(
                                "<sip:alice@198.51.100.7:53951>;pub-gruu=\"sip:alice@example.com;gr=1\";expires=120"))
                        .header("Service-Route", "<sip:proxy.example.com;lr>")
                        .header("Path", "<sip:edge.example.com;lr>")
                        .header("Require", "outbound")
                        .header("Flow-Timer", "25"));
        UserAgent alice = started();
        assertThat(alice.binding()).hasValueSatisfying(binding -> {
            assertThat(binding.contact().uri()).isEqualTo(SipUri.of("sip:alice@198.51.100.7:53951"));
            assertThat(binding.serviceRoute()).hasToString("[<sip:proxy.example.com;lr>]");
            assertThat(binding.path()).hasToString("[<sip:edge.example.com;lr>]");
            assertThat(binding.publicGruu()).contains(SipUri.of("sip:alice@example.com;gr=1"));
            assertThat(binding.outbound()).isTrue();
            assertThat(binding.flowTimer()).contains(Duration.ofSeconds(25));
        });
        goOn(alice.sendMessage("bob", "hello"));
        bench.loop.runReady();
        assertThat(bench.messages().get(0).headers().first("Route")).contains("<sip:proxy.example.com;lr>");
    }

    @Test
    @DisplayName("a 2xx without Contact keeps its Service-Route, and binding() shows the Contact that we have sent")
    void withoutContact() {
        bench.nextRegister(Answer.status(200).header("Service-Route", "<sip:proxy.example.com;lr>"));
        UserAgent alice = started();
        assertThat(alice.binding()).hasValueSatisfying(binding -> {
            assertThat(binding.contact().uri())
                    .isEqualTo(bench.registers().get(0).contacts().get(0).uri());
            assertThat(binding.serviceRoute()).hasToString("[<sip:proxy.example.com;lr>]");
        });
    }

    @Test
    @DisplayName(
            "a request to the Contact that the registrar has made of ours is for us, as long as the binding stands")
    void requestsToTheRewrittenContact() {
        list("<sip:d4f2-1001@198.51.100.7:53951;transport=ws>;expires=120");
        UserAgent alice = started();
        assertThat(answerTo("sip:d4f2-1001@198.51.100.7:53951;transport=ws")).isNotEqualTo(404);
        assertThat(answerTo("sip:d4f2-1002@198.51.100.7:53951;transport=ws")).isEqualTo(404);
        bench.server.rewriteContacts(ContactRewriter.asBound());
        alice.register().join();
        assertThat(answerTo("sip:d4f2-1001@198.51.100.7:53951;transport=ws")).isEqualTo(404);
    }

    private int answerTo(String requestUri) {
        int before = bench.server.responses().size();
        bench.server.sendRaw("alice", """
                MESSAGE %s SIP/2.0
                Via: SIP/2.0/WS proxy.invalid;branch=z9hG4bKrw%d
                Max-Forwards: 70
                To: <sip:alice@example.com>
                From: <sip:bob@example.com>;tag=abcdefgh
                Call-ID: rewritten-%d
                CSeq: 1 MESSAGE
                Content-Type: text/plain
                Content-Length: 2

                Hi""".formatted(requestUri, before, before)
                .replace("\n", "\r\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        bench.loop.runReady();
        List<SipResponse> responses = bench.server.responses();
        assertThat(responses).hasSize(before + 1);
        return responses.get(before).status();
    }

    @Test
    @DisplayName("what was held goes out, and a lost connection brings the binding back on the next one")
    void heldAndLost() {
        bench.server.rewriteContacts(
                ContactRewriter.each(contact -> "<sip:alice@198.51.100.7:53951;transport=ws>;expires=120"));
        UserAgent alice = bench.alice(b -> b.registration(RegistrationOptions.builder()
                .retry(Duration.ofSeconds(2), Duration.ofSeconds(4))
                .build()));
        goOn(alice.start());
        CompletableFuture<SipResponse> held = alice.sendMessage(
                "alice",
                "held",
                "text/plain",
                MessageOptions.builder().holdFor(Duration.ofSeconds(30)).build());
        bench.passSeconds(1);
        assertThat(held).isDone();
        bench.server.restart();
        bench.passSeconds(60);
        assertThat(alice.isRegistered()).isTrue();
        assertThat(expires()).containsExactly("600", "600");
        alice.stop().join();
        assertThat(bench.server.bindings("alice")).isEmpty();
    }

    // ---- malformed, beside ours or within ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:x@192.0.2.4:5060;transport=udp>;expires=390,: <sip:%U@%H;transport=ws>;expires=30",
                "<sip:x@192.0.2.4:5060;transport=udp>;expires=390 <sip:%U@%H;transport=ws>;expires=30",
                "<sip:%U@%H;transport=ws>;expires=30 <sip:x@192.0.2.4:5060;transport=udp>;expires=390",
                "<sip:%U@%H;transport=ws;thinfo=\"VG8=\">;expires=30",
                "<sip:%U@%H;transport=ws;thinfo=VG8=>;expires=30",
                "<sip:%U@%H;transport=ws;>;expires=30",
                "<sip:%U@%H;transport=ws;;>;expires=30",
                "<sip:%U@%H;transport=ws>;expires=30;",
                "<sip:%U@%H;transport=ws>;;expires=30",
                "<sip:%U@%H;transport=ws>; ;expires=30;",
                "Alice (home) <sip:%U@%H;transport=ws>;expires=30",
                "<<sip:%U@%H;transport=ws>>;expires=30",
                "Alice (home) <sip:%U@%H;transport=ws;;x=\"y\">;+sip.instance=\"%I\";reg-id=1;expires=30",
                "<sip:%U@%H;transport=ws>;foo=\"bar;expires=30",
                "<sip:%U@%H;transport=ws ;expires=30",
                "<<garbage>>, <sip:%U@%H;transport=ws>;expires=30",
                "\"open <sip:x@y>;expires=390, <sip:%U@%H;transport=ws>;expires=30",
                ":::, <sip:%U@198.51.100.7;;transport=ws>; Expires = \"30\" ;q=1",
            })
    @DisplayName("what is malformed beside our Contact, or within it, costs neither the binding nor its time")
    void malformed(String contacts) {
        list(contacts);
        UserAgent alice = started();
        assertThat(bench.news()).containsExactly("connected", "registered 30");
        alice.register().join();
        assertThat(granted(alice)).isEqualTo(30);
        assertThat(bench.news()).isEmpty();
        alice.stop().join();
        assertThat(bench.server.bindings("alice")).isEmpty();
    }

    @Test
    @DisplayName("the only Contact is ours even where it cannot be read at all; then the time is the response's")
    void onlyOneAndUnreadable() {
        bench.nextRegister(RegisteringBench.ok(r -> List.of("<<garbage")).header("Expires", "300"));
        started();
        assertThat(bench.news()).containsExactly("connected", "registered 300");
    }
}
