package io.websip;

import io.websip.internal.agent.AgentEngine;
import io.websip.internal.agent.IncomingRequest;
import io.websip.sip.MediaType;
import io.websip.sip.NameAddress;
import io.websip.sip.SipHeaders;
import io.websip.sip.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A MESSAGE that has come (RFC 3428 section 7). Thread-safe.
 *
 * <p>It is answered once: by {@link #accept} or {@link #reject}, from any thread and at any time; or by itself with 200
 * when the listeners have returned without having answered or deferred it, with 500 if one of them threw. Nothing is lost
 * in between: 200 goes out only after the listeners have had the message.
 *
 * <p>{@link #from} is what the sender claims. It is not authenticated; a trusted server's word for it is in the header
 * P-Asserted-Identity of {@link #request}.
 */
public final class IncomingMessage {
    private final AgentSession session;
    private final IncomingRequest incoming;
    private final AtomicInteger status = new AtomicInteger(); // of the answer; 0 while there is none
    private volatile boolean deferred;
    private int passedOver; // confined to the lane

    IncomingMessage(AgentSession session, IncomingRequest incoming) {
        this.session = session;
        this.incoming = incoming;
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
     * @throws IllegalArgumentException if the code is out of its bounds, or the reason holds CR, LF or NUL
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
            MessageOptions.ExtraHeader parsed = MessageOptions.ExtraHeader.parse(header);
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
        session.onLoop(() -> incoming.answer(code, reason, headers));
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
            answerOnce(405, null, List.of("Allow", AgentEngine.ALLOW));
        } else if (!deferred) {
            answerOnce(200, null, List.of());
        }
    }

    @Override
    public String toString() {
        return request().toString();
    }
}
