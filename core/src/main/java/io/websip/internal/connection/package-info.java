/** The agent's connection: opened, watched, and opened again after a pause. Confined to the agent's loop. */
@NullMarked
package io.websip.internal.connection;

import org.jspecify.annotations.NullMarked;
