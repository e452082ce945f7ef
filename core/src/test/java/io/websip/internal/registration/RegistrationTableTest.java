package io.websip.internal.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.fixture.Cells;
import io.websip.internal.fixture.ManualLoop;
import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the machine that keeps a binding (RFC 3261 section 10, RFC 5626 section 4). */
class RegistrationTableTest {
    private enum Event {
        /** The program wants to be registered, or refreshed. */
        REGISTER,
        /** It does not want to be any more. */
        UNREGISTER,
        /** 200 that lists our contact for 600 s. */
        GRANTED,
        /** 200 that lists two others. */
        UNLISTED,
        /** 423 with Min-Expires 7200. */
        TOO_BRIEF,
        /** 439: the first hop lacks outbound. */
        LACKS_OUTBOUND,
        /** 403, which time will hardly mend. */
        REFUSED,
        /** 503, which it may. */
        UNAVAILABLE,
        /** No answer. */
        TIMEOUT,
        /** The transaction's connection is lost, which {@link #LOST} is going to tell. */
        UNHEARD,
        /** The connection is lost. */
        LOST,
        /** 600 s pass, of a program that refreshes by itself. */
        LAPSE,
        /** Of the 600 s granted nine tenths have passed. */
        REFRESH_DUE,
        /** A proxy says 430. */
        FLOW_FAILED
    }

