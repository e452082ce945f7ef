package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole messages in both directions, as the bytes that they are. */
public abstract class MessagesContract extends TransportContract {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 125, 126, 127, 65_535, 65_536, 1 << 20})
    void anyLengthArrivesWholeInBothDirections(int length) {
        Session session = open();
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        session.peer().send(Frame.binary(octets));
        assertThat(session.listener().awaitMessages(1).get(0)).isEqualTo(octets);
        assertThat(session.connection().send(octets)).isTrue();
        assertThat(session.peer().read().payload()).isEqualTo(octets);
    }

    @Test
    void textAndBinaryComeAsBytes() {
        Session session = open();
        session.peer().send(Frame.text("text \u20ac"), Frame.binary(new byte[] {0, -1}), Frame.text(""));
        assertThat(session.listener().awaitMessages(3))
                .containsExactly("text \u20ac".getBytes(StandardCharsets.UTF_8), new byte[] {0, -1}, new byte[0]);
    }

    @Test
    void manyFramesInOnePieceComeInOrder() {
        Session session = open();
        session.peer()
                .send(IntStream.range(0, 1_000)
                        .mapToObj(i -> Frame.text("m" + i))
                        .toArray(Frame[]::new));
        assertThat(session.listener().awaitTexts(1_000))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1_000).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void eachMessageIsAnArrayOfItsOwn() {
        Session session = open();
        session.listener().whenMessage(message -> Arrays.fill(message, (byte) '-'));
        session.peer().send(Frame.text("one"), Frame.text("two"));
        session.listener().awaitMessages(2);
        session.listener().whenMessage(message -> {});
        session.peer().send(Frame.text("one"));
        assertThat(session.listener().awaitTexts(3)).containsExactly("---", "---", "one");
    }
}
