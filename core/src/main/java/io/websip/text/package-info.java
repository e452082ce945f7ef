/** How text of a peer or of the configuration, and times, are shown: in a log, an exception or on a terminal. */
@NullMarked
package io.websip.text;

import org.jspecify.annotations.NullMarked;
