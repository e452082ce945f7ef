package io.websip.internal.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registrar's answer says of our binding (RFC 3261 section 10.2.4, RFC 3608, RFC 5626, RFC 5627). */
class GrantTest {
    private static final String INSTANCE = "<urn:uuid:00000000-0000-0001-0000-000000000002>";
    private static final String OURS = "<sip:a@x.invalid;transport=ws>";

    private final BindingReader bindings = new BindingReader(SipUri.of("sip:a@x.invalid;transport=ws"), INSTANCE, 1);

    private static SipResponse ok(String... rows) {
        try {
            return (SipResponse) SipMessage.parse(("SIP/2.0 200 OK\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bK1\r\n"
                            + "From: <sip:a@example.com>;tag=1\r\nTo: <sip:a@example.com>;tag=2\r\nCall-ID: 1\r\n"
                            + "CSeq: 1 REGISTER\r\n" + String.join("\r\n", rows) + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        } catch (SipParseException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<Grant> grant(String... rows) {
        return bindings.grant(ok(rows), 600, true, null);
    }

    private OptionalLong seconds(String... rows) {
        return grant(rows)
                .map(grant -> OptionalLong.of(grant.expires().toSeconds()))
                .orElse(OptionalLong.empty());
    }

    // ---- which is ours, and for how long ----

    @ParameterizedTest
    @CsvSource({
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=60', , 60",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=60', Expires: 90, 60",
        "'Contact: <sip:a@x.invalid;transport=ws>', Expires: 90, 90",
        "'Contact: <sip:a@x.invalid;transport=ws>', , 600",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=nonsense', , 3600",
        "'Contact: <sip:a@x.invalid;transport=ws>', Expires: nonsense, 3600",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=0', , ",
        "'Contact: <sip:a@x.invalid;transport=ws>', Expires: 0, ",
        "'Contact: <sip:b@x.invalid;transport=ws>;expires=60', , 60",
        "'Contact: <sip:b@x.invalid;transport=ws>;expires=0', , ",
        "'Contact: <sip:b@x.invalid>;expires=60, <sip:c@x.invalid>;expires=60', , ",
        "'Contact: <tel:1>;expires=60', , 60",
        "'Contact: <tel:1>;expires=60, <tel:2>;expires=60', , ",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=60.0', , 60",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=60.9', , 60",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=0.9', , ",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=.9', , 3600",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=60.', , 60",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=6e1', , 3600",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=-60', , 3600",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires', , 3600",
        "'Contact: <sip:a@x.invalid;transport=ws>;expires=99999999999999999999', , 4294967295",
        "'Contact: <sip:a@x.invalid;transport=ws>', Expires: 90.5, 90",
        "'Contact: <sip:a@x.invalid;transport=ws>', Expires: 90;q=1, 90",
        "X: y, , 600",
        "X: y, Expires: 90, 90",
        "X: y, Expires: 0, "
    })
    void expiryIsThatOfOurContact(String contact, @Nullable String expires, @Nullable Long seconds) {
        assertThat(expires == null ? seconds(contact) : seconds(contact, expires))
                .isEqualTo(seconds == null ? OptionalLong.empty() : OptionalLong.of(seconds));
    }

    @Test
    void ourUriGoesBeforeOurInstance() {
        String instance = ";+sip.instance=\"" + INSTANCE + "\"";
        String other = "<sip:a@y.invalid>";
        String neighbour = "Contact: <sip:b@y.invalid>;expires=9";
        assertThat(seconds("Contact: " + other + instance + ";expires=3", "Contact: " + OURS + ";expires=2"))
                .hasValue(2);
        assertThat(seconds("Contact: " + other + instance + ";expires=1")).hasValue(1);
        assertThat(seconds("Contact: " + other + instance + ";reg-id=1;expires=1"))
                .hasValue(1);
        assertThat(seconds("Contact: <sip:c@y.invalid>" + instance + ";reg-id=2;expires=1", neighbour))
                .isEmpty();
        assertThat(seconds("Contact: <sip:c@y.invalid>" + instance.replace("2>", "3>") + ";expires=1", neighbour))
                .isEmpty();
        assertThat(seconds("Contact: <sip:c@y.invalid>" + instance.replace("2>", "3>") + ";expires=1"))
                .isEmpty();
        assertThat(seconds("Contact: " + other + instance.replace("urn", "URN") + ";expires=1"))
                .hasValue(1);
    }

    @Test
    void aRemovedContactMayBeListedStill() {
        assertThat(stillListed(OURS + ";expires=1")).isTrue();
        assertThat(stillListed(OURS + ";expires=0")).isFalse();
        assertThat(stillListed(OURS)).isFalse();
        assertThat(stillListed("<sip:A@198.51.100.7>;expires=1")).isTrue();
        assertThat(stillListed("<sip:b@y.invalid>;expires=1")).isFalse();
        String instance = ";+sip.instance=\"" + INSTANCE + "\"";
        assertThat(stillListed("<sip:b@y.invalid>" + instance + ";reg-id=1;expires=1"))
                .isTrue();
        assertThat(stillListed("<sip:b@y.invalid>" + instance + ";reg-id=2;expires=1"))
                .isFalse();
        assertThat(stillListed("<sip:b@y.invalid>" + instance + ";expires=1"))
                .as("it may be of another agent of this device")
                .isFalse();
        assertThat(bindings.stillListed(ok("Contact: <sip:b@y.invalid>;expires=1"), SipUri.of("sip:b@y.invalid")))
                .isTrue();
    }

    private boolean stillListed(String contact) {
        return bindings.stillListed(ok("Contact: " + contact), null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<<sip:a@x.invalid>>;expires=60 | 60",
                "<<sip:A@x.invalid>>; EXPIRES = 60;q=1 | 60",
                "<<sip:a@x.invalid>>;expires=\"60\" | 60",
                "<<sip:a@x.invalid>>;expires=60.5 | 60",
                "<<sip:a@x.invalid>>;expires=nonsense | 3600",
                "<<sip:a@x.invalid>>;myexpires=60 | 600",
                "<<sip:a@x.invalid>>;expires | 3600",
                "<<sip:a@x.invalid>>;expires-not=5;expires=60 | 60",
                "<<sip:a@x.invalid>> <sip:b@x.invalid>;expires=60 | 600",
                "<<sip:a@x.invalid>>;expires=0 |",
                "<<sip:a@x.invalid>>;expires=0, <sip:b@x.invalid>;expires=60 |",
                "<<sip:b@x.invalid>>;expires=60 | 60",
                "<<sip:b@x.invalid>>;+sip.instance=\"<urn:uuid:1>\";expires=60 |",
                "<<sip:a@x.invalid>>;+sip.instance=\"<urn:uuid:1>\";reg-id=1;expires=60 | 60",
                "<<sip:a@x.invalid>>;x=\"<\" <sip:b@x.invalid>;expires=60 | 600",
                "<<sip:a@x.invalid>>;x=\";expires=60 | 60",
                "<<<<< | 600",
                "<<sip:b@x.invalid>>;expires=60, <sip:b@x.invalid>;expires=60 |",
                "<<sip:b@x.invalid;c=:A@x>>;expires=60, <sip:b@x.invalid>;expires=60 | 60",
            })
    void whatIsMalformedIsOursByItsUriOrItsTextOrIfItIsAlone(String contact, @Nullable Long expected) {
        assertThat(seconds("Contact: " + contact))
                .isEqualTo(expected == null ? OptionalLong.empty() : OptionalLong.of(expected));
    }

    @Test
    void aListThatCannotBeReadWholeDoesNotExcludeUs() {
        assertThat(bindings.excludesUs(ok("Contact: <sip:b@y.invalid>, <sip:c@y.invalid>")))
                .isTrue();
        assertThat(bindings.excludesUs(ok("Contact: <sip:b@y.invalid>, <<garbage>>")))
                .isFalse();
    }

    @Test
    void aNeighbourIsKnownByNoStep() {
        SipResponse two = ok("Contact: <sip:b@y.invalid>;expires=60, <sip:c@y.invalid>;expires=70");
        assertThat(bindings.grant(two, 600, true, SipUri.of("sip:d@y.invalid"))).isEmpty();
        assertThat(bindings.grant(two, 600, true, SipUri.of("sip:b@y.invalid;x=1")))
                .hasValueSatisfying(grant -> assertThat(grant.expires()).isEqualTo(Duration.ofSeconds(60)));
    }

    // ---- what goes with it ----

    private Grant granted(String... rows) {
        String[] all = new String[rows.length + 1];
        System.arraycopy(rows, 0, all, 1, rows.length);
        all[0] = "Contact: " + OURS + ";expires=60";
        return grant(all).orElseThrow();
    }

    @Test
    void rfc5626Section421OutboundIsInForceIfItWasAskedForAndIsRequired() {
        assertThat(granted("Require: path, Outbound").outbound()).isTrue();
        assertThat(granted("Supported: outbound").outbound()).isFalse();
        assertThat(granted("Require: path").outbound()).isFalse();
        assertThat(bindings.grant(ok("Contact: " + OURS, "Require: outbound"), 60, false, null)
                        .orElseThrow()
                        .outbound())
                .isFalse();
    }

    @Test
    void rfc3608RoutesThatAreSipUrisAndPaths() {
        Grant grant = granted("Service-Route: <sip:one;lr>;", "Service-Route: <sip:two;lr;>", "Path: <sip:p;lr>");
        assertThat(grant.serviceRoute()).extracting(Object::toString).containsExactly("<sip:one;lr>", "<sip:two;lr>");
        assertThat(grant.path()).extracting(Object::toString).containsExactly("<sip:p;lr>");
    }

    @Test
    void rfc3608ARouteOfWhichOneValueIsNoneIsNotGoneInPart() {
        assertThat(granted("Service-Route: <sip:one;lr>, <tel:1>", "Service-Route: <sip:two;lr>")
                        .serviceRoute())
                .isEmpty();
    }

    @Test
    void rfc5627Section31AGruuHasGr() {
        Grant grant = grant(
                        "Contact: " + OURS + ";pub-gruu=\"sip:a@example.com;gr=1\";temp-gruu=\"sip:t@example.com;gr\"")
                .orElseThrow();
        assertThat(grant.publicGruu()).contains(SipUri.of("sip:a@example.com;gr=1"));
        assertThat(grant.temporaryGruu()).contains(SipUri.of("sip:t@example.com;gr"));
        Grant bad = grant("Contact: " + OURS + ";pub-gruu=\"sip:a@example.com\";temp-gruu=\"nonsense\"")
                .orElseThrow();
        assertThat(bad.publicGruu()).isEmpty();
        assertThat(bad.temporaryGruu()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: y", "Flow-Timer: 0", "Flow-Timer: nonsense"})
    void noFlowTimer(String row) {
        assertThat(granted(row).flowTimer()).isEmpty();
    }

    @Test
    void rfc5626Section44AFlowTimer() {
        assertThat(granted("Flow-Timer: 25").flowTimer()).contains(Duration.ofSeconds(25));
    }
}
