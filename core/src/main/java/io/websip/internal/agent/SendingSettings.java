package io.websip.internal.agent;

import java.time.Duration;

/**
 * How an agent sends messages. Immutable.
 *
 * @param oneAtATime whether one message per target waits for the other (RFC 3428 section 8)
 * @param maxWaitingPerTarget how many may wait behind it
 * @param maxMessageBytes the longest request
 * @param answerTime how long a final answer is waited for; also how long a message waits before it is sent again where its
 *     options say nothing
 * @param allSecure whether every server is spoken to over TLS
 */
public record SendingSettings(
        boolean oneAtATime, int maxWaitingPerTarget, int maxMessageBytes, Duration answerTime, boolean allSecure) {}
