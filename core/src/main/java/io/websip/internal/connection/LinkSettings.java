package io.websip.internal.connection;

import io.websip.internal.transaction.TransactionTimers;
import io.websip.sip.SipLimits;
import java.time.Duration;
import java.util.List;

/**
 * What a {@link Link} needs of an agent's configuration. Immutable.
 *
 * @param servers at least one
 * @param connectTimeout how long an attempt to connect may take, and a lookup before it
 * @param timers those of the transactions on the connection
 * @param limits on what is received
 */
public record LinkSettings(
        List<ServerSettings> servers,
        LocationSettings location,
        Duration connectTimeout,
        ReconnectSettings reconnect,
        KeepAliveSettings keepAlive,
        TransactionTimers timers,
        SipLimits limits) {}
