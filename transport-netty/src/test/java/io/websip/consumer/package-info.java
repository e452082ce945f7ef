/** Programs that use the packaged artifacts as their users do: by the jars and what these declare, and by nothing else. */
@NullMarked
package io.websip.consumer;

import org.jspecify.annotations.NullMarked;
