package io.websip.transport.fake.assertj;

import io.websip.sip.MediaType;
import io.websip.sip.NameAddress;
import io.websip.sip.SipHeaders;
import io.websip.sip.SipMessage;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * What can be asserted of requests and responses alike. A failure shows the start line and the headers; credentials are
 * left out.
 *
 * @param <S> the assertion itself
 * @param <M> request or response
 */
public abstract class AbstractSipMessageAssert<S extends AbstractSipMessageAssert<S, M>, M extends SipMessage>
        extends AbstractAssert<S, M> {
    private static final List<String> SECRET = List.of("Authorization", "Proxy-Authorization");
    private static final int SHOWN_OCTETS = 64;

    AbstractSipMessageAssert(@Nullable M actual, Class<?> self) {
        super(actual, self);
    }

    /** The message, once it is known to be there. */
    final M message() {
        isNotNull();
        return actual;
    }

    /** Fails with the expectation, what there is instead, and the message. */
    final AssertionError failure(String expected, @Nullable Object found) {
        String rows = message().headers().toString().strip().replace("\r\n", "\n  ");
        return failure("%nExpected %s%nbut found %s%nin%n  %s%n  %s", expected, found, message(), rows);
    }

    /**
     * The header is there.
     *
     * @param name the long or the compact form
     */
    public S hasHeader(String name) {
        if (!message().headers().contains(name)) {
            throw failure("header " + name, "none");
        }
        return myself;
    }

    /**
     * The header is there with this value: as that of a row, or as one of those between commas. Octet by octet, but
     * without white space around it.
     *
     * @param name the long or the compact form
     */
    public S hasHeader(String name, String value) {
        SipHeaders headers = message().headers();
        if (!headers.all(name).contains(value) && !headers.list(name).contains(value)) {
            boolean secret = SECRET.stream().anyMatch(SipHeaders.canonicalName(name)::equalsIgnoreCase);
            throw failure(
                    "header " + name + ": " + (secret ? "(credentials)" : value),
                    headers.contains(name) ? (secret ? "other credentials" : headers.all(name)) : "none");
        }
        return myself;
    }

    /**
     * The header is not there.
     *
     * @param name the long or the compact form
     */
    public S hasNoHeader(String name) {
        if (message().headers().contains(name)) {
            throw failure("no header " + name, "one");
        }
        return myself;
    }

    /** The body is this text, read in the charset of the content type, else UTF-8. */
    public S hasBody(String text) {
        if (!message().text().equals(text)) {
            throw failure("the body '" + text + "'", "'" + message().text() + "'");
        }
        return myself;
    }

    /** The body is these octets. */
    public S hasBody(byte[] octets) {
        if (!Arrays.equals(message().body(), octets)) {
            throw failure("a body of " + describe(octets), describe(message().body()));
        }
        return myself;
    }

    private static String describe(byte[] octets) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        return octets.length <= SHOWN_OCTETS
                ? octets.length + " bytes: " + hex.formatHex(octets)
                : octets.length + " bytes: " + hex.formatHex(octets, 0, SHOWN_OCTETS) + " ...";
    }

    /** There is no body. */
    public S hasNoBody() {
        if (message().bodyLength() > 0) {
            throw failure("no body", message().bodyLength() + " bytes");
        }
        return myself;
    }

    /**
     * The content type is this one, or within this range such as {@code text/*}. Parameters are compared only where they
     * are given here.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public S hasContentType(String type) {
        MediaType expected = MediaType.of(type);
        Optional<MediaType> found = message().contentType();
        if (found.filter(t -> expected.includes(t) && hasParameters(t, expected))
                .isEmpty()) {
            throw failure(
                    "content type " + type,
                    message().headers().first("Content-Type").orElse("none"));
        }
        return myself;
    }

    private static boolean hasParameters(MediaType type, MediaType expected) {
        return expected.parameters().names().stream()
                .allMatch(name ->
                        type.parameters().get(name).equals(expected.parameters().get(name)));
    }

    /**
     * The From URI is this one (RFC 3261 section 19.1.4); display name and tag do not count.
     *
     * @param uri such as {@code sip:alice@example.com}
     */
    public S isFrom(String uri) {
        return address("from", message().from(), uri);
    }

    /**
     * The To URI is this one (RFC 3261 section 19.1.4); display name and tag do not count.
     *
     * @param uri such as {@code sip:bob@example.com}
     */
    public S isTo(String uri) {
        return address("to", message().to(), uri);
    }

    private S address(String direction, NameAddress found, String expected) {
        if (!same(found.uri(), expected)) {
            throw failure("it to be " + direction + " " + expected, found);
        }
        return myself;
    }

    static boolean same(Uri found, String expected) {
        return found instanceof SipUri sip && expected.regionMatches(true, 0, "sip", 0, 3)
                ? sip.matches(SipUri.of(expected))
                : found.toString().equals(expected);
    }
}
