package io.websip.transport.fake.sip;

import io.websip.sip.SipHeaders;
import io.websip.sip.SipMessage;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FakeSipServer} is told to do with a request, step by step. Immutable.
 *
 * <pre>{@code
 * server.enqueue(Answer.status(486));
 * server.enqueue(Answer.status(503).header("Retry-After", "3"));
 * server.enqueue(Answer.status(100).then(Answer.status(200).after(Duration.ofSeconds(1))));
 * server.enqueue(Answer.byServer().after(Duration.ofSeconds(2)));
 * server.enqueue(Answer.silence());
 * }</pre>
 */
public final class Answer {
    /** What a step does once its pause is over. */
    sealed interface Action {}

    record Send(Function<SipRequest, byte[]> bytes) implements Action {}

    record ByServer() implements Action {}

    record HangUp() implements Action {}

    record Nothing() implements Action {}

    record Step(Duration pause, Action action) {}

    private final List<Step> steps;

    private Answer(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    private static Answer of(Action action) {
        return new Answer(List.of(new Step(Duration.ZERO, action)));
    }

    List<Step> steps() {
        return steps;
    }

    /**
     * A response with the usual reason phrase and what RFC 3261 section 8.2.6.2 copies from the request.
     *
     * @throws IllegalArgumentException if the status is not 100 to 699
     */
    public static Answer status(int status) {
        return response(status, null, builder -> {});
    }

    /**
     * A response with a reason phrase of one's own, possibly empty.
     *
     * @throws IllegalArgumentException if the status is not 100 to 699, or the phrase holds CR, LF or NUL
     */
    public static Answer status(int status, String reason) {
        return response(status, reason, builder -> {});
    }

    /**
     * A response to which the consumer may do what it likes: add, change or remove headers, set a body.
     *
     * @param reason null for the usual one
     * @throws IllegalArgumentException as {@link #status(int, String)}
     */
    public static Answer response(
            int status, @Nullable String reason, Consumer<SipMessageBuilder<SipResponse>> change) {
        SipResponse.builder(status, reason); // a bad status shows here, not when the request comes
        return raw(request -> {
            SipMessageBuilder<SipResponse> builder =
                    SipResponse.to(request.headers(), status, reason, status == 100 ? null : "fake");
            change.accept(builder);
            return builder.build().toBytes();
        });
    }

    /** Any bytes at all as one WebSocket message, made from the request. */
    public static Answer raw(Function<SipRequest, byte[]> bytes) {
        return of(new Send(bytes));
    }

    /**
     * What the server says by its own logic, as if nothing were scripted: for a request that is to pass before another
     * that is not, or after a pause.
     */
    public static Answer byServer() {
        return of(new ByServer());
    }

    /** Nothing, ever. */
    public static Answer silence() {
        return of(new Nothing());
    }

    /** The connection is cut, without a close frame. */
    public static Answer hangUp() {
        return of(new HangUp());
    }

    /**
     * The same with one more header in each of its responses; those of {@link #byServer()} stay as they are.
     *
     * @throws IllegalArgumentException if the name is not a token or the value holds CR, LF or NUL
     */
    public Answer header(String name, String value) {
        SipHeaders.check(name, value);
        List<Step> changed = new ArrayList<>();
        for (Step step : steps) {
            changed.add(
                    step.action instanceof Send send
                            ? new Step(step.pause, new Send(r -> withHeader(send.bytes.apply(r), name, value)))
                            : step);
        }
        return new Answer(changed);
    }

    private static byte[] withHeader(byte[] bytes, String name, String value) {
        try {
            if (SipMessage.parse(bytes) instanceof SipResponse response) {
                return response.toBuilder().add(name, value).build().toBytes();
            }
        } catch (SipParseException e) {
            throw new IllegalStateException("header() is for well-formed responses", e);
        }
        throw new IllegalStateException("header() is for responses, not for requests");
    }

    /**
     * The same, begun only after this time.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Answer after(Duration pause) {
        if (pause.isNegative()) {
            throw new IllegalArgumentException("a pause must not be negative, but is " + pause);
        }
        List<Step> later = new ArrayList<>(steps);
        Step first = later.get(0);
        later.set(0, new Step(first.pause.plus(pause), first.action));
        return new Answer(later);
    }

    /** This, and then the other; the pause of the other counts from the end of this. */
    public Answer then(Answer next) {
        List<Step> both = new ArrayList<>(steps);
        both.addAll(next.steps);
        return new Answer(both);
    }
}
