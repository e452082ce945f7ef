package io.websip;

import io.websip.config.MessageOptions;
import io.websip.config.UserAgentConfig;
import io.websip.sip.MediaType;
import io.websip.sip.SipResponse;
import io.websip.text.Visible;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A MESSAGE to be sent (RFC 3428), once. Thread-safe; handlers are set before it is sent.
 *
 * <p>Its events come on the agent's callback lane, in this order: the agent's {@link NewMessage}, {@code sending},
 * and exactly one of {@code succeeded} and {@code failed}, with which the future completes. What {@code send} throws at
 * once comes before any event.
 */
public final class Message {
    /** The content type where none is given. */
    public static final String DEFAULT_CONTENT_TYPE = "text/plain";

    private final UserAgent agent;
    private final AtomicBoolean sent = new AtomicBoolean();
    private volatile @Nullable Consumer<MessageEvent.Sending> sending;
    private volatile @Nullable Consumer<MessageEvent.Succeeded> succeeded;
    private volatile @Nullable Consumer<MessageEvent.Failed> failed;

    /** A message that the agent will send. */
    public Message(UserAgent agent) {
        this.agent = java.util.Objects.requireNonNull(agent, "agent");
    }

    /** Adds a handler for the event that the request has been created. */
    public synchronized Message onSending(Consumer<MessageEvent.Sending> handler) {
        sending = both(sending, handler);
        return this;
    }

    /** Adds a handler for the event that a 2xx has come. */
    public synchronized Message onSucceeded(Consumer<MessageEvent.Succeeded> handler) {
        succeeded = both(succeeded, handler);
        return this;
    }

    /** Adds a handler for the event that the message has failed. */
    public synchronized Message onFailed(Consumer<MessageEvent.Failed> handler) {
        failed = both(failed, handler);
        return this;
    }

    private <E> Consumer<E> both(@Nullable Consumer<E> first, Consumer<E> second) {
        java.util.Objects.requireNonNull(second, "handler");
        return first == null
                ? second
                : event -> {
                    agent.counters().guarded(() -> first.accept(event));
                    second.accept(event);
                };
    }

    /** As {@link #send(String, String, String, MessageOptions)}, as text/plain without options. */
    public CompletableFuture<SipResponse> send(String target, String body) {
        return send(target, body, DEFAULT_CONTENT_TYPE, MessageOptions.NONE);
    }

    /** As {@link #send(String, String, String, MessageOptions)}, without options. */
    public CompletableFuture<SipResponse> send(String target, String body, String contentType) {
        return send(target, body, contentType, MessageOptions.NONE);
    }

    /**
     * Sends the message. It returns at once; the future completes on the callback lane, after the matching event,
     *
     * <ul>
     *   <li>normally with the 2xx;
     *   <li>exceptionally with {@link MessageFailedException} if the message failed, for whatever reason.
     * </ul>
     *
     * <p>A message sent while the agent's first connection is being opened waits for it; later, without a connection, it
     * fails with {@link Cause#CONNECTION_ERROR}, unless its options let it be held. It is never sent twice by the library,
     * but for a challenge and a 420, unless its options allow it.
     *
     * @param target a username, completed with the agent's own domain, or a complete SIP URI; tel and im URIs too
     * @param body written in the charset of the content type, UTF-8 if it names none
     * @param contentType such as {@code text/plain} or {@code application/json}
     * @throws InvalidTargetException if the target means no SIP URI
     * @throws IllegalArgumentException if the content type is malformed, its charset unknown to this JVM or unable to
     *     write the body, or the message would be longer than {@link UserAgentConfig#maxMessageBytes}, or than
     *     1,300 bytes where {@link UserAgentConfig#pagerModeLimit} is set
     * @throws NotReadyException if the agent was never started, is stopped, or has as many messages pending as it may
     * @throws IllegalStateException if this message was sent before
     */
    public CompletableFuture<SipResponse> send(String target, String body, String contentType, MessageOptions options) {
        return submit(target, encode(body, contentType), contentType, options);
    }

    /** As {@link #send(String, String, String, MessageOptions)}, with any octets as the body, without options. */
    public CompletableFuture<SipResponse> send(String target, byte[] body, String contentType) {
        return send(target, body, contentType, MessageOptions.NONE);
    }

    /**
     * As {@link #send(String, String, String, MessageOptions)}, with any octets as the body.
     *
     * @param body copied
     */
    public CompletableFuture<SipResponse> send(String target, byte[] body, String contentType, MessageOptions options) {
        MediaType.of(contentType);
        return submit(target, body.clone(), contentType, options);
    }

    private CompletableFuture<SipResponse> submit(
            String target, byte[] body, String contentType, MessageOptions options) {
        if (!sent.compareAndSet(false, true)) {
            throw new IllegalStateException("a Message is sent once; make a new one");
        }
        try {
            return agent.submit(this, target, body, contentType, options);
        } catch (RuntimeException e) {
            sent.set(false); // nothing has happened: it may be sent with better arguments
            throw e;
        }
    }

    private static byte[] encode(String body, String contentType) {
        Charset charset = MediaType.of(contentType)
                .charset()
                .orElseThrow(() -> new IllegalArgumentException("content type '"
                        + Visible.line(String.valueOf(contentType)) + "' names a charset that this JVM does not know"));
        if (!charset.canEncode()) {
            throw new IllegalArgumentException("charset " + charset + " cannot be written");
        }
        if (charset.equals(StandardCharsets.UTF_8) && !hasSurrogates(body)) {
            return body.getBytes(charset); // nothing in it that cannot be written
        }
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(body));
            byte[] octets = new byte[encoded.remaining()];
            encoded.get(octets);
            return octets;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the body cannot be written in " + charset, e);
        }
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    boolean hasSendingHandler() {
        return sending != null;
    }

    void fire(MessageEvent.Sending event) {
        call(sending, event);
    }

    void fire(MessageEvent.Succeeded event) {
        call(succeeded, event);
    }

    void fire(MessageEvent.Failed event) {
        call(failed, event);
    }

    private <E> void call(@Nullable Consumer<E> handler, E event) {
        if (handler != null) {
            agent.counters().guarded(() -> handler.accept(event));
        }
    }
}
