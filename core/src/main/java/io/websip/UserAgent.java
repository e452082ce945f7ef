package io.websip;

import io.websip.config.MessageOptions;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.internal.auth.Authenticator;
import io.websip.internal.log.GuardedLogger;
import io.websip.sip.NameAddress;
import io.websip.sip.SipLimits;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.transport.Transport;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives instant messages for one address over one WebSocket at a time (RFC 3428, RFC 7118). It registers,
 * refreshes, answers challenges and connects again by itself.
 *
 * <p>Thread-safe; no method but {@link #close} blocks. Listeners and the dependants of all futures run on the agent's
 * callback lane, one at a time and in order: on {@link UserAgentConfigBuilder#callbackExecutor}, by default a pool of
 * the transport. They may call every method here, but must not wait there for a future of the same agent.
 */
public final class UserAgent implements AutoCloseable {
    /** What the library's own header fields and credentials may take of the greatest length of a message, in bytes. */
    private static final int HEADER_RESERVE = 1_024;

    /** What Authorization and Proxy-Authorization may take together. */
    private static final int CREDENTIALS_RESERVE = 768;

    /** What a request may take where it might go over UDP (RFC 3428 section 8). */
    private static final int PAGER_MODE_BYTES = 1_300;

    /** Of all agents without a source of their own: it is thread-safe, and its octets come from the operating system's. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private final UserAgentConfig config;
    private final Transport transport;
    private final RandomGenerator random;
    private final String instance;
    private final List<UserAgentListener> listeners = new CopyOnWriteArrayList<>();
    private final Counters counters = new Counters();
    private final Object lifecycle = new Object();
    private volatile @Nullable AgentSession session; // of the last start
    private volatile boolean running;

    private UserAgent(UserAgentConfig config, Transport transport) {
        this.config = config;
        this.transport = transport;
        this.random = config.random().orElse(RANDOM);
        this.instance = "<urn:uuid:" + config.instanceId().orElseGet(() -> randomUuid(random)) + ">";
    }

    /** A version 4 UUID (RFC 9562 section 5.4) from the one source of randomness. */
    private static UUID randomUuid(RandomGenerator random) {
        long high = random.nextLong() & ~0xf000L | 0x4000L;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * An agent that does nothing before {@link #start()}: no thread, no socket.
     *
     * @param transport is not closed with the agent
     */
    public static UserAgent create(UserAgentConfig config, Transport transport) {
        return new UserAgent(Objects.requireNonNull(config, "config"), Objects.requireNonNull(transport, "transport"));
    }

    /** The configuration. */
    public UserAgentConfig config() {
        return config;
    }

    /** Adds a listener; it hears what happens from now on. */
    public void addListener(UserAgentListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** Removes a listener; it may still hear what was under way. */
    public void removeListener(UserAgentListener listener) {
        listeners.remove(listener);
    }

    /**
     * Connects, and registers if the configuration says so. Returns at once; messages may be sent at once too, and wait
     * for the connection. From now on a lost connection is replaced until the agent is stopped. Does nothing if it is
     * running; after a stop it starts anew, once the stop is done.
     *
     * @return completes normally once connected, and registered if it is to register; exceptionally with
     *     {@link NotReadyException} if the first attempt to connect fails, at each of the servers, with
     *     {@link RegistrationFailedException} if the first registration does. The agent goes on trying all the same.
     * @throws IllegalStateException if the transport is closed
     */
    public CompletableFuture<Void> start() {
        synchronized (lifecycle) {
            AgentSession current = session;
            if (running && current != null) {
                return current.ready();
            }
            Authenticator authenticator = new Authenticator(config.credentials(), config.digestAlgorithms(), random);
            AgentSession next =
                    new AgentSession(config, instance, transport, random, authenticator, listeners, counters);
            session = next;
            running = true;
            return next.start(current == null ? AgentSession.NONE_BEFORE : current.stopped());
        }
    }

    /**
     * Stops: takes no more messages, gives those under way {@link UserAgentConfig#stopGrace} to end, unregisters, and
     * closes the connection with 1000. Does nothing if it is not running.
     *
     * @return completes once all of this is done: after it no event comes any more
     */
    public CompletableFuture<Void> stop() {
        synchronized (lifecycle) {
            AgentSession current = session;
            if (current == null) {
                return CompletableFuture.completedFuture(null);
            }
            if (!running) {
                return current.stopped();
            }
            running = false;
            return current.stop();
        }
    }

    /**
     * Stops and waits until it is done. Called in a listener of this agent it does not wait, since that would be for ever.
     */
    @Override
    public void close() {
        CompletableFuture<Void> stopped = stop();
        try {
            stopped.join();
        } catch (CompletionException | IllegalStateException e) {
            GuardedLogger.of("io.websip.agent").log(System.Logger.Level.DEBUG, "closed without waiting for the end", e);
        }
    }

    /** Whether the WebSocket is open. */
    public boolean isConnected() {
        AgentSession current = session;
        return current != null && current.isConnected();
    }

    /** Whether the registrar holds our binding, as far as we know. */
    public boolean isRegistered() {
        return binding().isPresent();
    }

    /** Our binding as the registrar's last answer states it, such as its GRUUs and its route; empty while there is none. */
    public Optional<Binding> binding() {
        AgentSession current = session;
        return current == null ? Optional.empty() : current.binding();
    }

    /** What has been counted since this agent was created, over all its starts. Never blocks; may be asked at any time. */
    public UserAgentMetrics metrics() {
        AgentSession current = session;
        return current == null
                ? counters.snapshot(0, 0)
                : counters.snapshot(current.held(), current.transactionsAlive());
    }

    Counters counters() {
        return counters;
    }

    /**
     * Registers, or refreshes at once; joins a REGISTER that is under way.
     *
     * @return completes with the 200, or exceptionally with {@link RegistrationFailedException}
     * @throws NotReadyException if the agent is not running
     */
    public CompletableFuture<SipResponse> register() {
        return runningSession().register();
    }

    /**
     * Removes our binding; the agent stays connected.
     *
     * @return completes with the 200, or exceptionally with {@link RegistrationFailedException}
     * @throws NotReadyException if the agent is not running
     */
    public CompletableFuture<SipResponse> unregister() {
        return runningSession().unregister();
    }

    /**
     * Removes all bindings of our address, those of other devices too (RFC 3261 section 10.2.2); the agent stays
     * connected.
     *
     * @return completes with the 200, or exceptionally with {@link RegistrationFailedException}
     * @throws NotReadyException if the agent is not running
     */
    public CompletableFuture<SipResponse> unregisterAll() {
        return runningSession().unregisterAll();
    }

    /**
     * Asks the registrar for all bindings of our address and changes none (RFC 3261 section 10.2.3).
     *
     * @return completes with the contacts and their parameters, or exceptionally with
     *     {@link RegistrationFailedException}
     * @throws NotReadyException if the agent is not running
     */
    public CompletableFuture<List<NameAddress>> fetchBindings() {
        return runningSession().fetchBindings();
    }

    /** As {@link Message#send(String, String)}. */
    public CompletableFuture<SipResponse> sendMessage(String target, String body) {
        return new Message(this).send(target, body);
    }

    /** As {@link Message#send(String, String, String)}. */
    public CompletableFuture<SipResponse> sendMessage(String target, String body, String contentType) {
        return new Message(this).send(target, body, contentType);
    }

    /** As {@link Message#send(String, String, String, MessageOptions)}. */
    public CompletableFuture<SipResponse> sendMessage(
            String target, String body, String contentType, MessageOptions options) {
        return new Message(this).send(target, body, contentType, options);
    }

    /** Checks all that can be checked on the caller's thread, and hands the message to the loop. */
    CompletableFuture<SipResponse> submit(
            Message message, String target, byte[] body, String contentType, MessageOptions options) {
        AgentSession current = runningSession();
        SipUri uri = TargetParser.parse(target, config.uri());
        if (uri.secure() && !config.allSecure()) {
            throw TargetParser.invalid(
                    target, "sips demands wss of every server (RFC 7118 section 9.2), not " + config.servers());
        }
        Submission submission = new Submission(current, message, uri, body, contentType, options);
        long others = 2L * uri.toString().length() + 3L * contentType.length() + Submission.length(options);
        checkLength(submission, body.length, others, current);
        return current.submit(submission);
    }

    /**
     * The exact length is found out only where it may matter.
     *
     * @param others what target, content type and options take at most; a quarter of it they take at least
     */
    private void checkLength(Submission submission, int body, long others, AgentSession current) {
        long atMost = body + others;
        int limit = config.maxMessageBytes();
        if (atMost + HEADER_RESERVE > limit) {
            long atLeast = body + others / 4;
            long length = atLeast > limit ? atLeast : length(submission, current);
            if (length > limit) {
                throw new IllegalArgumentException(
                        "the request would be " + length + " bytes long, " + limit + " are allowed (maxMessageBytes)");
            }
        }
        if (config.pagerModeLimit() && atMost + HEADER_RESERVE > PAGER_MODE_BYTES) {
            int length = current.lengthOf(submission, config);
            if (length > PAGER_MODE_BYTES) {
                throw new IllegalArgumentException("the request would be " + length + " bytes long, " + PAGER_MODE_BYTES
                        + " are allowed (pagerModeLimit, RFC 3428 section 8)");
            }
        }
    }

    /** With room for the answer to a challenge, if there may be one; beyond what any SIP message may have, one byte more. */
    private long length(Submission submission, AgentSession current) {
        try {
            return current.lengthOf(submission, config) + (config.credentials().isEmpty() ? 0 : CREDENTIALS_RESERVE);
        } catch (IllegalStateException e) {
            return SipLimits.MAX_MESSAGE_BYTES + 1L;
        }
    }

    private AgentSession runningSession() {
        AgentSession current = session;
        if (current == null) {
            throw new NotReadyException("the agent was never started; call start()");
        }
        if (!running) {
            throw new NotReadyException("the agent is stopped; call start()");
        }
        return current;
    }

    @Override
    public String toString() {
        return "UserAgent[" + config.uri() + "]";
    }
}
