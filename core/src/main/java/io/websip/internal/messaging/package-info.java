/** What an agent sends and what it receives: messages on their way out, requests on their way in. Confined to the loop. */
@NullMarked
package io.websip.internal.messaging;

import org.jspecify.annotations.NullMarked;