    /**
     * State, event; then the state, the expiry that is asked for ({@code +o} with outbound), what is told to the listener
     * and, behind a bar, to those who have asked. An answer to no request cannot come, and changes nothing.
     */
    private static final String TABLE = """
            UNREGISTERED  | REGISTER       | REGISTERING   | 3600+o |                                              |
            UNREGISTERED  | UNREGISTER     | UNREGISTERED  |        |                                              | unregister:ConnectionLost
            UNREGISTERED  | GRANTED        | UNREGISTERED  |        |                                              |
            UNREGISTERED  | UNLISTED       | UNREGISTERED  |        |                                              |
            UNREGISTERED  | TOO_BRIEF      | UNREGISTERED  |        |                                              |
            UNREGISTERED  | LACKS_OUTBOUND | UNREGISTERED  |        |                                              |
            UNREGISTERED  | REFUSED        | UNREGISTERED  |        |                                              |
            UNREGISTERED  | UNAVAILABLE    | UNREGISTERED  |        |                                              |
            UNREGISTERED  | TIMEOUT        | UNREGISTERED  |        |                                              |
            UNREGISTERED  | UNHEARD        | UNREGISTERED  |        |                                              |
            UNREGISTERED  | LOST           | UNREGISTERED  |        |                                              |
            UNREGISTERED  | LAPSE          | UNREGISTERED  |        |                                              |
            UNREGISTERED  | REFRESH_DUE    | UNREGISTERED  |        |                                              |
            UNREGISTERED  | FLOW_FAILED    | UNREGISTERED  |        | is not mended                                |

            REGISTERING   | REGISTER       | REGISTERING   |        |                                              |
            REGISTERING   | UNREGISTER     | REGISTERING   |        |                                              |
            REGISTERING   | GRANTED        | REGISTERED    |        | registered                                   | register:200
            REGISTERING   | UNLISTED       | UNREGISTERED  |        | failed 200 and retried                       | register:200
            REGISTERING   | TOO_BRIEF      | REGISTERING   | 7200+o |                                              |
            REGISTERING   | LACKS_OUTBOUND | REGISTERING   | 3600   |                                              |
            REGISTERING   | REFUSED        | UNREGISTERED  |        | failed 403 and retried                       | register:403
            REGISTERING   | UNAVAILABLE    | UNREGISTERED  |        | failed 503 and retried                       | register:503
            REGISTERING   | TIMEOUT        | UNREGISTERED  |        | failed TimedOut and retried                  | register:TimedOut
            REGISTERING   | UNHEARD        | UNREGISTERED  |        | failed ConnectionLost                        | register:ConnectionLost
            REGISTERING   | LOST           | UNREGISTERED  |        |                                              | register:ConnectionLost
            REGISTERING   | LAPSE          | REGISTERING   |        |                                              |
            REGISTERING   | REFRESH_DUE    | REGISTERING   |        |                                              |
            REGISTERING   | FLOW_FAILED    | REGISTERING   |        | is being mended                              |

            REGISTERED    | REGISTER       | REFRESHING    | 3600+o |                                              |
            REGISTERED    | UNREGISTER     | UNREGISTERING | 0+o    |                                              |
            REGISTERED    | GRANTED        | REGISTERED    |        |                                              |
            REGISTERED    | UNLISTED       | REGISTERED    |        |                                              |
            REGISTERED    | TOO_BRIEF      | REGISTERED    |        |                                              |
            REGISTERED    | LACKS_OUTBOUND | REGISTERED    |        |                                              |
            REGISTERED    | REFUSED        | REGISTERED    |        |                                              |
            REGISTERED    | UNAVAILABLE    | REGISTERED    |        |                                              |
            REGISTERED    | TIMEOUT        | REGISTERED    |        |                                              |
            REGISTERED    | UNHEARD        | REGISTERED    |        |                                              |
            REGISTERED    | LOST           | UNREGISTERED  |        | unregistered CONNECTION_LOST                 |
            REGISTERED    | LAPSE          | UNREGISTERED  |        | expiring, unregistered LAPSED                |
            REGISTERED    | REFRESH_DUE    | REFRESHING    | 3600+o | expiring                                     |
            REGISTERED    | FLOW_FAILED    | REFRESHING    | 3600+o | is being mended                              |

            REFRESHING    | REGISTER       | REFRESHING    |        |                                              |
            REFRESHING    | UNREGISTER     | REFRESHING    |        |                                              |
            REFRESHING    | GRANTED        | REGISTERED    |        | refreshed                                    | refresh:200
            REFRESHING    | UNLISTED       | UNREGISTERED  |        | failed 200 and retried, unregistered REFUSED | refresh:200
            REFRESHING    | TOO_BRIEF      | REFRESHING    | 7200+o |                                              |
            REFRESHING    | LACKS_OUTBOUND | REFRESHING    | 3600   |                                              |
            REFRESHING    | REFUSED        | UNREGISTERED  |        | failed 403 and retried, unregistered REFUSED | refresh:403
            REFRESHING    | UNAVAILABLE    | REGISTERED    |        | failed 503 and retried                       | refresh:503
            REFRESHING    | TIMEOUT        | REGISTERED    |        | failed TimedOut and retried                  | refresh:TimedOut
            REFRESHING    | UNHEARD        | REGISTERED    |        | failed ConnectionLost                        | refresh:ConnectionLost
            REFRESHING    | LOST           | UNREGISTERED  |        | unregistered CONNECTION_LOST                 | refresh:ConnectionLost
            REFRESHING    | LAPSE          | REGISTERING   |        | unregistered LAPSED                          |
            REFRESHING    | REFRESH_DUE    | REFRESHING    |        |                                              |
            REFRESHING    | FLOW_FAILED    | REFRESHING    |        | is being mended                              |

            UNREGISTERING | REGISTER       | UNREGISTERING |        |                                              |
            UNREGISTERING | UNREGISTER     | UNREGISTERING |        |                                              |
            UNREGISTERING | GRANTED        | UNREGISTERED  |        | unregistered ASKED                           | unregister:200
            UNREGISTERING | UNLISTED       | UNREGISTERED  |        | unregistered ASKED                           | unregister:200
            UNREGISTERING | TOO_BRIEF      | UNREGISTERED  |        | unregistered ASKED                           | unregister:423
            UNREGISTERING | LACKS_OUTBOUND | UNREGISTERED  |        | unregistered ASKED                           | unregister:439
            UNREGISTERING | REFUSED        | UNREGISTERED  |        | unregistered ASKED                           | unregister:403
            UNREGISTERING | UNAVAILABLE    | UNREGISTERED  |        | unregistered ASKED                           | unregister:503
            UNREGISTERING | TIMEOUT        | UNREGISTERED  |        | unregistered ASKED                           | unregister:TimedOut
            UNREGISTERING | UNHEARD        | REGISTERED    |        |                                              | unregister:ConnectionLost
            UNREGISTERING | LOST           | UNREGISTERED  |        | unregistered ASKED                           | unregister:ConnectionLost
            UNREGISTERING | LAPSE          | UNREGISTERING |        | unregistered ASKED                           |
            UNREGISTERING | REFRESH_DUE    | UNREGISTERING |        |                                              |
            UNREGISTERING | FLOW_FAILED    | UNREGISTERING |        | is not mended                                |
            """;

    private static final SipUri CONTACT = SipUri.of("sip:a@x.invalid;transport=ws");
    private static final SipRequest REQUEST = SipRequest.builder(SipMethod.REGISTER, SipUri.of("sip:example.com"))
            .add("Via", "SIP/2.0/WS x.invalid;branch=z9hG4bK1")
            .add("From", "<sip:a@example.com>;tag=1")
            .add("To", "<sip:a@example.com>")
            .add("Call-ID", "1")
            .add("CSeq", "1 REGISTER")
            .build();

