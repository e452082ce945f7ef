/**
 * Fuzz targets for what comes from a peer, and the inputs that are tried again with each build.
 *
 * <p>{@code mvn -pl transport-fake -am -Pfuzz test-compile exec:exec -Dfuzz.target=URI -Dfuzz.seconds=600} lets Jazzer look for
 * more of them ({@link io.websip.fuzz.FuzzRun}).
 */
@NullMarked
package io.websip.fuzz;

import org.jspecify.annotations.NullMarked;
