/** The engine of a user agent: wires its rooms together and tells its observer. Confined to the loop. */
@NullMarked
package io.websip.internal.agent;

import org.jspecify.annotations.NullMarked;
