/**
 * Events for JDK Flight Recorder, where the runtime image has it. Nothing else in the library depends on jdk.jfr. No event
 * holds a user, a body or a secret; when an event is off nothing is allocated for it. The times in a recording are the
 * recorder's own: the engine reads no clock.
 */
@NullMarked
package io.websip.internal.jfr;

import org.jspecify.annotations.NullMarked;
