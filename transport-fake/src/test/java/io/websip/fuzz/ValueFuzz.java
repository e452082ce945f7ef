package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.CSeq;
import io.websip.sip.MediaType;
import io.websip.sip.SipDate;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The smaller values: each is written and read again to an equal one; a number of seconds is never below 0 or above 2**32-1. */
final class ValueFuzz {
    private ValueFuzz() {}

    static void run(byte[] input) throws SipParseException {
        String text = new String(input, StandardCharsets.UTF_8);
        SipDate.parse(text)
                .ifPresent(
                        time -> assertThat(SipDate.parse(SipDate.format(time))).contains(time));
        if (text.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            list(text);
        }
        try {
            MediaType type = MediaType.parse(text);
            Questions.ask(type);
            assertThat(MediaType.parse(type.toString())).isEqualTo(type);
        } catch (SipParseException e) {
            CSeq cseq = CSeq.parse(text);
            assertThat(CSeq.parse(cseq.toString())).isEqualTo(cseq);
        }
    }

    private static void list(String text) throws SipParseException {
        SipMessage message = SipMessage.parse(Samples.withRow("Contact: " + text));
        message.headers().seconds("Contact").ifPresent(n -> assertThat(n).isBetween(0L, 0xffff_ffffL));
        List<String> values = message.headers().list("Contact");
        assertThat(values).noneMatch(String::isBlank);
        if (values.stream().allMatch(ValueFuzz::isBalanced)) {
            SipMessage again = SipMessage.parse(Samples.withRow("Contact: " + String.join(", ", values)));
            assertThat(again.headers().list("Contact")).isEqualTo(values);
        }
        message.contacts().forEach(Questions::ask);
    }

    /** Joined to others, a value with an open quote or bracket would swallow them, and so may only come last. */
    private static boolean isBalanced(String value) {
        return value.indexOf('"') < 0 && value.indexOf('<') < 0;
    }
}
