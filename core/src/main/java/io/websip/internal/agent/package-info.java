/** The engine of a user agent: what it sends, what it answers. Confined to the agent's loop. */
@NullMarked
package io.websip.internal.agent;

import org.jspecify.annotations.NullMarked;
