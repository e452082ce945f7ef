package io.websip.config;

import io.websip.sip.QuotedString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a message may carry beside target, body and content type, and how it is sent. Immutable. */
public final class MessageOptions {
    /** Nothing. */
    public static final MessageOptions NONE = builder().build();

    private final List<ExtraHeader> extraHeaders;
    private final boolean anonymous;
    private final @Nullable String displayName;
    private final @Nullable Duration expires;
    private final @Nullable Duration holdFor;
    private final @Nullable Duration timeout;
    private final int retries;
    private final Set<RetryOn> retryOn;
    private final int maxRedirects;

    private MessageOptions(Builder builder) {
        this.extraHeaders = List.copyOf(builder.extraHeaders);
        this.anonymous = builder.anonymous;
        this.displayName = builder.displayName;
        this.expires = builder.expires;
        this.holdFor = builder.holdFor;
        this.timeout = builder.timeout;
        this.retries = builder.retries;
        this.retryOn = Set.copyOf(builder.retryOn);
        this.maxRedirects = builder.redirects;
    }

    /** Starts with {@link #NONE}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The program's own header rows, in the order given. */
    public List<ExtraHeader> extraHeaders() {
        return extraHeaders;
    }

    /** The name beside the address, in place of the agent's own; empty for that. */
    public Optional<String> displayName() {
        return Optional.ofNullable(displayName);
    }

    /** Whether From tells nothing of the sender (RFC 3323 section 4.1). */
    public boolean isAnonymous() {
        return anonymous;
    }

    /** For how long the message means anything to its receiver (RFC 3428 section 4); empty for no bound. */
    public Optional<Duration> expires() {
        return Optional.ofNullable(expires);
    }

    /** How long the message may wait for a connection and a registration; empty for not at all. */
    public Optional<Duration> holdFor() {
        return Optional.ofNullable(holdFor);
    }

    /** How long its final response is awaited; empty for the transaction's own time. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** How often the message may be sent again. */
    public int retries() {
        return retries;
    }

    /** After what the message may be sent again. */
    public Set<RetryOn> retryOn() {
        return retryOn;
    }

    /** How many targets of 3xx responses are tried. */
    public int maxRedirects() {
        return maxRedirects;
    }

    /** Whether one of the program's own header rows has that name, in any case. */
    public boolean has(String header) {
        return extraHeaders.stream().anyMatch(extra -> extra.name().equalsIgnoreCase(header));
    }

    /** Collects options. Not thread-safe. Each method refuses a bad value at once, naming it and the rule. */
    public static final class Builder {
        private static final long MAX_SECONDS = 0xffff_ffffL;
        private static final Duration MAX_WAIT = Duration.ofDays(31);

        private final List<ExtraHeader> extraHeaders = new ArrayList<>();
        private final Set<RetryOn> retryOn = EnumSet.noneOf(RetryOn.class);
        private int retries;
        private int redirects;
        private boolean anonymous;
        private @Nullable String displayName;
        private @Nullable Duration expires;
        private @Nullable Duration holdFor;
        private @Nullable Duration timeout;

        private Builder() {}

        /**
         * Header rows, each as {@code Name: value}, sent in the order given.
         *
         * @throws InvalidHeaderException if one has no colon, its name is not a token, its value holds a control character, or
         *     it is one that only the library may set: Via, From, To, Call-ID, CSeq, Route, Record-Route, Contact,
         *     Content-Length, Content-Type (an argument of send) and Max-Forwards, by long or compact name
         */
        public Builder extraHeaders(String... headers) {
            for (String header : headers) {
                extraHeaders.add(ExtraHeader.parse(header));
            }
            return this;
        }

        /**
         * The name shown beside the address, in place of the agent's own; quoted as needed.
         *
         * @throws IllegalArgumentException if it holds a control character
         */
        public Builder displayName(String name) {
            QuotedString.quote(name);
            displayName = name;
            return this;
        }

        /**
         * From says {@code "Anonymous" <sip:anonymous@anonymous.invalid>}, Privacy asks that nobody on the way names the
         * sender, there is no User-Agent, and Via has a host name that no other request has (RFC 3323 section 4.1). No
         * credentials go along in advance. Only a 407 in a realm of our own server is answered, which tells the proxy who sends
         * the message; a 401, which the receiver may have sent, makes it fail with {@code Authentication Error}. The
         * connection is the agent's own.
         */
        public Builder anonymous() {
            anonymous = true;
            return this;
        }

