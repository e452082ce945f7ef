package io.websip.mime;

import io.websip.sip.MediaType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes a multipart. The boundary is made from the content, so that the same parts give the same octets. It is a token without
 * quotes and the last parameter, since peers exist that take no other.
 */
final class MultipartWriter {
    private static final int BOUNDARY_OCTETS = 12;

    private MultipartWriter() {}

    static Multipart write(String type, List<BodyPart> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a multipart must have at least one part (RFC 2046 section 5.1.1)");
        }
        List<byte[]> written = new ArrayList<>();
        for (BodyPart part : parts) {
            written.add(part.rewritten(false));
        }
        String boundary = boundary(written);
        byte[] start = ("--" + boundary + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] lineBreak = "\r\n".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : written) {
            out.writeBytes(start);
            out.writeBytes(part);
            out.writeBytes(lineBreak);
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        try {
            MediaType full = MediaType.of(type + ";boundary=" + boundary);
            return MultipartReader.read(full, BodyPart.Slice.of(out.toByteArray()), Nesting.DEFAULT);
        } catch (MimeParseException e) {
            throw new IllegalArgumentException("the parts are beyond the limits: " + e.getMessage(), e);
        }
    }

    /** No content holds its own digest: no peer can make one that the boundary would cut. */
    private static String boundary(List<byte[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest(), 0, BOUNDARY_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }
}
