package io.websip.internal.connection;

import io.websip.config.UserAgentConfig;
import io.websip.internal.transaction.Tokens;
import io.websip.internal.transaction.TransactionUser;
import io.websip.loop.EventLoop;
import io.websip.transport.Transport;
import java.util.random.RandomGenerator;

/**
 * What every connection of an agent needs. Immutable.
 *
 * @param transportLoop the one that the transport lent, by which it knows the agent
 * @param loop the same, as the engine uses it
 * @param sentBy what our Via says, by which responses are known as ours
 * @param user gets the requests that come in
 * @param tap hears all that goes over the wire
 */
record FlowContext(
        Transport transport,
        EventLoop transportLoop,
        EventLoop loop,
        UserAgentConfig config,
        String sentBy,
        Tokens tokens,
        RandomGenerator random,
        TransactionUser user,
        WireTap tap) {}
