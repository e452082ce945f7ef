package io.websip;

import io.websip.dns.DnsResolver;
import io.websip.internal.agent.AgentSettings;
import io.websip.internal.agent.SendingSettings;
import io.websip.internal.connection.KeepAliveSettings;
import io.websip.internal.connection.LinkSettings;
import io.websip.internal.connection.LocationSettings;
import io.websip.internal.connection.ReconnectSettings;
import io.websip.internal.connection.ServerSettings;
import io.websip.internal.registration.RegistrationSettings;
import io.websip.internal.transaction.TransactionTimers;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Turns a configuration into what each part of the engine needs of it. */
final class Settings {
    private Settings() {}

    static AgentSettings of(UserAgentConfig config, RandomGenerator random) {
        return new AgentSettings(
                config.uri(),
                config.displayName().orElse(null),
                config.outboundProxy().orElse(null),
                config.userAgent(),
                config.accept(),
                config.checkRequestUri(),
                sending(config),
                config.dedupWindow(),
                config.stopGrace(),
                link(config),
                registration(config, random));
    }

    private static SendingSettings sending(UserAgentConfig config) {
        return new SendingSettings(
                config.sendingPolicy().isOneAtATime(),
                config.sendingPolicy().maxWaiting(),
                config.maxMessageBytes(),
                config.transactionTimeout(),
                config.allSecure());
    }

    private static LinkSettings link(UserAgentConfig config) {
        return new LinkSettings(
                config.servers().stream().map(Settings::server).toList(),
                new LocationSettings(config.dnsResolver().orElseGet(DnsResolver::system), config.requireTls()),
                config.connectTimeout(),
                reconnect(config.reconnect()),
                keepAlive(config.keepAlive()),
                new TransactionTimers(config.t1(), config.t2(), config.t4(), config.transactionTimeout()),
                config.limits());
    }

    private static ServerSettings server(Server server) {
        if (server instanceof Server.Url url) {
            return new ServerSettings.Fixed(url.address(), url.weight());
        }
        return new ServerSettings.OfDomain(((Server.Domain) server).name(), server.weight());
    }

    private static ReconnectSettings reconnect(ReconnectPolicy policy) {
        return new ReconnectSettings(
                policy.min(), policy.max(), policy.attempts().orElse(-1), policy.spread());
    }

    private static KeepAliveSettings keepAlive(KeepAlive keepAlive) {
        KeepAliveSettings.Kind kind = switch (keepAlive.kind()) {
            case WEBSOCKET_PING -> KeepAliveSettings.Kind.WEBSOCKET_PING;
            case CRLF -> KeepAliveSettings.Kind.CRLF;
            case OFF -> KeepAliveSettings.Kind.OFF;
        };
        return new KeepAliveSettings(kind, keepAlive.interval().orElse(null), keepAlive.pongTimeout());
    }

    private static RegistrationSettings registration(UserAgentConfig config, RandomGenerator random) {
        RegistrationOptions options = config.registration();
        return new RegistrationSettings(
                config.registrar(),
                config.register(),
                config.registerExpires(),
                config.instanceId().orElseGet(() -> randomUuid(random)),
                options.regId(),
                options.outbound(),
                options.autoRefresh(),
                options.retryMin(),
                options.retryMax());
    }

    /** A version 4 UUID (RFC 4122) from the one source of randomness. */
    private static UUID randomUuid(RandomGenerator random) {
        long high = random.nextLong() & ~0xf000L | 0x4000L;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
