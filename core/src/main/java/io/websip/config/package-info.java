/** What a program sets: an agent's configuration, its servers, credentials, timers and policies, and a message's options. */
@NullMarked
package io.websip.config;

import org.jspecify.annotations.NullMarked;
