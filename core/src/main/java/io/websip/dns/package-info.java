/** Port: how an agent looks names up in DNS, to find the servers of a domain (RFC 3263); and the JDK's way to do it. */
@NullMarked
package io.websip.dns;

import org.jspecify.annotations.NullMarked;
