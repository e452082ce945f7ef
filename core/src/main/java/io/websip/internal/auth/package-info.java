/** Answers challenges with digests (RFC 3261 section 22, RFC 7616, RFC 8760). Confined to the agent's loop. */
@NullMarked
package io.websip.internal.auth;

import org.jspecify.annotations.NullMarked;
