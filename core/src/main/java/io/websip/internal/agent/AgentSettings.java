package io.websip.internal.agent;

import io.websip.internal.connection.LinkSettings;
import io.websip.internal.registration.RegistrationSettings;
import io.websip.sip.MediaType;
import io.websip.sip.SipUri;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engine needs of an agent's configuration. Immutable.
 *
 * @param aor the address-of-record
 * @param displayName in From; null for none
 * @param outboundProxy the first to visit, of every request; null for none
 * @param userAgent the User-Agent header; empty for none
 */
public record AgentSettings(
        SipUri aor,
        @Nullable String displayName,
        @Nullable SipUri outboundProxy,
        String userAgent,
        List<MediaType> accept,
        boolean checkRequestUri,
        SendingSettings sending,
        Duration dedupWindow,
        Duration stopGrace,
        LinkSettings link,
        RegistrationSettings registration) {}
