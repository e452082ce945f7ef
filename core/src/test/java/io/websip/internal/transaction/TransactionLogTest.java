package io.websip.internal.transaction;

import static io.websip.internal.transaction.Messages.incoming;
import static io.websip.internal.transaction.Messages.outgoing;
import static io.websip.internal.transaction.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.fixture.LogLines;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says of a transaction, at DEBUG: its beginning, and its first end. */
class TransactionLogTest extends TransactionFixture {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Logger logger = Logger.getLogger("io.websip.transaction");
    private final LogLines log = new LogLines("io.websip.transaction");

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    @Test
    void aRequestThatIsAnswered() {
        layer.send(outgoing("z9hG4bK1"), new Told());
        layer.receive(response(200, "z9hG4bK1"));
        layer.receive(response(200, "z9hG4bK1"));
        assertThat(log.lines())
                .containsExactly(
                        Messages.OURS + ": MESSAGE z9hG4bK1 sent, Call-ID call-1",
                        Messages.OURS + ": MESSAGE z9hG4bK1 answered with 200");
    }

    @Test
    void aRequestThatIsNotAnswered() {
        layer.send(outgoing("z9hG4bK1"), new Told());
        loop.advance(LONG);
        assertThat(log.lines()).hasSize(2).element(1).asString().endsWith(": MESSAGE z9hG4bK1 timed out");
    }

    @Test
    void aRequestThatIsLost() {
        layer.send(outgoing("z9hG4bK1"), new Told());
        layer.connectionLost();
        assertThat(log.lines())
                .hasSize(2)
                .element(1)
                .asString()
                .endsWith(": MESSAGE z9hG4bK1 lost with its connection");
    }

    @Test
    void aRequestThatIsAbandonedAndOnlyItsFirstEnd() {
        ClientTransaction transaction = layer.send(outgoing("z9hG4bK1"), new Told());
        transaction.terminate();
        transaction.terminate();
        assertThat(log.lines()).hasSize(2).element(1).asString().endsWith(": MESSAGE z9hG4bK1 abandoned");
    }

    @Test
    void aRequestThatCameAndIsAnswered() {
        layer.receive(incoming("z9hG4bK1"));
        lastDelivery().answer(486);
        lastDelivery().answer(486);
        assertThat(log.lines())
                .containsExactly(
                        Messages.OURS + ": MESSAGE z9hG4bK1 received, Call-ID call-1",
                        Messages.OURS + ": MESSAGE z9hG4bK1 answered with 486");
    }

    @Test
    void aRequestThatCameAndIsNotAnswered() {
        layer.receive(incoming("z9hG4bK1"));
        loop.advance(LONG);
        assertThat(log.lines()).hasSize(2).element(1).asString().endsWith(": MESSAGE z9hG4bK1 never answered");
    }

    @Test
    void aRequestThatCameAndIsLost() {
        layer.receive(incoming("z9hG4bK1"));
        layer.connectionLost();
        assertThat(log.lines())
                .hasSize(2)
                .element(1)
                .asString()
                .endsWith(": MESSAGE z9hG4bK1 lost with its connection");
    }

    @Test
    void nothingWhereNobodyListens() {
        logger.setLevel(Level.INFO);
        layer.send(outgoing("z9hG4bK1"), new Told());
        layer.receive(response(200, "z9hG4bK1"));
        TransactionLog.NONE.ended("never said");
        logger.setLevel(Level.FINE);
        TransactionLog.NONE.answered(200);
        TransactionLog.NONE.ended("never said");
        assertThat(log.lines()).isEmpty();
    }
}
