/** The agent's binding at its registrar (RFC 3261 section 10). Confined to the agent's loop. */
@NullMarked
package io.websip.internal.registration;

import org.jspecify.annotations.NullMarked;
