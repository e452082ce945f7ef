/** Micro-benchmarks of the SIP language beside JAIN-SIP and pkts, by JMH; transport-netty's tests have the runner. */
@NullMarked
package io.websip.bench;

import org.jspecify.annotations.NullMarked;
