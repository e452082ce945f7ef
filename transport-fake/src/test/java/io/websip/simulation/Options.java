package io.websip.simulation;

import io.websip.config.DigestAlgorithm;
import java.time.Duration;
import java.util.Random;
import java.util.logging.Level;

/**
 * What a seed makes of a world, all of it derived from the seed.
 *
 * @param agents how many there are
 * @param twoDevices whether the first two have one address
 * @param strict whether the servers judge each request; then those faults are left out by which a server sees a request too
 *     late, or an agent believes an answer that the server has not given
 * @param algorithm of the challenges
 * @param nonceLife after which a nonce is stale
 * @param sayStale whether a challenge says so
 * @param nextNonces whether each 2xx names the next nonce
 * @param rspauth whether each 2xx proves that the server knows the password
 * @param messageChallenge the status with which a MESSAGE is challenged
 * @param trusting whether no MESSAGE is challenged by a server, so that each challenge to one comes from its receiver
 * @param maxExpires the longest life of a binding, in seconds
 * @param latency one way, in milliseconds
 * @param clockSpread how much faster or slower than the servers' the clock of an agent may run, in percent
 * @param throwing in how many of a hundred calls a listener throws
 * @param hostility in how many of a hundred steps a server says what no peer should
 * @param oddNames whether the names of users hold what an address must escape, and what it must not
 * @param flowTimer seconds that registrars name where outbound is in force (RFC 5626 section 4.4); -1 where none knows of it
 * @param wary whether an agent that is given a domain is there too, see {@link WaryAgent}
 * @param logs what the library logs
 * @param steps until the faults stop
 */
record Options(
        int agents,
        boolean twoDevices,
        boolean strict,
        DigestAlgorithm algorithm,
        Duration nonceLife,
        boolean sayStale,
        boolean nextNonces,
        boolean rspauth,
        int messageChallenge,
        boolean trusting,
        int maxExpires,
        int latency,
        int clockSpread,
        int throwing,
        int hostility,
        boolean oddNames,
        int flowTimer,
        boolean wary,
        Level logs,
        int steps) {
    static Options of(Random random) {
        DigestAlgorithm[] algorithms = {DigestAlgorithm.MD5, DigestAlgorithm.SHA_256, DigestAlgorithm.SHA_512_256};
        boolean strict = random.nextInt(3) == 0;
        return new Options(
                2 + random.nextInt(3),
                random.nextInt(4) == 0,
                strict,
                algorithms[random.nextInt(algorithms.length)],
                Duration.ofSeconds(5 + random.nextInt(random.nextBoolean() ? 30 : 300)),
                random.nextInt(4) > 0,
                random.nextInt(3) == 0,
                random.nextInt(3) == 0,
                random.nextBoolean() ? 407 : 401,
                random.nextInt(4) == 0,
                60 + random.nextInt(200),
                strict || random.nextBoolean() ? 0 : random.nextInt(300),
                random.nextInt(6),
                random.nextInt(3) == 0 ? random.nextInt(30) : 0,
                random.nextInt(3) == 0 ? 0 : random.nextInt(40),
                random.nextInt(4) == 0,
                random.nextInt(3) == 0 ? random.nextInt(40) : -1,
                random.nextInt(4) == 0,
                random.nextInt(10) == 0 ? Level.ALL : Level.INFO,
                10 + random.nextInt(40));
    }
}
