/** What a program uses: a user agent, the messages it sends and receives, and their events. */
@NullMarked
package io.websip;

import org.jspecify.annotations.NullMarked;
