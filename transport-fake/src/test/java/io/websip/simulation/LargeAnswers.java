package io.websip.simulation;

import io.websip.transport.fake.sip.Answer;
import java.util.Random;

/** Answers of servers with fields as large as a response may hold. */
final class LargeAnswers {
    private static final int MOST = 7_000; // a row may hold 8,192 octets

    private final Random random;

    LargeAnswers(Random random) {
        this.random = random;
    }

    /** 302 with hundreds of Contacts, some to users, most to nobody. */
    Answer redirect(String user) {
        int contacts = 1 + random.nextInt(400);
        int known = random.nextInt(contacts);
        return Answer.response(302, null, response -> {
            for (int i = 0; i < contacts; i++) {
                String name = i == known ? user : "nobody" + i;
                response.add(
                        "Contact",
                        "\"" + name + "\" <sip:" + name + "@example.com;x=" + i + "?Subject=large>;q=0." + i % 10);
            }
        });
    }

    /** A refusal whose fields are large, and too many. */
    Answer refusal(int status) {
        int rows = 1 + random.nextInt(8);
        int octets = 1 + random.nextInt(MOST);
        return Answer.response(status, "x".repeat(random.nextInt(MOST)), response -> {
            for (int i = 0; i < rows; i++) {
                response.add("Warning", "399 example.com \"" + "w".repeat(octets) + "\"");
                response.add("Reason", "SIP ;cause=486 ;text=\"" + "r".repeat(octets) + "\"");
            }
        });
    }

    /**
     * A challenge.
     *
     * @param realm one that the program may have credentials for
     * @param nobodys whether there is one in a realm of nobody's too
     */
    Answer challenge(int status, String realm, boolean nobodys) {
        String name = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
        int octets = random.nextInt(3) == 0 ? random.nextInt(MOST) : random.nextInt(100);
        int number = random.nextInt(3);
        return Answer.response(status, null, response -> {
            if (nobodys) {
                response.add(name, "Digest realm=\"nobody's\", nonce=\"hostile" + number + "\", qop=\"auth\"");
            }
            response.add(
                    name,
                    "Digest realm=\"" + realm + "\", nonce=\"hostile" + number + "\", qop=\"auth\", opaque=\""
                            + "o".repeat(octets) + "\"");
        });
    }
}
