/** The servers of an agent, found by URL or by DNS, and which of them is tried next. Confined to the loop. */
@NullMarked
package io.websip.internal.server;

import org.jspecify.annotations.NullMarked;
