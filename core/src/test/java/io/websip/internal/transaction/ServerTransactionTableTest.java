package io.websip.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.fixture.Cells;
import io.websip.internal.transaction.ServerTransaction.State;
import io.websip.internal.transaction.ServerTransactionUser.Lapse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the non-INVITE server machine (RFC 3261 section 17.2.2, RFC 4320 section 4.1). */
class ServerTransactionTableTest extends TransactionFixture {
    /** Timers are time that passes, from the entry into the state at time 0. */
    private enum Event {
        /** The same request again. */
        REQUEST,
        TRYING,
        FINAL,
        /** 3.5 s pass. */
        DELAY,
        /** 32 s pass: timer J, and the client's timer F. */
        TIMER_J,
        /** The same request again, and the connection takes nothing. */
        REQUEST_REFUSED,
        TRYING_REFUSED,
        FINAL_REFUSED,
        LOST
    }

    private final List<Lapse> lapses = new ArrayList<>();

    /** Transport, state, event; then the state, what was sent, timers in ms. */
    private static final String[] TRANSPORTS = {"reliable", "unreliable"};

    private static final String TABLE = """
            reliable   | TRYING     | REQUEST         | TRYING     |     | 3500
            reliable   | TRYING     | TRYING          | PROCEEDING | 100 | 32000
            reliable   | TRYING     | FINAL           | TERMINATED | 486 |
            reliable   | TRYING     | DELAY           | PROCEEDING | 100 | 28500
            reliable   | TRYING     | TIMER_J         | TERMINATED | 100 |
            reliable   | TRYING     | REQUEST_REFUSED | TRYING     |     | 3500
            reliable   | TRYING     | TRYING_REFUSED  | TERMINATED |     |
            reliable   | TRYING     | FINAL_REFUSED   | TERMINATED |     |
            reliable   | TRYING     | LOST            | TERMINATED |     |

            reliable   | PROCEEDING | REQUEST         | PROCEEDING | 100 | 32000
            reliable   | PROCEEDING | TRYING          | PROCEEDING | 100 | 32000
            reliable   | PROCEEDING | FINAL           | TERMINATED | 486 |
            reliable   | PROCEEDING | DELAY           | PROCEEDING |     | 28500
            reliable   | PROCEEDING | TIMER_J         | TERMINATED |     |
            reliable   | PROCEEDING | REQUEST_REFUSED | TERMINATED |     |
            reliable   | PROCEEDING | TRYING_REFUSED  | TERMINATED |     |
            reliable   | PROCEEDING | FINAL_REFUSED   | TERMINATED |     |
            reliable   | PROCEEDING | LOST            | TERMINATED |     |

            reliable   | COMPLETED  | REQUEST         | TERMINATED |     |
            reliable   | COMPLETED  | TRYING          | TERMINATED |     |
            reliable   | COMPLETED  | FINAL           | TERMINATED |     |
            reliable   | COMPLETED  | DELAY           | TERMINATED |     |
            reliable   | COMPLETED  | TIMER_J         | TERMINATED |     |
            reliable   | COMPLETED  | REQUEST_REFUSED | TERMINATED |     |
            reliable   | COMPLETED  | TRYING_REFUSED  | TERMINATED |     |
            reliable   | COMPLETED  | FINAL_REFUSED   | TERMINATED |     |
            reliable   | COMPLETED  | LOST            | TERMINATED |     |

            reliable   | TERMINATED | REQUEST         | TERMINATED |     |
            reliable   | TERMINATED | TRYING          | TERMINATED |     |
            reliable   | TERMINATED | FINAL           | TERMINATED |     |
            reliable   | TERMINATED | DELAY           | TERMINATED |     |
            reliable   | TERMINATED | TIMER_J         | TERMINATED |     |
            reliable   | TERMINATED | REQUEST_REFUSED | TERMINATED |     |
            reliable   | TERMINATED | TRYING_REFUSED  | TERMINATED |     |
            reliable   | TERMINATED | FINAL_REFUSED   | TERMINATED |     |
            reliable   | TERMINATED | LOST            | TERMINATED |     |

            unreliable | TRYING     | REQUEST         | TRYING     |     | 3500
            unreliable | TRYING     | TRYING          | PROCEEDING | 100 | 32000
            unreliable | TRYING     | FINAL           | COMPLETED  | 486 | 32000
            unreliable | TRYING     | DELAY           | PROCEEDING | 100 | 28500
            unreliable | TRYING     | TIMER_J         | TERMINATED | 100 |
            unreliable | TRYING     | REQUEST_REFUSED | TRYING     |     | 3500
            unreliable | TRYING     | TRYING_REFUSED  | TERMINATED |     |
            unreliable | TRYING     | FINAL_REFUSED   | TERMINATED |     |
            unreliable | TRYING     | LOST            | TERMINATED |     |

            unreliable | PROCEEDING | REQUEST         | PROCEEDING | 100 | 32000
            unreliable | PROCEEDING | TRYING          | PROCEEDING | 100 | 32000
            unreliable | PROCEEDING | FINAL           | COMPLETED  | 486 | 32000
            unreliable | PROCEEDING | DELAY           | PROCEEDING |     | 28500
            unreliable | PROCEEDING | TIMER_J         | TERMINATED |     |
            unreliable | PROCEEDING | REQUEST_REFUSED | TERMINATED |     |
            unreliable | PROCEEDING | TRYING_REFUSED  | TERMINATED |     |
            unreliable | PROCEEDING | FINAL_REFUSED   | TERMINATED |     |
            unreliable | PROCEEDING | LOST            | TERMINATED |     |

            unreliable | COMPLETED  | REQUEST         | COMPLETED  | 200 | 32000
            unreliable | COMPLETED  | TRYING          | COMPLETED  |     | 32000
            unreliable | COMPLETED  | FINAL           | COMPLETED  |     | 32000
            unreliable | COMPLETED  | DELAY           | COMPLETED  |     | 28500
            unreliable | COMPLETED  | TIMER_J         | TERMINATED |     |
            unreliable | COMPLETED  | REQUEST_REFUSED | TERMINATED |     |
            unreliable | COMPLETED  | TRYING_REFUSED  | COMPLETED  |     | 32000
            unreliable | COMPLETED  | FINAL_REFUSED   | COMPLETED  |     | 32000
            unreliable | COMPLETED  | LOST            | TERMINATED |     |

            unreliable | TERMINATED | REQUEST         | TERMINATED |     |
            unreliable | TERMINATED | TRYING          | TERMINATED |     |
            unreliable | TERMINATED | FINAL           | TERMINATED |     |
            unreliable | TERMINATED | DELAY           | TERMINATED |     |
            unreliable | TERMINATED | TIMER_J         | TERMINATED |     |
            unreliable | TERMINATED | REQUEST_REFUSED | TERMINATED |     |
            unreliable | TERMINATED | TRYING_REFUSED  | TERMINATED |     |
            unreliable | TERMINATED | FINAL_REFUSED   | TERMINATED |     |
            unreliable | TERMINATED | LOST            | TERMINATED |     |
            """;

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
    void cell(String transport, State state, Event event, State next, String responses, String timers) {
        layer = layer(transport.equals("reliable"));
        Delivery delivery = enter(state);
        sent.clear();

        fire(event, delivery);

        assertThat(delivery.transaction().state()).isEqualTo(next);
        assertThat(sentStatuses()).isEqualTo(responses);
        assertThat(timersInMillis()).isEqualTo(timers);
        assertThat(layer.size()).isEqualTo(next == State.TERMINATED ? 0 : 1);
        assertThat(delivered).as("the user is told of a request once").hasSize(1);
        assertThat(lapses).as("lapses").isEqualTo(expectedLapses(state, event));
    }

