package io.websip;

import io.websip.config.ExtraHeader;
import io.websip.config.MessageOptions;
import io.websip.internal.jfr.Recorder;
import io.websip.internal.jfr.Span;
import io.websip.internal.log.GuardedLogger;
import io.websip.internal.messaging.OutgoingMessage;
import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A {@link Message} on its way through the engine: turns what the engine tells into the message's events and future. */
final class Submission extends OutgoingMessage {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.agent");

    private final AgentSession session;
    private final Message message;
    private final String contentType;
    private final MessageOptions options;
    private final AgentFuture<SipResponse> future;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Span span;
    private final long bytes;
    private final String host; // for the log, which shows no user

    Submission(
            AgentSession session,
            Message message,
            SipUri target,
            byte[] body,
            String contentType,
            MessageOptions options) {
        super(target, body, options);
        this.session = session;
        this.message = message;
        this.contentType = contentType;
        this.options = options;
        this.future = session.newFuture();
        this.host = target.host();
        this.bytes = 2L * (body.length + length(options) + contentType.length())
                + 4L * target.toString().length() // given, in Request-URI and To, and as the key of its queue
                + AgentSession.MESSAGE_OVERHEAD;
        this.span = Recorder.get().outgoing(target, body.length);
    }

    /** An upper bound of what options add to a message, in bytes. */
    static long length(MessageOptions options) {
        long length = 4L * options.displayName().map(String::length).orElse(0);
        for (ExtraHeader header : options.extraHeaders()) {
            length += header.name().length() + 4L + 3L * header.value().length();
        }
        return length;
    }

    /** What it takes in memory until it has its outcome: what the program gave, and the request made of it. */
    long bytes() {
        return bytes;
    }

    CompletableFuture<SipResponse> future() {
        return future;
    }

    @Override
    protected void addHeaders(SipMessageBuilder<SipRequest> builder) {
        for (ExtraHeader header : options.extraHeaders()) {
            builder.add(header.name(), header.value());
        }
        if (options.isAnonymous() && !options.has("Privacy")) { // the program's own goes before (RFC 3323 section 4.2)
            builder.add("Privacy", "id"); // RFC 3325 section 7: and nobody on the way is to say who it is
        }
        builder.add("Content-Type", contentType);
    }

    /** Nothing goes out before the listeners have seen the request; where there is none, nothing waits. */
    @Override
    protected void created(SipRequest request, Runnable proceed) {
        if (!message.hasSendingHandler() && !session.hasListeners()) {
            proceed.run();
            return;
        }
        session.onLane(() -> {
            try {
                session.fireNewMessage(new NewMessage.Outgoing(message, request));
                message.fire(new MessageEvent.Sending(Originator.LOCAL, request));
            } finally {
                if (!session.onLoop(proceed)) {
                    ended(new Outcome.ConnectionLost()); // the transport was closed meanwhile, and the loop with it
                }
            }
        });
    }

    @Override
    protected void ended(Outcome outcome) {
        if (!over.compareAndSet(false, true)) {
            return; // the engine and the closed loop may both say it
        }
        boolean sent = wasSent(); // on the loop
        SipResponse counted = outcome instanceof Outcome.Answered answered && session.hasRoomFor(answered.response())
                ? answered.response()
                : null;
        Outcome kept = counted == null ? withoutAdditions(outcome, request()) : outcome;
        session.onLane(() -> {
            try {
                if (kept instanceof Outcome.Answered answered
                        && answered.response().isSuccess()) {
                    succeeded(answered.response());
                } else {
                    failed(failure(kept, sent), kept.cause());
                }
            } finally {
                if (counted != null) {
                    session.responseHeard(counted);
                }
            }
        });
    }

    /** The status, and what a response repeats of our own request: nothing of it is longer than what we have sent. */
    private static Outcome withoutAdditions(Outcome outcome, @Nullable SipRequest request) {
        if (request == null || !(outcome instanceof Outcome.Answered answered)) {
            return outcome;
        }
        SipResponse shorter = SipResponse.to(
                        request.headers(), answered.response().status(), null, null)
                .build();
        return new Outcome.Answered(shorter, answered.detail());
    }

    /** Whatever happens to the event: the count and the future must not wait for it. */
    private void succeeded(SipResponse response) {
        try {
            message.fire(new MessageEvent.Succeeded(Originator.REMOTE, response));
        } finally {
            over(response.status(), null);
            future.complete(response);
        }
    }

    private void failed(MessageEvent.Failed event, @Nullable Exception cause) {
        try {
            message.fire(event);
        } finally {
            over(event.response().map(SipResponse::status).orElse(0), event.cause());
            future.completeExceptionally(new MessageFailedException(event, cause));
        }
    }

    private void over(int status, @Nullable Cause cause) {
        span.ended(status, cause == null ? "Succeeded" : cause.text());
        if (cause != null) {
            LOG.log(System.Logger.Level.DEBUG, "a message to {0} failed: {1}", host, cause);
        }
        session.submissionEnded(cause, bytes);
    }

    private static MessageEvent.Failed failure(Outcome outcome, boolean sent) {
        Optional<SipResponse> response = Outcomes.response(outcome);
        Originator originator = response.isPresent() ? Originator.REMOTE : Originator.SYSTEM;
        Delivery delivery = response.map(r -> Delivery.ofStatus(r.status()))
                .orElse(sent ? Delivery.UNKNOWN : Delivery.NOT_DELIVERED);
        return new MessageEvent.Failed(originator, response, Outcomes.cause(outcome), delivery, outcome.detail());
    }
}
