/** Requests of an agent: how they are made, sent, challenged and sent again. Confined to the loop. */
@NullMarked
package io.websip.internal.request;

import org.jspecify.annotations.NullMarked;
