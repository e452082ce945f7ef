package io.websip.transport.fake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that goes wrong with a connection. Faults are set for an address ({@link FakeEndpoint#onEveryConnection},
 * {@link FakeEndpoint#onNextConnection}) or, those of a connection that is open, on it ({@link FakeConnection#apply}).
 * Nothing about them is random. Immutable.
 */
public sealed interface Fault {
    /** A fault that keeps a connection from opening. Of several, the first counts. */
    sealed interface OnConnect extends Fault {}

    /** A fault of an open connection; set for an address, it starts as soon as the client has opened. */
    sealed interface OnLink extends Fault {}

    /**
     * The server answers the upgrade request with that status instead of 101.
     *
     * @param httpStatus 100 to 599, but not 101
     * @param retryAfter the time of its Retry-After header, zero or more; empty for none
     */
    record Refuse(int httpStatus, Optional<Duration> retryAfter) implements OnConnect {
        /** Checks the values: {@link IllegalArgumentException} if one is out of its bounds. */
        public Refuse {
            if (httpStatus < 100 || httpStatus > 599 || httpStatus == 101) {
                throw new IllegalArgumentException("no HTTP status that refuses an upgrade: " + httpStatus);
            }
            if (retryAfter.filter(Duration::isNegative).isPresent()) {
                throw new IllegalArgumentException("negative Retry-After: " + retryAfter.get());
            }
        }
    }

    /** The server agrees to a WebSocket, but not to the subprotocol {@code sip} (RFC 7118 section 4.1). */
    record NoSubprotocol() implements OnConnect {}

    /** Nothing listens there, as if the server had been stopped. */
    record Unreachable() implements OnConnect {}

    /** The server takes the upgrade request and never answers. The attempt lasts until the client gives it up. */
    record SilentHandshake() implements OnConnect {}

    /**
     * Each frame takes that long, in either direction; order is kept. Set for an address, it holds for the handshake too.
     * It takes the place of {@link FakeNetwork#latency}.
     *
     * @param oneWay zero or more; kept to the nanosecond
     */
    record Latency(Duration oneWay) implements OnLink {
        /** Checks the time: {@link IllegalArgumentException} if it is negative. */
        public Latency {
            if (oneWay.isNegative()) {
                throw new IllegalArgumentException("negative latency: " + oneWay);
            }
        }
    }

    /**
     * The connection breaks, without a close frame, right after that many more messages have been delivered in that
     * direction, and before anyone can answer the last of them. Both ends notice at once; what is under way is lost.
     *
     * @param messages zero or more; zero breaks it at once
     */
    record CutAfter(Direction direction, int messages) implements OnLink {
        /** Checks the number: {@link IllegalArgumentException} if it is negative. */
        public CutAfter {
            if (messages < 0) {
                throw new IllegalArgumentException("negative number of messages: " + messages);
            }
        }
    }

    /**
     * Messages are accepted, but nothing arrives in that direction until {@link FakeConnection#release}, which delivers
     * all in order; a sender meets its cap on waiting bytes meanwhile.
     */
    record Stall(Direction direction) implements OnLink {}

    /**
     * The way between the ends is gone without notice, as when a NAT forgets its binding: nothing arrives any more, in
     * either direction, and no end is told. It does not heal.
     */
    record HalfOpen() implements OnLink {}

    /**
     * These bytes arrive as a message that nobody has sent, after what is under way already.
     *
     * @param bytes as a string of ISO-8859-1 characters, one for each byte, so that faults can be compared
     */
    record Garbage(Direction direction, String bytes) implements OnLink {
        /** Checks the characters: {@link IllegalArgumentException} if one is beyond U+00FF. */
        public Garbage {
            if (bytes.chars().anyMatch(c -> c > 0xff)) {
                throw new IllegalArgumentException("a character beyond U+00FF is no byte");
            }
        }
    }

    /** The server's end answers no WebSocket ping any more, as one whose process hangs; all else goes on. */
    record NoPong() implements OnLink {}

    /** {@link Refuse}, without Retry-After. */
    static OnConnect refuse(int httpStatus) {
        return new Refuse(httpStatus, Optional.empty());
    }

    /** {@link Refuse}. */
    static OnConnect refuse(int httpStatus, Duration retryAfter) {
        return new Refuse(httpStatus, Optional.of(retryAfter));
    }

    /** {@link NoSubprotocol}. */
    static OnConnect noSubprotocol() {
        return new NoSubprotocol();
    }

    /** {@link Unreachable}. */
    static OnConnect unreachable() {
        return new Unreachable();
    }

    /** {@link SilentHandshake}. */
    static OnConnect silentHandshake() {
        return new SilentHandshake();
    }

    /** {@link Latency}. */
    static OnLink latency(Duration oneWay) {
        return new Latency(oneWay);
    }

    /** {@link CutAfter}. */
    static OnLink cutAfter(Direction direction, int messages) {
        return new CutAfter(direction, messages);
    }

    /** {@link Stall}. */
    static OnLink stall(Direction direction) {
        return new Stall(direction);
    }

    /** {@link HalfOpen}. */
    static OnLink halfOpen() {
        return new HalfOpen();
    }

    /** {@link NoPong}. */
    static OnLink noPong() {
        return new NoPong();
    }

    /** {@link Garbage}. */
    static OnLink garbage(Direction direction, byte[] bytes) {
        return new Garbage(direction, new String(bytes, StandardCharsets.ISO_8859_1));
    }
}