    /** Told where the machine ends without a final response having been tried, and the user does not see it by itself. */
    private static List<Lapse> expectedLapses(State state, Event event) {
        if (state != State.TRYING && state != State.PROCEEDING) {
            return List.of();
        }
        return switch (event) {
            case TIMER_J -> List.of(Lapse.TIMED_OUT);
            case LOST -> List.of(Lapse.CONNECTION_LOST);
            case REQUEST_REFUSED -> state == State.PROCEEDING ? List.of(Lapse.CONNECTION_LOST) : List.of();
            default -> List.of();
        };
    }

    /** On a reliable transport COMPLETED lasts no time (timer J is 0), so there it means: the final was sent. */
    private Delivery enter(State state) {
        layer.receive(Messages.incoming("z9hG4bKcell"));
        Delivery delivery = lastDelivery();
        delivery.transaction().user(lapses::add);
        switch (state) {
            case TRYING -> {}
            case PROCEEDING -> delivery.answer(100);
            case COMPLETED -> delivery.answer(200);
            case TERMINATED -> {
                delivery.transaction().onConnectionLost();
                lapses.clear();
            }
        }
        return delivery;
    }

    /** The repeated request is given to the machine itself: to the layer it is a new one once the machine is over. */
    private void fire(Event event, Delivery delivery) {
        accepting = !event.name().endsWith("_REFUSED");
        switch (event) {
            case REQUEST, REQUEST_REFUSED ->
                delivery.transaction()
                        .onRetransmission(Messages.incoming("z9hG4bKcell").headers());
            case TRYING, TRYING_REFUSED -> assertThat(delivery.answer(100)).isEqualTo(!sent.isEmpty());
            case FINAL, FINAL_REFUSED -> assertThat(delivery.answer(486)).isEqualTo(!sent.isEmpty());
            case DELAY -> loop.advance(millis(3_500));
            case TIMER_J -> loop.advance(millis(32_000));
            case LOST -> layer.connectionLost();
        }
    }

    private String sentStatuses() {
        return sentLines().stream().map(line -> line.split(" ", -1)[1]).collect(Collectors.joining(" "));
    }

    private String timersInMillis() {
        return loop.timers().stream().map(t -> Long.toString(t.toMillis())).collect(Collectors.joining(" "));
    }
}
