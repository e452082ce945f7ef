package io.websip.config;

import io.websip.dns.DnsResolver;
import io.websip.sip.MediaType;
import io.websip.sip.SipLimits;
import io.websip.sip.SipUri;
import io.websip.trace.WireTrace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a user agent needs to know: who it is, where its server is, and how it behaves. Immutable; may serve any number of
 * agents. {@code toString} shows no secret.
 */
public final class UserAgentConfig {
    private final SipUri uri;
    private final @Nullable String displayName;
    private final List<Credentials> credentials;
    private final List<DigestAlgorithm> digestAlgorithms;
    private final List<Server> servers;
    private final boolean requireTls;
    private final @Nullable DnsResolver dnsResolver;
    private final boolean register;
    private final Duration registerExpires;
    private final SipUri registrar;
    private final @Nullable UUID instanceId;
    private final RegistrationOptions registration;
    private final @Nullable SipUri outboundProxy;
    private final String userAgent;
    private final List<MediaType> accept;
    private final boolean checkRequestUri;
    private final SendingPolicy sendingPolicy;
    private final boolean pagerModeLimit;
    private final int maxPendingMessages;
    private final int maxMessageBytes;
    private final int maxIncomingQueue;
    private final long maxIncomingBytes;
    private final long maxPendingBytes;
    private final SipTimers timers;
    private final Duration dedupWindow;
    private final Duration stopGrace;
    private final Duration connectTimeout;
    private final ReconnectPolicy reconnect;
    private final KeepAlive keepAlive;
    private final SipLimits limits;
    private final @Nullable Executor callbackExecutor;
    private final @Nullable RandomGenerator random;
    private final @Nullable WireTrace wireTrace;

