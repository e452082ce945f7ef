/** What agents do with real servers; see the README on how to run it. */
@NullMarked
package io.websip.interop;

import org.jspecify.annotations.NullMarked;
