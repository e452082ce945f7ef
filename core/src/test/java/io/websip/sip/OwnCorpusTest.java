package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.OctetText;
import io.websip.kit.TortureCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The torture corpus of the contract kit through the parser alone. */
class OwnCorpusTest {
    @Test
    @DisplayName("TOR-01 each request of the files is taken or refused as it says, and there are at least 200")
    void files() {
        List<TortureCorpus.Message> all = TortureCorpus.requests();
        assertThat(all).hasSizeGreaterThanOrEqualTo(200);
        assertThat(wrong(all, verdict -> true)).isEmpty();
    }

    @Test
    @DisplayName("TOR-01, TOR-02 each answer of the files is taken, or refused as it says")
    void answers() throws SipParseException {
        SipRequest request = (SipRequest)
                MessageText.request().set("To", "<sip:bob@example.com>").message();
        assertThat(wrong(TortureCorpus.answers(request), verdict -> true)).isEmpty();
    }

    @Test
    @DisplayName("TOR-01 a good request cut at any byte is refused")
    void truncations() {
        assertThat(wrong(TortureCorpus.truncations(), verdict -> !verdict.equals("accept")))
                .isEmpty();
    }

    @Test
    @DisplayName("TOR-01 a good request with any bit flipped is taken or refused, and a flipped body is a body")
    void flippedBits() {
        assertThat(wrong(TortureCorpus.flippedBits(), verdict -> true)).isEmpty();
    }

    /** Those that have another verdict than their own says, or than is allowed where it says none. */
    private static List<String> wrong(List<TortureCorpus.Message> messages, Predicate<String> allowed) {
        List<String> wrong = new ArrayList<>();
        for (TortureCorpus.Message message : messages) {
            TortureVerdict verdict = TortureVerdict.of(message.octets());
            boolean right = message.parser().isEmpty()
                    ? allowed.test(verdict.toString())
                    : verdict.toString().equals(message.parser());
            if (!right) {
                wrong.add(message.name() + " is " + verdict + ", not " + message.parser() + ": "
                        + OctetText.of(message.octets()));
            }
        }
        return wrong;
    }
}
