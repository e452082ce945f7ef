package io.websip.internal.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.dns.NaptrRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which NAPTR records lead on, and in which order (RFC 3263 section 4.1, RFC 3403 section 4.1). */
class NaptrChoiceTest {
    private static NaptrRecord record(int order, int preference, String service, String replacement) {
        return new NaptrRecord(order, preference, "s", service, "", replacement);
    }

    private static List<String> names(boolean secureOnly, NaptrRecord... records) {
        return NaptrChoice.of(List.of(records), secureOnly).stream()
                .map(Question::name)
                .toList();
    }

    @Test
    void ofTheLowestOrderByPreference() {
        assertThat(names(
                        false,
                        record(20, 1, "SIPS+D2W", "other-order"),
                        record(10, 30, "SIPS+D2W", "third"),
                        record(10, 10, "SIPS+D2W", "first"),
                        record(10, 20, "SIPS+D2W", "second")))
                .containsExactly("first", "second", "third");
    }

    @Test
    void recordsOfOtherTransportsDoNotCountForTheOrder() {
        assertThat(names(
                        false,
                        record(1, 1, "SIPS+D2T", "tls"),
                        record(2, 1, "SIP+D2U", "udp"),
                        record(3, 1, "SIP+D2W", "ws")))
                .containsExactly("ws");
    }

    @Test
    void wsBeforeWssIsTheWishOfTheDomainButNeverAfterIt() {
        assertThat(names(
                        false,
                        record(1, 1, "SIP+D2W", "ws"),
                        record(1, 2, "SIPS+D2W", "wss"),
                        record(1, 3, "SIP+D2W", "ws-again"),
                        record(1, 4, "SIPS+D2W", "wss-again")))
                .containsExactly("ws", "wss", "wss-again");
    }

    @Test
    void secureOnlyTakesWssWhateverItsOrder() {
        assertThat(names(true, record(1, 1, "SIP+D2W", "ws"), record(2, 1, "SIPS+D2W", "wss")))
                .containsExactly("wss");
    }

    @ParameterizedTest
    @CsvSource({"s, SRV, true", "S, SRV, true", "a, HOST, true", "A, HOST, true"})
    void flagSaysWhatIsLookedUpNext(String flag, Question.Kind kind, boolean secure) {
        NaptrRecord record = new NaptrRecord(1, 1, flag, "sips+d2w", "", "next");

        assertThat(NaptrChoice.of(List.of(record), false)).containsExactly(new Question(kind, "next", secure));
    }

    @ParameterizedTest
    @CsvSource({"'', '', next", "u, '', next", "p, '', next", "sa, '', next", "s, '!.*!x!', next", "s, '', ."})
    void whatLeadsOnRewritesOrEndsIsLeftOut(String flags, String regexp, String replacement) {
        NaptrRecord record = new NaptrRecord(1, 1, flags, "SIPS+D2W", regexp, replacement);

        assertThat(NaptrChoice.of(List.of(record), false)).isEmpty();
    }
}
