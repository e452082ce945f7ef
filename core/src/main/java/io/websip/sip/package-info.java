/** The SIP language (RFC 3261 sections 7, 19, 20 and 25): immutable messages over octets. */
@NullMarked
package io.websip.sip;

import org.jspecify.annotations.NullMarked;
