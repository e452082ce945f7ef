package io.websip.fuzz;

import java.nio.charset.StandardCharsets;

/** Good messages to put something into. */
final class Samples {
    private static final String GOOD = """
            MESSAGE sip:alice@example.com SIP/2.0
            Via: SIP/2.0/WS fuzz.invalid;branch=z9hG4bKgood
            From: <sip:bob@example.com>;tag=good
            To: <sip:alice@example.com>
            Call-ID: good
            CSeq: 1 MESSAGE
            """;

    private Samples() {}

    /** A MESSAGE with one more row, as it stands. */
    static byte[] withRow(String row) {
        return (GOOD.replace("\n", "\r\n") + row + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A MESSAGE with a body that no other is taken for, if nobody else has this id. */
    static byte[] good(String id) {
        return (GOOD.replace("good", id).replace("\n", "\r\n") + "Content-Length: 2\r\n\r\nhi")
                .getBytes(StandardCharsets.UTF_8);
    }
}
