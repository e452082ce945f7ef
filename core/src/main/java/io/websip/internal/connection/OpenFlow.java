package io.websip.internal.connection;

import io.websip.internal.transaction.TransactionLayer;
import io.websip.transport.ServerAddress;

/**
 * A connection that is open, as requests see it. Confined to the loop.
 *
 * @param server whereto it leads
 * @param transactions those that live on it, bound to it for their whole life
 */
public record OpenFlow(ServerAddress server, TransactionLayer transactions) {}
