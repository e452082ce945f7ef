/** Tests of the SIP language. */
@NullMarked
package io.websip.sip;

import org.jspecify.annotations.NullMarked;
