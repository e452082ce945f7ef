package io.websip.transport.fake.sip;

import io.websip.config.DigestAlgorithm;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a {@link FakeSipServer} behaves; written by its builder only. */
final class ServerOptions {
    /** What a user proves who he is by. */
    record Account(String authorizationUser, String password) {}

    /** What is known of RFC 5626. */
    enum Outbound {
        /** Nothing: a registrar of before. */
        UNKNOWN,
        /** All of it. */
        SUPPORTED,
        /** The registrar's part, but the first hop lacks its own. */
        LACKING
    }

    final Map<String, Account> users = new LinkedHashMap<>();
    final Map<String, String> challengeParameters = new LinkedHashMap<>();
    String name = ""; // its address, which tells its nonces apart
    String domain = "example.com";
    boolean authenticate = true;
    List<DigestAlgorithm> algorithms = List.of(DigestAlgorithm.MD5);
    String qop = "auth";
    Duration nonceLife = Duration.ofSeconds(300);
    boolean sayStale = true;
    boolean nextNonces;
    boolean rspauth;
    int messageChallenge = 407; // 0 for none

    @Nullable
    String proxyRealm;

    List<String> serviceRoute = List.of();
    List<String> path = List.of();
    ContactRewriter contactRewriter = ContactRewriter.asBound();
    Outbound outbound = Outbound.UNKNOWN;
    boolean gruu;
    long flowTimer; // seconds; 0 for none

    @Nullable
    Duration clockAhead; // null where the answers have no Date

    long minExpires = 1;
    long maxExpires = 3_600;
    boolean crlfPong = true;
    boolean strict = true;
    boolean oneAtATime = true;
    Duration transactionTimeout = Duration.ofSeconds(32);
}
