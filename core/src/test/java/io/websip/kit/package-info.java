/**
 * The contract kit: what every transport promises, as tests. An adapter extends each {@code ...Contract} with a class that
 * says how to make its transport; the peer is a speaker of RFC 6455 on a plain server socket, so that no library vouches
 * for itself.
 */
@NullMarked
package io.websip.kit;

import org.jspecify.annotations.NullMarked;
