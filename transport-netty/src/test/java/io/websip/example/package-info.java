/** The Messenger: websip on the command line, and the example of how a program uses it. */
@NullMarked
package io.websip.example;

import org.jspecify.annotations.NullMarked;
