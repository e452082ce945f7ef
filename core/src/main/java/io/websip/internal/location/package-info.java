/** Where the servers of a domain are: NAPTR, SRV and addresses (RFC 3263, RFC 7118 section 5.3). Confined to the loop. */
@NullMarked
package io.websip.internal.location;

import org.jspecify.annotations.NullMarked;