    private final ManualLoop loop = new ManualLoop();
    private final List<String> sent = new ArrayList<>();
    private final Listener listener = new Listener();
    private final List<String> told = listener.told;
    private final List<String> results = new ArrayList<>();
    private final Deque<Consumer<Outcome>> unanswered = new ArrayDeque<>();
    private boolean open = true;

    static Stream<Arguments> cells() {
        return Cells.arguments(TABLE);
    }

    @Test
    void theTableHasEveryCell() {
        assertThat(Cells.names(TABLE, 2))
                .containsExactlyElementsOf(Cells.all(RegistrationState.values(), Event.values()));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @MethodSource("cells")
    void cell(
            RegistrationState state, Event event, RegistrationState next, String asks, String events, String answers) {
        Registration registration = registration(event != Event.LAPSE);
        enter(registration, state);
        sent.clear();
        told.clear();
        results.clear();

        fire(event, registration);

        assertThat(registration.state()).isEqualTo(next);
        assertThat(String.join(" ", sent)).isEqualTo(asks);
        assertThat(String.join(", ", told)).isEqualTo(events);
        assertThat(String.join(" ", results)).isEqualTo(answers);
        quietAfterTheConnection(registration);
    }

    private void quietAfterTheConnection(Registration registration) {
        open = false;
        registration.connectionLost();
        assertThat(loop.isQuiet()).isTrue();
        assertThat(registration.state()).isEqualTo(RegistrationState.UNREGISTERED);
    }

    private Registration registration(boolean autoRefresh) {
        return new Registration(
                loop,
                new Random(1),
                new Sender(),
                listener,
                RegistrationFixture.config(autoRefresh),
                RegistrationFixture.INSTANCE,
                CONTACT);
    }

    private void enter(Registration registration, RegistrationState state) {
        if (state == RegistrationState.UNREGISTERED) {
            return;
        }
        registration.register(result("register"));
        if (state == RegistrationState.REGISTERING) {
            return;
        }
        answer(ok(CONTACT, 600));
        loop.advance(Duration.ofSeconds(60));
        switch (state) {
            case REFRESHING -> registration.register(result("refresh"));
            case UNREGISTERING -> registration.unregister(result("unregister"));
            default -> {}
        }
    }

    private void fire(Event event, Registration registration) {
        switch (event) {
            case REGISTER -> registration.register(result("register"));
            case UNREGISTER -> registration.unregister(result("unregister"));
            case GRANTED -> answer(ok(CONTACT, 600));
            case UNLISTED -> answer(response(200, "Contact", "<sip:one@y.invalid>, <sip:other@y.invalid>"));
            case TOO_BRIEF -> answer(response(423, "Min-Expires", "7200"));
            case LACKS_OUTBOUND -> answer(response(439, "X", "y"));
            case REFUSED -> answer(response(403, "X", "y"));
            case UNAVAILABLE -> answer(response(503, "X", "y"));
            case TIMEOUT -> answer(new Outcome.TimedOut());
            case UNHEARD -> {
                open = false;
                answer(new Outcome.ConnectionLost());
            }
            case LOST -> registration.connectionLost();
            case LAPSE -> loop.advance(Duration.ofSeconds(600));
            case REFRESH_DUE -> loop.advance(Duration.ofSeconds(480));
            case FLOW_FAILED -> told.add(registration.flowFailed() ? "is being mended" : "is not mended");
        }
    }

    private void answer(Outcome outcome) {
        Consumer<Outcome> waiting = unanswered.poll();
        if (waiting != null) {
            waiting.accept(outcome);
        }
    }

    private static Outcome ok(SipUri contact, int expires) {
        return response(200, "Contact", "<" + contact + ">;expires=" + expires);
    }

    private static Outcome response(int status, String header, String value) {
        return new Outcome.Answered(SipResponse.to(REQUEST.headers(), status, null, "t")
                .add(header, value)
                .build());
    }

    private Consumer<Outcome> result(String what) {
        return outcome -> results.add(what + ":" + text(outcome));
    }

    private static String text(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered
                ? Integer.toString(answered.response().status())
                : outcome.getClass().getSimpleName();
    }

    private final class Sender implements RegisterSender {
        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void register(long expires, boolean outbound, Consumer<Outcome> result) {
            sent.add(expires + (outbound ? "+o" : ""));
            unanswered.add(result);
        }
    }

    private final class Listener extends ToldListener {
        @Override
        public void registrationFailed(Outcome why, @Nullable Duration retryIn) {
            told.add("failed " + text(why) + (retryIn == null ? "" : " and retried"));
        }
    }
}
