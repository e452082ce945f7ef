package io.websip.sip;

/** Reads the URI that fills a slice. */
final class UriReader {
    private UriReader() {}

    static Uri read(byte[] b, int start, int end, Tolerance tolerance) throws SipParseException {
        if (SipUri.schemeEnd(b, start, end) >= 0) {
            return SipUri.parse(b, start, end, tolerance);
        }
        return OpaqueUri.parse(b, start, end);
    }
}
