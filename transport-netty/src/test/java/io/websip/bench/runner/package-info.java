/**
 * Measures websip beside its peers: {@link io.websip.bench.runner.Bench} runs all of it, core's benchmarks of the language
 * included, and writes the table.
 */
@NullMarked
package io.websip.bench.runner;

import org.jspecify.annotations.NullMarked;
