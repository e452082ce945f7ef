package io.websip.internal.connection;

import io.websip.internal.transaction.TransactionTimers;
import io.websip.sip.SipLimits;
import io.websip.transport.ServerAddress;
import java.time.Duration;

/**
 * What a {@link Link} needs of an agent's configuration. Immutable.
 *
 * @param connectTimeout how long an attempt to connect may take
 * @param reconnectMin the first pause before a new connection is tried
 * @param reconnectMax the longest
 * @param timers those of the transactions on the connection
 * @param limits on what is received
 */
public record LinkSettings(
        ServerAddress server,
        Duration connectTimeout,
        Duration reconnectMin,
        Duration reconnectMax,
        TransactionTimers timers,
        SipLimits limits) {}