        /**
         * For how long the message means anything to its receiver: sent as Expires, with the Date (RFC 3428 section 4).
         * Once it is over, a message that still waits is not sent and fails with {@code Expired}.
         *
         * @param life whole seconds, 1 s to 2**32-1 s; parts of a second are cut off
         * @throws IllegalArgumentException if it is out of its bounds
         */
        public Builder expires(Duration life) {
            if (life.toSeconds() < 1 || life.toSeconds() > MAX_SECONDS) {
                throw new IllegalArgumentException("expires must be 1 s to 2**32-1 s, not " + life);
            }
            expires = Duration.ofSeconds(life.toSeconds());
            return this;
        }

        /**
         * How long the message may wait, from {@code send} on, for a connection and, if the agent registers, for the
         * registration. If neither has come by then it fails with {@code Expired} and has never been sent. Without
         * this option a message fails at once where there is no connection. Waiting for another message to the same target
         * does not count as long as the connection stands.
         *
         * @param time above zero, at most 31 days
         * @throws IllegalArgumentException if it is out of its bounds
         */
        public Builder holdFor(Duration time) {
            holdFor = checked("holdFor", time);
            return this;
        }

        /**
         * How long the final answer is waited for once the message has been sent, challenges included; in place of
         * {@link UserAgentConfigBuilder#transactionTimeout}. It then fails with {@code Request Timeout}. Each time that it is
         * sent again by {@link #retry} or {@link #followRedirects} counts anew. Where that is the shorter of the two, the
         * next message to the target goes all the same only once the server has answered, or the longer one is over, since
         * this one is pending there still (RFC 3428 section 8; {@link SendingPolicy}). Where the agent goes over to a
         * better server meanwhile, the old connection stays for as long.
         *
         * @param time above zero, at most 31 days
         * @throws IllegalArgumentException if it is out of its bounds
         */
        public Builder timeout(Duration time) {
            timeout = checked("timeout", time);
            return this;
        }

        /**
         * Lets the library send the message again after some failures; it never does so by itself. It is then a new
         * request with the same Call-ID and a higher CSeq (RFC 3261 section 8.1.3.5), and keeps its place before later
         * messages to the same target.
         *
         * @param times how often at most, 1 to 100
         * @param after each failure after which it may be sent again
         * @throws IllegalArgumentException if the number is out of its bounds, or there is no such failure
         */
        public Builder retry(int times, RetryOn... after) {
            if (times < 1 || times > 100) {
                throw new IllegalArgumentException("retry takes 1 to 100 times, not " + times);
            }
            if (after.length == 0) {
                throw new IllegalArgumentException("retry needs at least one of " + List.of(RetryOn.values()));
            }
            retries = times;
            retryOn.clear();
            retryOn.addAll(List.of(after));
            return this;
        }

        /**
         * Lets the library follow 3xx responses: to their contacts in the order of their q, each URI once, also to those
         * that further 3xx responses name (RFC 3261 section 8.1.3.4). A 6xx ends it; else the last failure is the outcome.
         * A message to a sips target goes to sips targets only. Without this option a 3xx fails with
         * {@code Redirected} and tells its contacts.
         *
         * @param max how many other targets are tried at most, 1 to 30
         * @throws IllegalArgumentException if it is out of its bounds
         */
        public Builder followRedirects(int max) {
            if (max < 1 || max > 30) {
                throw new IllegalArgumentException("followRedirects takes 1 to 30 targets, not " + max);
            }
            redirects = max;
            return this;
        }

        private static Duration checked(String name, Duration time) {
            Objects.requireNonNull(time, name);
            if (time.isZero() || time.isNegative() || time.compareTo(MAX_WAIT) > 0) {
                throw new IllegalArgumentException(name + " must be above zero and at most 31 days, not " + time);
            }
            return time;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException if two of them contradict each other: a display name and {@link #anonymous}, or
         *     {@link #expires} and an extra header Expires or Date
         */
        public MessageOptions build() {
            if (anonymous && displayName != null) {
                throw new IllegalArgumentException("a message is anonymous or has a displayName, not both");
            }
            MessageOptions options = new MessageOptions(this);
            if (expires != null && (options.has("Expires") || options.has("Date"))) {
                throw new IllegalArgumentException(
                        "expires(...) sets Expires and Date, which must not be extra headers too");
            }
            return options;
        }
    }
}
