/** The WebSocket transport on Netty. */
@NullMarked
package io.websip.transport.netty;

import org.jspecify.annotations.NullMarked;
