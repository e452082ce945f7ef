package io.websip.bench;

import org.jspecify.annotations.Nullable;

/**
 * What is read of a MESSAGE besides framing it, by each of the three in its own types: text here, objects of JAIN-SIP, views of
 * the bytes of pkts. Kept in fields, so that nothing of it is optimised away.
 */
@SuppressWarnings("NullAway.Init") // read into before anything is read from it
final class NineFields {
    long cseqNumber;
    Object cseqMethod;
    Object callId;
    Object branch;
    Object fromTag;
    Object to;
    int maxForwards;
    Object requestHost;
    Object subtype;

    @Nullable
    Object body;

    /** All in one line, for a test that three readers have read the same. */
    @Override
    public String toString() {
        String text = body instanceof byte[] octets
                ? new String(octets, java.nio.charset.StandardCharsets.UTF_8)
                : String.valueOf(body);
        return String.join(
                "|",
                cseqNumber + " " + cseqMethod,
                callId.toString(),
                branch.toString(),
                fromTag.toString(),
                to.toString(),
                Integer.toString(maxForwards),
                requestHost.toString(),
                subtype.toString(),
                text);
    }
}
