package io.websip.sip;

/**
 * A URI as it stands in a request line or a header field: a {@link SipUri}, or any other scheme as an
 * {@link OpaqueUri}. Immutable.
 *
 * <p>{@code equals} compares the text. For the question whether two SIP URIs mean the same there is
 * {@link SipUri#matches}.
 */
public sealed interface Uri permits SipUri, OpaqueUri {
    /**
     * Reads a URI of any scheme, with the tolerance of {@link SipUri#parse(String)}.
     *
     * @throws SipParseException if it has no scheme, holds white space or a character outside the URI's set, or is a
     *     malformed SIP URI
     */
    static Uri parse(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        return parse(b, 0, b.length);
    }

    /** Reads the URI that fills the slice. */
    static Uri parse(byte[] b, int start, int end) throws SipParseException {
        return UriReader.read(b, start, end, Tolerance.RECEIVED);
    }

    /** The scheme in lower case, such as {@code sip}, {@code sips} or {@code tel}. */
    String scheme();

    /** The URI as it stood. */
    @Override
    String toString();
}
