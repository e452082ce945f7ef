package io.websip.config;

import java.time.Duration;

/** How the agent keeps its binding at the registrar. Immutable. */
public final class RegistrationOptions {
    /** What holds where nothing else is said. */
    public static final RegistrationOptions DEFAULT = builder().build();

    private final boolean autoRefresh;
    private final boolean outbound;
    private final int regId;
    private final Duration retryMin;
    private final Duration retryMax;

    private RegistrationOptions(Builder builder) {
        this.autoRefresh = builder.autoRefresh;
        this.outbound = builder.outbound;
        this.regId = builder.regId;
        this.retryMin = builder.retryMin;
        this.retryMax = builder.retryMax;
    }

    /** Starts with {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether the agent refreshes its binding by itself. */
    public boolean autoRefresh() {
        return autoRefresh;
    }

    /** Whether the agent offers RFC 5626. */
    public boolean outbound() {
        return outbound;
    }

    /** The reg-id. */
    public int regId() {
        return regId;
    }

    /** The longest first pause after a failure. */
    public Duration retryMin() {
        return retryMin;
    }

    /** The longest pause after many failures. */
    public Duration retryMax() {
        return retryMax;
    }

    @Override
    public String toString() {
        return "RegistrationOptions[autoRefresh=" + autoRefresh + ", outbound=" + outbound + ", regId=" + regId
                + ", retry=" + retryMin + " to " + retryMax + "]";
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private boolean autoRefresh = true;
        private boolean outbound = true;
        private int regId = 1;
        private Duration retryMin = Duration.ofSeconds(30);
        private Duration retryMax = Duration.ofSeconds(1_800);

        private Builder() {}

        /**
         * Whether the agent refreshes its binding by itself; true by default. With false the program does, by
         * {@code UserAgent.register()} when {@code UserAgentListener.onRegistrationExpiring} tells that it is time; what it
         * lets lapse is not registered again before it says so, or the connection is a new one.
         */
        public Builder autoRefresh(boolean yes) {
            autoRefresh = yes;
            return this;
        }

        /**
         * Whether to register by RFC 5626, with a reg-id; true by default. A registrar that knows nothing of it takes no
         * notice, and one whose first hop lacks it (439) is asked again without. Turn it off for one that is led astray.
         */
        public Builder outbound(boolean yes) {
            outbound = yes;
            return this;
        }

        /**
         * The reg-id, which tells the flows of one instance id apart (RFC 5626 section 4.2); 1 by default. Agents that are
         * to be registered at once under one instance id each need another.
         *
         * @throws IllegalArgumentException if it is not 1 to 2**31-1
         */
        public Builder regId(int id) {
            if (id < 1) {
                throw new IllegalArgumentException("regId must be 1 to 2**31-1 (RFC 5626 section 4.2), not " + id);
            }
            regId = id;
            return this;
        }

        /**
         * The bounds of the pause before a failed REGISTER is tried again, 30 s and 1,800 s by default. It doubles with
         * each failure, and 50 to 100 % of it are waited (as in RFC 5626 section 4.5); a larger Retry-After
         * wins. After a refusal that time will hardly mend, such as 403, the longest pause follows at once.
         *
         * @throws IllegalArgumentException if one is below 1 s (RFC 3261 section 10.2.7: not at once), or the first is
         *     above the second
         */
        public Builder retry(Duration min, Duration max) {
            if (min.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(
                        "retry minimum must be at least 1 s (RFC 3261 section 10.2.7), not " + min);
            }
            if (min.compareTo(max) > 0) {
                throw new IllegalArgumentException("retry minimum " + min + " must not be above the maximum " + max);
            }
            retryMin = min;
            retryMax = Durations.bounded("retry maximum", max);
            return this;
        }

        /** The options. */
        public RegistrationOptions build() {
            return new RegistrationOptions(this);
        }
    }
}
