/** The WebSocket transport on Jetty's client. */
@NullMarked
package io.websip.transport.jetty;

import org.jspecify.annotations.NullMarked;
