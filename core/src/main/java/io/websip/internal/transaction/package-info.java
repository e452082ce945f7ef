/**
 * The transaction layer (RFC 3261 section 17, for all that is not INVITE): one {@link TransactionLayer} for each
 * connection, one small state machine for each request in either direction. All of it is confined to the agent's loop.
 */
@NullMarked
package io.websip.internal.transaction;

import org.jspecify.annotations.NullMarked;
