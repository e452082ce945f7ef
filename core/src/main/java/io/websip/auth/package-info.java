/** Who a user agent is towards servers that ask: credentials and the digests made of them (RFC 7616, RFC 8760). */
@NullMarked
package io.websip.auth;

import org.jspecify.annotations.NullMarked;
