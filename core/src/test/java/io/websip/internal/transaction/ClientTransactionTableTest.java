package io.websip.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.fixture.Cells;
import io.websip.internal.transaction.ClientTransaction.State;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the non-INVITE client machine (RFC 3261 section 17.1.2). */
class ClientTransactionTableTest extends TransactionFixture {
    /** Timers are time that passes, from the entry into the state at time 0. */
    private enum Event {
        PROVISIONAL,
        FINAL,
        /** 500 ms pass. */
        TIMER_E,
        /** 32 s pass. */
        TIMER_F,
        /** 5 s pass. */
        TIMER_K,
        /** 500 ms pass while the connection takes nothing. */
        REFUSED,
        LOST,
        TERMINATE
    }

    /** Transport, state, event; then the state, how often the request was sent again, what was told, timers in ms. */
    private static final String TABLE = """
            reliable   | TRYING     | PROVISIONAL | PROCEEDING | 0  | 100     | 32000
            reliable   | TRYING     | FINAL       | TERMINATED | 0  | 200     |
            reliable   | TRYING     | TIMER_E     | TRYING     | 0  |         | 31500
            reliable   | TRYING     | TIMER_F     | TERMINATED | 0  | timeout |
            reliable   | TRYING     | TIMER_K     | TRYING     | 0  |         | 27000
            reliable   | TRYING     | REFUSED     | TRYING     | 0  |         | 31500
            reliable   | TRYING     | LOST        | TERMINATED | 0  | failure |
            reliable   | TRYING     | TERMINATE   | TERMINATED | 0  |         |

            reliable   | PROCEEDING | PROVISIONAL | PROCEEDING | 0  | 100     | 32000
            reliable   | PROCEEDING | FINAL       | TERMINATED | 0  | 200     |
            reliable   | PROCEEDING | TIMER_E     | PROCEEDING | 0  |         | 31500
            reliable   | PROCEEDING | TIMER_F     | TERMINATED | 0  | timeout |
            reliable   | PROCEEDING | TIMER_K     | PROCEEDING | 0  |         | 27000
            reliable   | PROCEEDING | REFUSED     | PROCEEDING | 0  |         | 31500
            reliable   | PROCEEDING | LOST        | TERMINATED | 0  | failure |
            reliable   | PROCEEDING | TERMINATE   | TERMINATED | 0  |         |

            reliable   | COMPLETED  | PROVISIONAL | TERMINATED | 0  |         |
            reliable   | COMPLETED  | FINAL       | TERMINATED | 0  |         |
            reliable   | COMPLETED  | TIMER_E     | TERMINATED | 0  |         |
            reliable   | COMPLETED  | TIMER_F     | TERMINATED | 0  |         |
            reliable   | COMPLETED  | TIMER_K     | TERMINATED | 0  |         |
            reliable   | COMPLETED  | REFUSED     | TERMINATED | 0  |         |
            reliable   | COMPLETED  | LOST        | TERMINATED | 0  |         |
            reliable   | COMPLETED  | TERMINATE   | TERMINATED | 0  |         |

            reliable   | TERMINATED | PROVISIONAL | TERMINATED | 0  |         |
            reliable   | TERMINATED | FINAL       | TERMINATED | 0  |         |
            reliable   | TERMINATED | TIMER_E     | TERMINATED | 0  |         |
            reliable   | TERMINATED | TIMER_F     | TERMINATED | 0  |         |
            reliable   | TERMINATED | TIMER_K     | TERMINATED | 0  |         |
            reliable   | TERMINATED | REFUSED     | TERMINATED | 0  |         |
            reliable   | TERMINATED | LOST        | TERMINATED | 0  |         |
            reliable   | TERMINATED | TERMINATE   | TERMINATED | 0  |         |

            unreliable | TRYING     | PROVISIONAL | PROCEEDING | 0  | 100     | 500
            unreliable | TRYING     | FINAL       | COMPLETED  | 0  | 200     | 5000
            unreliable | TRYING     | TIMER_E     | TRYING     | 1  |         | 1000
            unreliable | TRYING     | TIMER_F     | TERMINATED | 10 | timeout |
            unreliable | TRYING     | TIMER_K     | TRYING     | 3  |         | 2500
            unreliable | TRYING     | REFUSED     | TERMINATED | 0  | failure |
            unreliable | TRYING     | LOST        | TERMINATED | 0  | failure |
            unreliable | TRYING     | TERMINATE   | TERMINATED | 0  |         |

            unreliable | PROCEEDING | PROVISIONAL | PROCEEDING | 0  | 100     | 500
            unreliable | PROCEEDING | FINAL       | COMPLETED  | 0  | 200     | 5000
            unreliable | PROCEEDING | TIMER_E     | PROCEEDING | 1  |         | 4000
            unreliable | PROCEEDING | TIMER_F     | TERMINATED | 8  | timeout |
            unreliable | PROCEEDING | TIMER_K     | PROCEEDING | 2  |         | 3500
            unreliable | PROCEEDING | REFUSED     | TERMINATED | 0  | failure |
            unreliable | PROCEEDING | LOST        | TERMINATED | 0  | failure |
            unreliable | PROCEEDING | TERMINATE   | TERMINATED | 0  |         |

            unreliable | COMPLETED  | PROVISIONAL | COMPLETED  | 0  |         | 5000
            unreliable | COMPLETED  | FINAL       | COMPLETED  | 0  |         | 5000
            unreliable | COMPLETED  | TIMER_E     | COMPLETED  | 0  |         | 4500
            unreliable | COMPLETED  | TIMER_F     | TERMINATED | 0  |         |
            unreliable | COMPLETED  | TIMER_K     | TERMINATED | 0  |         |
            unreliable | COMPLETED  | REFUSED     | COMPLETED  | 0  |         | 4500
            unreliable | COMPLETED  | LOST        | TERMINATED | 0  |         |
            unreliable | COMPLETED  | TERMINATE   | TERMINATED | 0  |         |

            unreliable | TERMINATED | PROVISIONAL | TERMINATED | 0  |         |
            unreliable | TERMINATED | FINAL       | TERMINATED | 0  |         |
            unreliable | TERMINATED | TIMER_E     | TERMINATED | 0  |         |
            unreliable | TERMINATED | TIMER_F     | TERMINATED | 0  |         |
            unreliable | TERMINATED | TIMER_K     | TERMINATED | 0  |         |
            unreliable | TERMINATED | REFUSED     | TERMINATED | 0  |         |
            unreliable | TERMINATED | LOST        | TERMINATED | 0  |         |
            unreliable | TERMINATED | TERMINATE   | TERMINATED | 0  |         |
            """;

