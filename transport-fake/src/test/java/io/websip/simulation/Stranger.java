package io.websip.simulation;

import io.websip.IncomingMessage;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A receiver of messages who asks for credentials, lies about what he knows, and refuses with large fields. Whatever he says
 * has his mark in it, which no request to anybody else may hold.
 */
final class Stranger {
    private static final String MARK = "mark-of-";
    private static final String END = "-end";
    private static final List<Integer> REFUSALS =
            List.of(400, 403, 404, 410, 480, 486, 488, 500, 503, 513, 600, 603, 699);

    private final Random random;
    private final String mark;

    Stranger(Random random, String user) {
        this.random = random;
        this.mark = MARK + user + END;
    }

    void answer(IncomingMessage message) {
        switch (random.nextInt(4)) {
            case 0 -> challenge(message, 401, "WWW-Authenticate: ");
            case 1 -> challenge(message, 407, "Proxy-Authenticate: ");
            case 2 -> message.accept(200, "Authentication-Info: " + info(), "Proxy-Authentication-Info: " + info());
            default ->
                message.reject(
                        REFUSALS.get(random.nextInt(REFUSALS.size())),
                        "No",
                        "X-Large: " + large(),
                        "Warning: 399 example.com \"" + large() + '"',
                        "Reason: SIP ;cause=486 ;text=\"" + large() + '"');
        }
    }

    private String large() {
        return mark + "x".repeat(random.nextInt(7_000));
    }

    private void challenge(IncomingMessage message, int status, String header) {
        List<String> challenges = new ArrayList<>();
        int realms = random.nextBoolean() ? 1 : 1 + random.nextInt(20);
        for (int i = 0; i < realms; i++) {
            challenges.add("Digest realm=\"" + (random.nextInt(3) > 0 ? "example.com" : mark + i) + "\", nonce=\""
                    + mark + random.nextInt(3) + "\"" + parameters());
        }
        if (random.nextInt(4) == 0) { // all in one row, behind one that we do not know
            message.reject(status, "No", header + "Basic realm=\"example.com\", " + String.join(", ", challenges));
        } else {
            message.reject(status, "No", challenges.stream().map(header::concat).toArray(String[]::new));
        }
    }

    private String parameters() {
        StringBuilder out = new StringBuilder();
        if (random.nextInt(3) > 0) {
            out.append(", qop=\"auth\"");
        }
        if (random.nextBoolean()) {
            out.append(", algorithm=")
                    .append(List.of("MD5", "SHA-256", "SHA-512-256").get(random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            out.append(", stale=true");
        }
        if (random.nextBoolean()) {
            int large = random.nextInt(3) == 0 ? random.nextInt(7_000) : random.nextInt(100);
            out.append(", opaque=\"").append(mark).append("o".repeat(large)).append('"');
        }
        return out.toString();
    }

    private String info() {
        String proof = random.nextBoolean() ? "qop=auth, rspauth=\"" + "0".repeat(32) + "\", " : "";
        return proof + "nextnonce=\"" + mark + random.nextInt(3) + "\"";
    }

    /** The first user other than the receiver whose mark the request holds; empty if there is none. */
    static String markOfAnother(SipRequest request, String text) {
        String receiver =
                request.requestUri() instanceof SipUri uri ? uri.user().orElse("") : "";
        for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
            int end = text.indexOf(END, at);
            String user = end < 0 ? "" : text.substring(at + MARK.length(), end);
            if (!user.equals(receiver)) {
                return user;
            }
        }
        return "";
    }
}
