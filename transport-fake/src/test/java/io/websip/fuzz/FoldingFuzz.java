package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.AuthHeader;
import io.websip.sip.MediaType;
import io.websip.sip.NameAddress;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.Via;
import java.nio.charset.StandardCharsets;

/**
 * A fold is a space (RFC 3261 section 7.3.1): a value whose single spaces are folds is the same value, and so is what it
 * means. The first octet says how a fold looks.
 */
final class FoldingFuzz {
    private static final String[] FOLDS = {"\r\n ", "\r\n\t", "\r\n \t ", "\r\n\t\t"};

    private FoldingFuzz() {}

    static void run(byte[] input) throws SipParseException {
        if (input.length < 2) {
            return;
        }
        String fold = FOLDS[(input[0] & 0xff) % FOLDS.length];
        String value = new String(input, 1, input.length - 1, StandardCharsets.UTF_8)
                .replace('\r', ' ')
                .replace('\n', ' ')
                .replace('\t', ' ')
                .replaceAll(" +", " ")
                .strip();
        String folded = value.replace(" ", fold);
        SipMessage plain = SipMessage.parse(Samples.withRow("X: " + value));
        SipMessage message = SipMessage.parse(Samples.withRow("X:" + fold + folded + fold));
        int row = plain.headers().size() - 1;
        assertThat(message.headers().value(row)).isEqualTo(plain.headers().value(row));
        assertThat(message.headers().list("X")).isEqualTo(plain.headers().list("X"));
        assertThat(message.headers().seconds("X")).isEqualTo(plain.headers().seconds("X"));
        assertThat(message.headers().addresses("X")).isEqualTo(plain.headers().addresses("X"));

        meansTheSame("Via", folded, value, SipMessage::topVia);
        meansTheSame("From", folded, value, SipMessage::from);
        meansTheSame("To", folded, value, SipMessage::to);
        meansTheSame("CSeq", folded, value, SipMessage::cseq);
        meansTheSame("Content-Type", folded, value, SipMessage::contentType);
        typed(NameAddress::parse, folded, value);
        typed(Via::parse, folded, value);
        typed(MediaType::parse, folded, value);
        typed(text -> AuthHeader.parse(text).toString(), folded, value);
    }

    private interface Reader {
        Object read(String text) throws SipParseException;
    }

    private interface Question {
        Object ask(SipMessage message);
    }

    private static void typed(Reader reader, String folded, String value) {
        assertThat(outcome(() -> reader.read(folded))).isEqualTo(outcome(() -> reader.read(value)));
    }

    private static void meansTheSame(String header, String folded, String value, Question question) {
        assertThat(outcome(() -> question.ask(message(header, folded))))
                .isEqualTo(outcome(() -> question.ask(message(header, value))));
    }

    private static SipMessage message(String header, String value) throws SipParseException {
        SipMessage good = SipMessage.parse(Samples.withRow("X: y"));
        String text = new String(good.toBytes(), StandardCharsets.UTF_8);
        int start = text.indexOf("\r\n" + header + ": ");
        String replaced = start < 0
                ? text.replace("X: y", header + ": " + value)
                : text.substring(0, start + 2) + header + ": " + value
                        + text.substring(text.indexOf("\r\n", start + 2));
        return SipMessage.parse(replaced.getBytes(StandardCharsets.UTF_8));
    }

    private interface Attempt {
        Object run() throws SipParseException;
    }

    /** What it means, or how it was refused; the place of a fault is another with folds. */
    private static Object outcome(Attempt attempt) {
        try {
            return attempt.run().toString();
        } catch (SipParseException e) {
            return "refused";
        } catch (io.websip.sip.MalformedHeaderException e) {
            return "malformed";
        }
    }
}
