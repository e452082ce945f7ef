package io.websip.mime;

import io.websip.mime.ResourceList.CopyControl;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects recipients and writes them once: a flat list that says of each how it gets the message. Not thread-safe. */
public final class ResourceListBuilder {
    private record Recipient(Uri uri, CopyControl copyControl, boolean anonymize) {}

    private final List<Recipient> recipients = new ArrayList<>();
    private final Map<String, List<Uri>> byKey = new HashMap<>();

    ResourceListBuilder() {}

    /**
     * Adds a recipient.
     *
     * @throws IllegalArgumentException as {@link #add}
     */
    public ResourceListBuilder to(Uri uri) {
        return add(uri, CopyControl.TO, false);
    }

    /**
     * Adds the receiver of a copy.
     *
     * @throws IllegalArgumentException as {@link #add}
     */
    public ResourceListBuilder cc(Uri uri) {
        return add(uri, CopyControl.CC, false);
    }

    /**
     * Adds the receiver of a copy that the others do not see.
     *
     * @throws IllegalArgumentException as {@link #add}
     */
    public ResourceListBuilder bcc(Uri uri) {
        return add(uri, CopyControl.BCC, false);
    }

    /**
     * Adds a recipient.
     *
     * @param anonymize whether the others must not see the address
     * @throws IllegalArgumentException if the URI is in the list already (RFC 5363 section 4.1), or has headers, such as a body
     *     (RFC 5365 section 6)
     */
    public ResourceListBuilder add(Uri uri, CopyControl copyControl, boolean anonymize) {
        if (uri instanceof SipUri sip && sip.headers().isPresent()) {
            throw new IllegalArgumentException("'" + CpimAddress.shown(uri)
                    + "' must not have headers in a list of recipients (RFC 5365 section 6)");
        }
        List<Uri> alike = byKey.computeIfAbsent(
                uri instanceof SipUri sip ? sip.matchKey() : uri.toString(), key -> new ArrayList<>(1));
        for (Uri other : alike) {
            if (ResourceList.same(other, uri)) {
                throw new IllegalArgumentException(
                        "'" + CpimAddress.shown(uri) + "' is in the list already (RFC 5363 section 4.1)");
            }
        }
        alike.add(uri);
        recipients.add(new Recipient(uri, copyControl, anonymize));
        return this;
    }

    /**
     * Writes the list.
     *
     * @throws IllegalStateException if it is empty
     * @throws IllegalArgumentException if it is beyond the limits
     */
    public ResourceList build() {
        if (recipients.isEmpty()) {
            throw new IllegalStateException("a list of recipients needs at least one");
        }
        XmlWriter out = new XmlWriter()
                .start("resource-lists")
                .attribute("xmlns", ResourceList.NAMESPACE)
                .attribute("xmlns:cp", ResourceList.COPY_CONTROL)
                .start("list");
        for (Recipient one : recipients) {
            out.start("entry")
                    .attribute("uri", one.uri().toString())
                    .attribute("cp:copyControl", one.copyControl().token());
            if (one.anonymize()) {
                out.attribute("cp:anonymize", "true");
            }
            out.end();
        }
        try {
            return ResourceList.parse(out.end().end().toBytes());
        } catch (MimeParseException e) {
            throw new IllegalArgumentException("the list is beyond the limits: " + e.getMessage(), e);
        }
    }
}
