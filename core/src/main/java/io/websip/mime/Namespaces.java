package io.websip.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prefixes that the NS headers of one CPIM message have declared so far (RFC 3862 sections 3.4 and 4.6). */
final class Namespaces {
    /** That of From, To and the other headers of RFC 3862. */
    static final String CORE = "urn:ietf:params:cpim-headers:";

    /** That of the headers of RFC 5438. */
    static final String IMDN = "urn:ietf:params:imdn";

    private final List<String> prefixes = new ArrayList<>(2);
    private final List<String> uris = new ArrayList<>(2);
    private String unprefixed = CORE;

    /** Reads {@code prefix <uri>} or {@code <uri>}, with or without a space between; any other value declares nothing. */
    void declare(byte[] b, int from, int to) {
        int start = Octets.skipWhite(b, from, to);
        int bracket = Octets.find(b, '<', start, to);
        int end = Octets.find(b, '>', bracket, to);
        if (end == to) {
            return;
        }
        String uri = uri(b, bracket + 1, end);
        int prefixEnd = Octets.whiteBefore(b, bracket, start);
        if (prefixEnd == start) {
            unprefixed = uri;
        } else {
            prefixes.add(Octets.string(b, start, prefixEnd));
            uris.add(uri);
        }
    }

    private static String uri(byte[] b, int start, int end) {
        if (Octets.is(b, start, end, IMDN)) {
            return IMDN; // nearly always, and without a new text
        }
        return Octets.string(b, start, end).strip();
    }

    /** The namespace of a name; null if its prefix was not declared. */
    @Nullable
    String of(byte[] b, int start, int end) {
        int dot = Octets.find(b, '.', start, end);
        if (dot == end) {
            return unprefixed;
        }
        for (int i = prefixes.size() - 1; i >= 0; i--) {
            if (Octets.is(b, start, dot, prefixes.get(i))) {
                return uris.get(i);
            }
        }
        return null;
    }

    /** Where the name starts behind its prefix. */
    static int localStart(byte[] b, int start, int end) {
        int dot = Octets.find(b, '.', start, end);
        return dot == end ? start : dot + 1;
    }
}
