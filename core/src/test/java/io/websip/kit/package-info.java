/**
 * The contract kit: what every transport promises, as tests.
 *
 * <p>A transport's own tests extend each {@code ...Contract} with a class that says how to make the transport
 * ({@link io.websip.kit.TransportContract#newTransport}), and one {@link io.websip.kit.CompletenessContract} that lists
 * these classes, and the reason for each suite that cannot apply. {@link io.websip.kit.KitOptions} is what a suite wants of
 * the transport; the builder of one on real sockets that extends {@link io.websip.transport.socket.TransportBuilder} takes
 * it by {@code applyTo}.
 *
 * <p>The suites on opening, messages, closing, concurrency, limits, keep-alive and the loop need a
 * {@link io.websip.kit.Peer} that talks in messages and close frames. It is a speaker of RFC 6455 on a plain server socket
 * ({@link io.websip.kit.RawWebSocket}), so that no library vouches for itself; a transport without sockets brings its own
 * ({@link io.websip.kit.TransportContract#newServer}), and one in virtual time also says how to wait
 * ({@link io.websip.kit.TransportContract#await}). The other suites ({@link io.websip.kit.OctetContract}) look at octets,
 * and their peer is always the raw one.
 *
 * <p>It needs JUnit Jupiter (with its params) and AssertJ. No suite sleeps: each waits for a condition, for at most
 * {@link io.websip.kit.Await#CEILING}.
 */
@NullMarked
package io.websip.kit;

import org.jspecify.annotations.NullMarked;
