/** The port through which whole SIP messages come and go as bytes. */
@NullMarked
package io.websip.transport;

import org.jspecify.annotations.NullMarked;
