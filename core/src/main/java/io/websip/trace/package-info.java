/** What goes over the wire, shown without secrets. */
@NullMarked
package io.websip.trace;

import org.jspecify.annotations.NullMarked;
