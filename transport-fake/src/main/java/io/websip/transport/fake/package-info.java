/** An in-memory network, SIP server and clock, to test programs that use websip. */
@NullMarked
package io.websip.transport.fake;

import org.jspecify.annotations.NullMarked;