    UserAgentConfig(UserAgentConfigBuilder b) {
        this.uri = required(b.uri, "uri", "the agent's address, such as sip:alice@example.com");
        this.servers = List.copyOf(b.servers);
        this.requireTls = b.requireTls || uri.secure();
        this.dnsResolver = b.dnsResolver;
        this.displayName = b.displayName;
        this.register = b.register;
        this.registerExpires = b.registerExpires;
        this.registrar = b.registrar != null ? b.registrar : SipUri.of(uri.scheme() + ":" + hostAndPort(uri));
        this.instanceId = b.instanceId;
        this.registration = b.registration;
        this.outboundProxy = b.outboundProxy;
        this.userAgent = b.userAgent;
        this.accept = List.copyOf(b.accept);
        this.checkRequestUri = b.checkRequestUri;
        this.sendingPolicy = b.sendingPolicy;
        this.pagerModeLimit = b.pagerModeLimit;
        this.maxPendingMessages = b.maxPendingMessages;
        this.maxMessageBytes = b.maxMessageBytes;
        this.maxIncomingQueue = b.maxIncomingQueue;
        this.maxIncomingBytes = b.maxIncomingBytes;
        this.maxPendingBytes = b.maxPendingBytes;
        this.timers = new SipTimers(
                b.t1, b.t2, b.t4, b.transactionTimeout != null ? b.transactionTimeout : b.t1.multipliedBy(64));
        this.dedupWindow = b.dedupWindow;
        this.stopGrace = b.stopGrace;
        this.connectTimeout = b.connectTimeout;
        this.reconnect = b.reconnect;
        this.keepAlive = b.keepAlive;
        this.limits = b.limits;
        this.callbackExecutor = b.callbackExecutor;
        this.random = b.random;
        this.wireTrace = b.wireTrace;
        this.digestAlgorithms = List.copyOf(b.digestAlgorithms);
        this.credentials = b.allCredentials(uri);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException(
                    "server is missing: the WebSocket URL, such as wss://sip.example.com, or a domain");
        }
        if (uri.secure() && !allSecure()) {
            throw new IllegalArgumentException(
                    "uri '" + uri + "' is sips and demands wss of every server (RFC 7118 section 9.2), not " + servers);
        }
        if (requireTls && !allSecure()) {
            throw new IllegalArgumentException("requireTls demands wss of every server, not " + servers);
        }
    }

    private static <T> T required(@Nullable T value, String name, String meaning) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing: " + meaning);
        }
        return value;
    }

    private static String hostAndPort(SipUri uri) {
        return uri.port() == -1 ? uri.host() : uri.host() + ":" + uri.port();
    }

    /** Starts with the defaults; {@code uri} and {@code server} must be given. */
    public static UserAgentConfigBuilder builder() {
        return new UserAgentConfigBuilder();
    }

    /** The address-of-record. */
    public SipUri uri() {
        return uri;
    }

    /** The display name in From. */
    public Optional<String> displayName() {
        return Optional.ofNullable(displayName);
    }

    /** The credentials, in the order in which they were given. */
    public List<Credentials> credentials() {
        return credentials;
    }

    /** The digest algorithms that may be answered; where their order counts, the first is the best. Empty: any, as offered. */
    public List<DigestAlgorithm> digestAlgorithms() {
        return digestAlgorithms;
    }

    /** The servers, in the order in which they were given; at least one. */
    public List<Server> servers() {
        return servers;
    }

    /** Whether every connection is wss. */
    public boolean allSecure() {
        return servers.stream()
                .allMatch(server ->
                        server instanceof Server.Url url ? url.address().secure() : requireTls);
    }

    /** Whether of the servers of a domain only those of wss are taken; always so for a sips address. */
    public boolean requireTls() {
        return requireTls;
    }

    /** How the servers of domains are looked up; empty for {@link DnsResolver#system()}. */
    public Optional<DnsResolver> dnsResolver() {
        return Optional.ofNullable(dnsResolver);
    }

    /** Whether the agent registers by itself once it is connected. */
    public boolean register() {
        return register;
    }

    /** The binding's life that is asked for. */
    public Duration registerExpires() {
        return registerExpires;
    }

    /** The Request-URI of REGISTER. */
    public SipUri registrar() {
        return registrar;
    }

    /** The instance id; empty for a random one per agent. */
    public Optional<UUID> instanceId() {
        return Optional.ofNullable(instanceId);
    }

    /** How the binding is kept. */
    public RegistrationOptions registration() {
        return registration;
    }

    /** The proxy that every request visits first. */
    public Optional<SipUri> outboundProxy() {
        return Optional.ofNullable(outboundProxy);
    }

    /** The User-Agent header; empty for none. */
    public String userAgent() {
        return userAgent;
    }

    /** The content types that are accepted, as media ranges. */
    public List<MediaType> accept() {
        return accept;
    }

    /** Whether a request for another user is answered 404. */
    public boolean checkRequestUri() {
        return checkRequestUri;
    }

    /** How many messages to one target may be under way at once. */
    public SendingPolicy sendingPolicy() {
        return sendingPolicy;
    }

    /** Whether a request longer than 1,300 bytes is refused. */
    public boolean pagerModeLimit() {
        return pagerModeLimit;
    }

    /** How many messages may be under way or waiting at once. */
    public int maxPendingMessages() {
        return maxPendingMessages;
    }

    /** The longest request that is sent, in bytes. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    /** How many incoming messages may wait for the listeners at once. */
    public int maxIncomingQueue() {
        return maxIncomingQueue;
    }

    /** See {@link UserAgentConfigBuilder#maxIncomingBytes}. */
    public long maxIncomingBytes() {
        return maxIncomingBytes;
    }

    /** See {@link UserAgentConfigBuilder#maxPendingBytes}. */
    public long maxPendingBytes() {
        return maxPendingBytes;
    }

    /** The times that transactions run by. */
    public SipTimers timers() {
        return timers;
    }

    /** How long a repeated request is recognised. */
    public Duration dedupWindow() {
        return dedupWindow;
    }

    /** How long a stop waits for messages under way. */
    public Duration stopGrace() {
        return stopGrace;
    }

    /** How long an attempt to connect may take. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** How a lost connection is tried again. */
    public ReconnectPolicy reconnect() {
        return reconnect;
    }

    /** How a connection is kept alive. */
    public KeepAlive keepAlive() {
        return keepAlive;
    }

    /** Limits on what is received. */
    public SipLimits limits() {
        return limits;
    }

    /** Where listeners run; empty for the transport's own pool. */
    public Optional<Executor> callbackExecutor() {
        return Optional.ofNullable(callbackExecutor);
    }

    /** The source of tags, branches, Call-IDs and nonces; empty for a {@link java.security.SecureRandom}. */
    public Optional<RandomGenerator> random() {
        return Optional.ofNullable(random);
    }

    /** What sees all messages as they go over the wire; empty for nothing. */
    public Optional<WireTrace> wireTrace() {
        return Optional.ofNullable(wireTrace);
    }

    @Override
    public String toString() {
        return "UserAgentConfig[" + uri + " at " + servers + "]";
    }
}
