/** Micro-benchmarks by JMH of the SIP language beside JAIN-SIP and pkts, and of the language of bodies; transport-netty's tests have the runner. */
@NullMarked
package io.websip.bench;

import org.jspecify.annotations.NullMarked;
