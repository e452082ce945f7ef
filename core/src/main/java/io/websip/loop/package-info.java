/** The port through which the engine gets its thread, its timers and its clock. */
@NullMarked
package io.websip.loop;

import org.jspecify.annotations.NullMarked;