    private static final String BRANCH = "z9hG4bKcell";

    private static final String[] TRANSPORTS = {"reliable", "unreliable"};

    private final Told told = new Told();

    static Stream<Arguments> cells() {
        return Cells.arguments(TABLE);
    }

    @Test
    void theTableHasEveryCell() {
        assertThat(Cells.names(TABLE, 3))
                .containsExactlyElementsOf(Cells.all(TRANSPORTS, State.values(), Event.values()));
    }

    @ParameterizedTest(name = "{0} {1} x {2}")
    @MethodSource("cells")
    void cell(String transport, State state, Event event, State next, int copies, String calls, String timers) {
        layer = layer(transport.equals("reliable"));
        ClientTransaction transaction = enter(state);
        sent.clear();
        told.calls.clear();

        fire(event, transaction);

        assertThat(transaction.state()).isEqualTo(next);
        assertThat(sentLines()).hasSize(copies).allMatch("MESSAGE sip:bob@example.com SIP/2.0"::equals);
        assertThat(String.join(" ", told.calls)).isEqualTo(calls);
        assertThat(timersInMillis()).isEqualTo(timers);
        assertThat(layer.size()).isEqualTo(next == State.TERMINATED ? 0 : 1);
    }

    /** On a reliable transport COMPLETED lasts no time (timer K is 0), so there it means: the final response has come. */
    private ClientTransaction enter(State state) {
        ClientTransaction transaction = layer.send(Messages.outgoing(BRANCH), told);
        switch (state) {
            case TRYING -> {}
            case PROCEEDING -> layer.receive(Messages.response(100, BRANCH));
            case COMPLETED -> layer.receive(Messages.response(200, BRANCH));
            case TERMINATED -> transaction.terminate();
        }
        return transaction;
    }

    private void fire(Event event, ClientTransaction transaction) {
        switch (event) {
            case PROVISIONAL -> layer.receive(Messages.response(100, BRANCH));
            case FINAL -> layer.receive(Messages.response(200, BRANCH));
            case TIMER_E -> loop.advance(millis(500));
            case TIMER_F -> loop.advance(millis(32_000));
            case TIMER_K -> loop.advance(millis(5_000));
            case REFUSED -> {
                accepting = false;
                loop.advance(millis(500));
            }
            case LOST -> layer.connectionLost();
            case TERMINATE -> transaction.terminate();
        }
    }

    private String timersInMillis() {
        return loop.timers().stream().map(t -> Long.toString(t.toMillis())).collect(Collectors.joining(" "));
    }
}
