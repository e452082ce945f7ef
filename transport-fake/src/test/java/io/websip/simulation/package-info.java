/**
 * Whole worlds in virtual time: several agents, two servers, and all that goes wrong between them, in random sequences that a
 * seed repeats. What must hold always is looked at after every event, what must come about once the faults have stopped.
 */
@NullMarked
package io.websip.simulation;

import org.jspecify.annotations.NullMarked;
