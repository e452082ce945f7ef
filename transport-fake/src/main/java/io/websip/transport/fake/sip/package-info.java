/** The SIP server of the fake: a strict registrar and relay that a test scripts. It runs behind any network, also real sockets. */
@NullMarked
package io.websip.transport.fake.sip;

import org.jspecify.annotations.NullMarked;
