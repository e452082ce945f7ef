package io.websip.internal.agent;

import io.websip.internal.transaction.TransactionTimers;
import io.websip.sip.MediaType;
import io.websip.sip.SipLimits;
import io.websip.sip.SipUri;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the engine needs of an agent's configuration. Immutable.
 *
 * @param aor the address-of-record
 * @param displayName in From; null for none
 * @param userAgent the User-Agent header; empty for none
 */
public record AgentSettings(
        SipUri aor,
        @Nullable String displayName,
        String userAgent,
        ServerAddress server,
        SipUri registrar,
        boolean register,
        Duration registerExpires,
        UUID instanceId,
        List<MediaType> accept,
        boolean checkRequestUri,
        boolean oneAtATime,
        TransactionTimers timers,
        Duration dedupWindow,
        Duration stopGrace,
        Duration connectTimeout,
        Duration reconnectMin,
        Duration reconnectMax,
        SipLimits limits) {}
