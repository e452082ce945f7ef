package io.websip;

import io.websip.config.ExtraHeader;
import io.websip.config.InvalidHeaderException;
import io.websip.internal.jfr.Recorder;
import io.websip.internal.jfr.Span;
import io.websip.internal.messaging.IncomingRequest;
import io.websip.internal.request.RequestFactory;
import io.websip.sip.MediaType;
import io.websip.sip.NameAddress;
import io.websip.sip.SipDate;
import io.websip.sip.SipHeaders;
import io.websip.sip.SipRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A MESSAGE that has come (RFC 3428 section 7). Thread-safe.
 *
 * <p>It is answered once: by {@link #accept} or {@link #reject}, from any thread and at any time until it {@linkplain #onLapsed lapses}; or by itself with 200
 * when the listeners have returned without having answered or deferred it, with 500 if one of them threw. Nothing is lost
 * in between: 200 goes out only after the listeners have had the message.
 *
 * <p>{@link #from} is what the sender claims. It is not authenticated; a trusted server's word for it is in the header
 * P-Asserted-Identity of {@link #request}.
 */
public final class IncomingMessage {
    /** Why nobody hears an answer any more. */
    public enum Lapse {
        /** The sender has given up: it had no answer within its transaction time-out, 32 s as a rule (RFC 4320). */
        TIMED_OUT,
        /** The connection on which the message came is gone. */
        CONNECTION_LOST
    }

    private static final int LISTENERS = 1;
    private static final int SENDER = 2;
    private static final AtomicIntegerFieldUpdater<IncomingMessage> LET_GO =
            AtomicIntegerFieldUpdater.newUpdater(IncomingMessage.class, "letGo");

    private final AgentSession session;
    private final IncomingRequest incoming;
    private final Instant receivedAt;
    private final Instant registrarTime;
    private final CompletableFuture<Lapse> lapsed = new CompletableFuture<>();
    private final AtomicInteger status = new AtomicInteger(); // of the answer; 0 while there is none
    private final int bytes; // that it takes while the agent holds it
    private volatile int letGo; // by whom, in bits: LISTENERS, SENDER
    private volatile boolean deferred;
    private int passedOver; // confined to the lane
    private final Span span;

    /**
     * On the loop.
     *
     * @param bytes to be given back to the session once nobody waits for it any more
     * @param receivedAt by our clock
     * @param registrarTime the same by the registrar's
     */
    IncomingMessage(
            AgentSession session, IncomingRequest incoming, int bytes, Instant receivedAt, Instant registrarTime) {
        this.session = session;
        this.incoming = incoming;
        this.bytes = bytes;
        this.receivedAt = receivedAt;
        this.registrarTime = registrarTime;
        this.span = Recorder.get().incoming(incoming.request());
        incoming.whenLapsed(why -> lapsed(
                switch (why) {
                    case TIMED_OUT -> Lapse.TIMED_OUT;
                    case CONNECTION_LOST -> Lapse.CONNECTION_LOST;
                }));
    }

    private void lapsed(Lapse why) {
        span.ended(0, why == Lapse.TIMED_OUT ? "timed out" : "connection lost");
        lapsed.complete(why);
        letGo(SENDER);
    }

    /** Its memory is the agent's until the listeners have returned and nobody waits for an answer. */
    private void letGo(int who) {
        int before = LET_GO.getAndUpdate(this, bits -> bits | who);
        if (before != (LISTENERS | SENDER) && (before | who) == (LISTENERS | SENDER)) {
            session.released(bytes);
        }
    }

    /** Who claims to have sent it. */
    public NameAddress from() {
        return request().from();
    }

    /** To whom it was addressed. */
    public NameAddress to() {
        return request().to();
    }

    /** The content type; text/plain where the message named none. */
    public MediaType contentType() {
        return request().contentType().orElseGet(() -> MediaType.of(Message.DEFAULT_CONTENT_TYPE));
    }

    /** A copy of the body's octets. */
    public byte[] body() {
        return request().body();
    }

    /** The body as text in the charset of its content type, UTF-8 if it names none; what is not valid becomes U+FFFD. */
    public String text() {
        return request().text();
    }

    /** The request as it came. */
    public SipRequest request() {
        return incoming.request();
    }

    /** When it came, by the clock of this machine. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** When it was sent, by the sender's clock; empty if it does not say, or not in a form that can be read. */
    public Optional<Instant> sentAt() {
        return request().headers().first("Date").flatMap(SipDate::parse);
    }

    /**
     * Until when it means anything: its Expires after {@link #sentAt}, or after {@link #receivedAt} where the sender does
     * not say (RFC 3428 section 7). Empty if it never expires.
     */
    public Optional<Instant> expiresAt() {
        OptionalLong seconds = request().headers().seconds("Expires");
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(sentAt().orElse(receivedAt).plusSeconds(seconds.getAsLong()));
    }

    /**
     * Whether it had expired already when it came, as one that lay in a store for too long. Whether to show it is up to the
     * program. Our clock counts, put right by the Date of the registrar's answers where they have one; the sender's is
     * taken to be right.
     */
    public boolean isExpired() {
        Instant now = sentAt().isPresent() ? registrarTime : receivedAt;
        return expiresAt().filter(until -> !until.isAfter(now)).isPresent();
    }

    /**
     * Whether nobody hears an answer any more although there was none: {@link #accept} and {@link #reject} then do nothing
     * that the sender would notice, unless it repeats the message.
     */
    public boolean isLapsed() {
        return lapsed.isDone();
    }

    /**
     * Runs the handler if nobody hears an answer any more before there was one (RFC 4320 section 4.2): at most once, on the
     * agent's callback lane; soon, if it is so already. To be set before {@link #defer} lets the listener go.
     */
    public IncomingMessage onLapsed(Consumer<Lapse> handler) {
        lapsed.thenAccept(why -> session.onLane(() -> handler.accept(why)));
        return this;
    }

    /** The 200 is not sent when the listeners return; {@link #accept} or {@link #reject} will follow. */
    public void defer() {
        deferred = true;
    }

    /** Answers 200: the message has been delivered (RFC 3428 section 7). */
    public void accept() {
        accept(200);
    }

    /**
     * Answers with a 2xx. It has no body and no Contact (RFC 3428 section 7).
     *
     * @param code 200 for delivered, 202 for accepted for later delivery, 200 to 299
     * @param extraHeaders each as {@code Name: value}
     * @throws IllegalArgumentException if the code is no 2xx
     * @throws InvalidHeaderException if a header is malformed or one that only the library may set
     * @throws IllegalStateException if it has been answered before
     */
    public void accept(int code, String... extraHeaders) {
        if (code < 200 || code > 299) {
            throw new IllegalArgumentException("accept takes a status of 200 to 299, not " + code);
        }
        answer(code, null, extraHeaders);
    }

    /** Answers 480 Temporarily Unavailable. */
    public void reject() {
        reject(480);
    }

    /** As {@link #reject(int, String, String...)}, with the usual reason phrase. */
    public void reject(int code) {
        answer(failure(code), null);
    }

    /**
     * Answers with a failure.
     *
     * @param code 300 to 699, but not 408, which no one may send (RFC 4320 section 4.2)
     * @param reason the reason phrase
     * @param extraHeaders each as {@code Name: value}
     * @throws IllegalArgumentException if the code is out of its bounds, or the reason holds a control character
     * @throws InvalidHeaderException if a header is malformed or one that only the library may set
     * @throws IllegalStateException if it has been answered before
     */
    public void reject(int code, String reason, String... extraHeaders) {
        try {
            SipHeaders.check("reason", reason);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("reason phrase: " + e.getMessage(), e);
        }
        answer(failure(code), reason, extraHeaders);
    }

    private static int failure(int code) {
        if (code < 300 || code > 699 || code == 408) {
            throw new IllegalArgumentException("reject takes a status of 300 to 699 other than 408, not " + code);
        }
        return code;
    }

    private void answer(int code, @Nullable String reason, String... extraHeaders) {
        List<String> rows = new ArrayList<>();
        for (String header : extraHeaders) {
            ExtraHeader parsed = ExtraHeader.parse(header);
            rows.add(parsed.name());
            rows.add(parsed.value());
        }
        if (!answerOnce(code, reason, rows)) {
            throw new IllegalStateException("the message has been answered before, with " + status.get());
        }
    }

    private boolean answerOnce(int code, @Nullable String reason, List<String> headers) {
        if (!status.compareAndSet(0, code)) {
            return false;
        }
        span.ended(code, "answered");
        boolean taken = session.onLoop(() -> {
            try {
                incoming.answer(code, reason, headers);
            } finally {
                letGo(SENDER);
            }
        });
        if (!taken) {
            letGo(SENDER); // the loop is closed, and the connection with it
        }
        return true;
    }

    /** A listener has no use for messages. */
    void passedOver() {
        passedOver++;
    }

    /**
     * All listeners have returned: answers what they left unanswered.
     *
     * @param asked how many there were
     * @param threw whether one of them threw
     */
    void afterListeners(int asked, boolean threw) {
        if (threw) {
            answerOnce(500, null, List.of());
        } else if (passedOver == asked) {
            answerOnce(405, null, List.of("Allow", RequestFactory.ALLOW));
        } else if (!deferred) {
            answerOnce(200, null, List.of());
        }
        letGo(LISTENERS);
    }

    @Override
    public String toString() {
        return request().toString();
    }
}
