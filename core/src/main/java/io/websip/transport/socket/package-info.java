/**
 * What transports on real sockets share, so that a user cannot tell them apart: their settings, and the parts with which an
 * adapter keeps the port's promises.
 */
@NullMarked
package io.websip.transport.socket;

import org.jspecify.annotations.NullMarked;
