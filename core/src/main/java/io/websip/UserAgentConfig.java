package io.websip;

import io.websip.auth.Credentials;
import io.websip.auth.DigestAlgorithm;
import io.websip.sip.MediaType;
import io.websip.sip.QuotedString;
import io.websip.sip.SipHeaders;
import io.websip.sip.SipLimits;
import io.websip.sip.SipParseException;
import io.websip.sip.SipUri;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private final ServerAddress server;
    private final boolean register;
    private final Duration registerExpires;
    private final SipUri registrar;
    private final @Nullable UUID instanceId;
    private final String userAgent;
    private final List<MediaType> accept;
    private final boolean checkRequestUri;
    private final boolean oneAtATime;
    private final int maxPendingMessages;
    private final int maxMessageBytes;
    private final int maxIncomingQueue;
    private final Duration t1;
    private final Duration t2;
    private final Duration t4;
    private final Duration transactionTimeout;
    private final Duration dedupWindow;
    private final Duration stopGrace;
    private final Duration connectTimeout;
    private final Duration reconnectMin;
    private final Duration reconnectMax;
    private final SipLimits limits;
    private final @Nullable Executor callbackExecutor;
    private final @Nullable RandomGenerator random;

    private UserAgentConfig(Builder b) {
        this.uri = required(b.uri, "uri", "the agent's address, such as sip:alice@example.com");
        this.server = required(b.server, "server", "the WebSocket URL, such as wss://sip.example.com");
        this.displayName = b.displayName;
        this.register = b.register;
        this.registerExpires = b.registerExpires;
        this.registrar = b.registrar != null ? b.registrar : SipUri.of(uri.scheme() + ":" + hostAndPort(uri));
        this.instanceId = b.instanceId;
        this.userAgent = b.userAgent;
        this.accept = List.copyOf(b.accept);
        this.checkRequestUri = b.checkRequestUri;
        this.oneAtATime = b.oneAtATime;
        this.maxPendingMessages = b.maxPendingMessages;
        this.maxMessageBytes = b.maxMessageBytes;
        this.maxIncomingQueue = b.maxIncomingQueue;
        this.t1 = b.t1;
        this.t2 = b.t2;
        this.t4 = b.t4;
        this.transactionTimeout = b.transactionTimeout != null ? b.transactionTimeout : b.t1.multipliedBy(64);
        this.dedupWindow = b.dedupWindow;
        this.stopGrace = b.stopGrace;
        this.connectTimeout = b.connectTimeout;
        this.reconnectMin = b.reconnectMin;
        this.reconnectMax = b.reconnectMax;
        this.limits = b.limits;
        this.callbackExecutor = b.callbackExecutor;
        this.random = b.random;
        this.digestAlgorithms = List.copyOf(b.digestAlgorithms);
        this.credentials = b.allCredentials(uri);
        if (uri.secure() && !server.secure()) {
            throw new IllegalArgumentException(
                    "uri '" + uri + "' is sips and demands a wss server (RFC 7118), not '" + server + "'");
        }
        if (reconnectMin.compareTo(reconnectMax) > 0) {
            throw new IllegalArgumentException(
                    "reconnectMin " + reconnectMin + " must not be greater than reconnectMax " + reconnectMax);
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
    public static Builder builder() {
        return new Builder();
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

    /** The server. */
    public ServerAddress server() {
        return server;
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

    /** Whether one message per target waits for the other. */
    public boolean oneAtATime() {
        return oneAtATime;
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

    /** T1 of RFC 3261 section 17. */
    public Duration t1() {
        return t1;
    }

    /** T2 of RFC 3261 section 17. */
    public Duration t2() {
        return t2;
    }

    /** T4 of RFC 3261 section 17. */
    public Duration t4() {
        return t4;
    }

    /** Timer F of RFC 3261 section 17.1.2.2. */
    public Duration transactionTimeout() {
        return transactionTimeout;
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

    /** The first pause before a new connection is tried. */
    public Duration reconnectMin() {
        return reconnectMin;
    }

    /** The longest pause before a new connection is tried. */
    public Duration reconnectMax() {
        return reconnectMax;
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

    @Override
    public String toString() {
        return "UserAgentConfig[" + uri + " at " + server + "]";
    }

    /** Collects the values. Not thread-safe. Each method refuses a bad value at once, naming it and the rule. */
    public static final class Builder {
        private @Nullable SipUri uri;
        private @Nullable ServerAddress server;
        private @Nullable String displayName;
        private @Nullable String password;
        private @Nullable String authorizationUser;
        private final List<Credentials> credentials = new ArrayList<>();
        private List<DigestAlgorithm> digestAlgorithms = List.of();
        private boolean register = true;
        private Duration registerExpires = Duration.ofSeconds(600);
        private @Nullable SipUri registrar;
        private @Nullable UUID instanceId;
        private String userAgent = "websip";
        private List<MediaType> accept = List.of(MediaType.of("text/plain"), MediaType.of("text/*"));
        private boolean checkRequestUri = true;
        private boolean oneAtATime = true;
        private int maxPendingMessages = 10_000;
        private int maxMessageBytes = 65_535;
        private int maxIncomingQueue = 1_000;
        private Duration t1 = Duration.ofMillis(500);
        private Duration t2 = Duration.ofSeconds(4);
        private Duration t4 = Duration.ofSeconds(5);
        private @Nullable Duration transactionTimeout;
        private Duration dedupWindow = Duration.ofSeconds(32);
        private Duration stopGrace = Duration.ofSeconds(2);
        private Duration connectTimeout = Duration.ofSeconds(15);
        private Duration reconnectMin = Duration.ofSeconds(2);
        private Duration reconnectMax = Duration.ofSeconds(30);
        private SipLimits limits = SipLimits.DEFAULT;
        private @Nullable Executor callbackExecutor;
        private @Nullable RandomGenerator random;

        private Builder() {}

        /**
         * The agent's address-of-record, such as {@code sip:alice@example.com}; {@code sip:} may be left out.
         *
         * @throws IllegalArgumentException if it is not a SIP URI with a user, or has a password, parameters or headers
         */
        public Builder uri(String addressOfRecord) {
            SipUri parsed = sipUri("uri", addressOfRecord);
            if (parsed.user().isEmpty()) {
                throw new IllegalArgumentException("uri '" + addressOfRecord + "' must have a user, as sip:alice@...");
            }
            if (parsed.password().isPresent()) {
                throw new IllegalArgumentException("uri must not hold a password (RFC 3261 section 19.1.1)");
            }
            if (!parsed.parameters().isEmpty() || parsed.headers().isPresent()) {
                throw new IllegalArgumentException(
                        "uri '" + addressOfRecord + "' must have no parameters and no headers (RFC 3261 section 10.3)");
            }
            uri = parsed;
            return this;
        }

        private static SipUri sipUri(String name, String text) {
            boolean complete = text.regionMatches(true, 0, "sip:", 0, 4) || text.regionMatches(true, 0, "sips:", 0, 5);
            try {
                return SipUri.parse(complete ? text : "sip:" + text);
            } catch (SipParseException e) {
                throw new IllegalArgumentException(name + " '" + text + "' is not a SIP URI: " + e.getMessage(), e);
            }
        }

        /**
         * The server's {@code ws:} or {@code wss:} URL.
         *
         * @throws IllegalArgumentException as {@link ServerAddress#parse}
         */
        public Builder server(String url) {
            server = ServerAddress.parse(url);
            return this;
        }

        /**
         * The name shown beside the address; quoted as needed.
         *
         * @throws IllegalArgumentException if it holds CR, LF or NUL
         */
        public Builder displayName(String name) {
            QuotedString.quote(name);
            displayName = name;
            return this;
        }

        /** The password for any realm; the username is that of {@link #authorizationUser}, else the user of the URI. */
        public Builder password(String password) {
            this.password = Objects.requireNonNull(password, "password");
            return this;
        }

        /** The username in digests where it is not the user of the URI. */
        public Builder authorizationUser(String username) {
            this.authorizationUser = Objects.requireNonNull(username, "authorizationUser");
            return this;
        }

        /** Further credentials, such as for one realm only or with HA1 in place of a password. */
        public Builder credentials(Credentials... more) {
            credentials.addAll(List.of(more));
            return this;
        }

        /**
         * Overrules RFC 8760 section 2.4, by which the topmost challenge that we support is answered: only these are
         * answered, the first of them that is offered for a realm. Leave MD5 out to forbid it.
         *
         * @throws IllegalArgumentException if none is given
         */
        public Builder digestAlgorithms(DigestAlgorithm... bestFirst) {
            if (bestFirst.length == 0) {
                throw new IllegalArgumentException("digestAlgorithms needs at least one algorithm");
            }
            digestAlgorithms = List.of(bestFirst);
            return this;
        }

        /** Whether to register once connected; true by default. */
        public Builder register(boolean yes) {
            register = yes;
            return this;
        }

        /**
         * The binding's life to ask for, 600 s by default; the registrar decides.
         *
         * @throws IllegalArgumentException if it is below 1 s or above 2**32-1 s
         */
        public Builder registerExpires(Duration life) {
            if (life.toSeconds() < 1 || life.toSeconds() > 0xffff_ffffL) {
                throw new IllegalArgumentException("registerExpires must be 1 s to 2**32-1 s, not " + life);
            }
            registerExpires = life;
            return this;
        }

        /**
         * The registrar, if it is not the domain of the URI.
         *
         * @throws IllegalArgumentException if it is not a SIP URI without a user (RFC 3261 section 10.2)
         */
        public Builder registrar(String domain) {
            SipUri parsed = sipUri("registrar", domain);
            if (parsed.user().isPresent() || parsed.headers().isPresent()) {
                throw new IllegalArgumentException(
                        "registrar '" + domain + "' must have no user and no headers (RFC 3261 section 10.2)");
            }
            registrar = parsed;
            return this;
        }

        /** A UUID that stays the same over restarts (RFC 5626 section 4.1); a random one per agent by default. */
        public Builder instanceId(UUID id) {
            instanceId = Objects.requireNonNull(id, "instanceId");
            return this;
        }

        /**
         * The User-Agent header, {@code websip} by default; the empty string sends none.
         *
         * @throws IllegalArgumentException if it holds CR, LF or NUL
         */
        public Builder userAgent(String product) {
            SipHeaders.check("User-Agent", product);
            userAgent = product;
            return this;
        }

        /**
         * The content types taken from others, as media ranges, text/* by default; a message of another type is answered
         * 415 with this list (RFC 3428 section 7). {@code *}{@code /*} takes everything.
         *
         * @throws IllegalArgumentException if there is none, or one is malformed
         */
        public Builder accept(String... mediaRanges) {
            if (mediaRanges.length == 0) {
                throw new IllegalArgumentException("accept needs at least one media range, such as text/plain");
            }
            List<MediaType> ranges = new ArrayList<>();
            for (String range : mediaRanges) {
                ranges.add(MediaType.of(range));
            }
            accept = ranges;
            return this;
        }

        /**
         * Whether a request whose Request-URI names neither our address nor our contact is answered 404 (RFC 3261 section
         * 8.2.2.1); true by default. Only the user parts are compared.
         */
        public Builder checkRequestUri(boolean yes) {
            checkRequestUri = yes;
            return this;
        }

        /**
         * Whether a message waits until the one before it to the same target has its final answer; true by default, since
         * RFC 3428 section 8 forbids more than one pending at once outside a dialog, whatever the transport. Other targets
         * never wait. Turn it off only towards a server that is known to be fit for it.
         */
        public Builder oneAtATime(boolean yes) {
            oneAtATime = yes;
            return this;
        }

        /**
         * How many messages may be without outcome at once, 10,000 by default; beyond it {@code send} throws.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxPendingMessages(int count) {
            maxPendingMessages = atLeastOne("maxPendingMessages", count);
            return this;
        }

        /**
         * The longest request to send in bytes, 65,535 by default, which is what real servers take; a longer one is
         * refused before anything is sent.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = atLeastOne("maxMessageBytes", bytes);
            return this;
        }

        /**
         * How many received messages may wait for the listeners at once, 1,000 by default; the surplus is answered 503
         * with Retry-After.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxIncomingQueue(int count) {
            maxIncomingQueue = atLeastOne("maxIncomingQueue", count);
            return this;
        }

        /**
         * The timers of RFC 3261 section 17, 500 ms, 4 s and 5 s by default. The transaction time-out is 64 times T1
         * unless it is set.
         *
         * @throws IllegalArgumentException if one is not positive, or T2 is below T1
         */
        public Builder timers(Duration t1, Duration t2, Duration t4) {
            this.t1 = positive("t1", t1);
            this.t2 = positive("t2", t2);
            this.t4 = positive("t4", t4);
            if (t2.compareTo(t1) < 0) {
                throw new IllegalArgumentException("t2 " + t2 + " must not be below t1 " + t1);
            }
            return this;
        }

        /**
         * How long a request waits for its final answer, 32 s by default (timer F).
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder transactionTimeout(Duration timeout) {
            transactionTimeout = positive("transactionTimeout", timeout);
            return this;
        }

        /**
         * How long an incoming MESSAGE is remembered, so that its repetition is answered but not delivered again; 32 s by
         * default. Zero turns it off.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder dedupWindow(Duration window) {
            dedupWindow = notNegative("dedupWindow", window);
            return this;
        }

        /**
         * How long {@code stop} waits for messages under way before they fail, 2 s by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder stopGrace(Duration grace) {
            stopGrace = notNegative("stopGrace", grace);
            return this;
        }

        /**
         * How long an attempt to connect may take, handshake included, 15 s by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive("connectTimeout", timeout);
            return this;
        }

        /**
         * The bounds of the pause before a lost connection is tried again, 2 s and 30 s by default. It doubles with each
         * failure, and 50 to 100 % of it are waited (as in RFC 5626 section 4.5).
         *
         * @throws IllegalArgumentException if one is not positive
         */
        public Builder reconnect(Duration min, Duration max) {
            reconnectMin = positive("reconnect minimum", min);
            reconnectMax = positive("reconnect maximum", max);
            return this;
        }

        /** Limits on what is received; {@link SipLimits#DEFAULT} by default. */
        public Builder limits(SipLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Where listeners and the dependants of futures run, one at a time and in order; by default on a pool of the
         * transport. {@code Runnable::run} runs them on the agent's loop: fast, but they must never block.
         */
        public Builder callbackExecutor(Executor executor) {
            callbackExecutor = Objects.requireNonNull(executor, "callbackExecutor");
            return this;
        }

        /**
         * The source of tags, branches and Call-IDs, by default a {@link java.security.SecureRandom}. Anything
         * predictable belongs in tests only (RFC 3261 section 19.3). Used by the agents' loops; must be thread-safe if
         * several agents share it.
         */
        public Builder random(RandomGenerator source) {
            random = Objects.requireNonNull(source, "random");
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException if {@code uri} or {@code server} is missing, a password is without effect, or
         *     a sips address has a ws server
         */
        public UserAgentConfig build() {
            return new UserAgentConfig(this);
        }

        private List<Credentials> allCredentials(SipUri own) {
            List<Credentials> all = new ArrayList<>(credentials);
            if (password != null) {
                String user = authorizationUser != null
                        ? authorizationUser
                        : own.user().orElseThrow();
                all.add(Credentials.password(user, password));
            } else if (authorizationUser != null) {
                throw new IllegalArgumentException("authorizationUser is given without a password");
            }
            return List.copyOf(all);
        }

        private static int atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, not " + value);
            }
            return value;
        }

        private static Duration positive(String name, Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException(name + " must be positive, not " + value);
            }
            return value;
        }

        private static Duration notNegative(String name, Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(name + " must not be negative, but is " + value);
            }
            return value;
        }
    }
}
