/** The log, as the library writes it. */
@NullMarked
package io.websip.internal.log;

import org.jspecify.annotations.NullMarked;
