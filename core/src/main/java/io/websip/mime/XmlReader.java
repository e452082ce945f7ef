package io.websip.mime;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML of a peer by the JDK's own StAX parser: no document type, no entities but the five of XML, nothing fetched, and no more
 * elements, attributes and depth than the limits say. The octets are UTF-8, whatever the document says of itself.
 */
final class XmlReader {
    private static final String ATTRIBUTE_LIMIT = "http://www.oracle.com/xml/jaxp/properties/elementAttributeLimit";

    /** The most that {@link MimeLimits#maxXmlAttributes} can be: the parser compares each attribute with all others of its element. */
    private static final int MOST_ATTRIBUTES = 64;

    private final MimeLimits limits;
    private final Deque<XmlElement> open = new ArrayDeque<>();
    private int elements;

    private XmlReader(MimeLimits limits) {
        this.limits = limits;
    }

    /** Made when the first document comes: programs without one do not load the parser. It is not changed afterwards. */
    private static final class Factory {
        static final XMLInputFactory SAFE = safe();

        private static XMLInputFactory safe() {
            XMLInputFactory factory =
                    XMLInputFactory.newDefaultFactory(); // not one that the class path happens to hold
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setProperty(ATTRIBUTE_LIMIT, MOST_ATTRIBUTES);
            return factory;
        }
    }

    /** The root element of the document; octets behind it are not looked at. */
    static XmlElement read(byte[] octets, MimeLimits limits) throws MimeParseException {
        if (octets.length > limits.maxDecodedBytes()) {
            throw MimeParseException.tooLarge(
                    "the XML document is longer than " + limits.maxDecodedBytes() + " octets");
        }
        XMLStreamReader in = null;
        try {
            in = Factory.SAFE.createXMLStreamReader(new StringReader(text(octets)));
            return new XmlReader(limits).root(in);
        } catch (XMLStreamException | RuntimeException e) { // the parser has thrown both
            throw MimeParseException.malformed("the content is not well-formed XML");
        } finally {
            close(in);
        }
    }

    private static void close(@Nullable XMLStreamReader in) {
        try {
            if (in != null) {
                in.close();
            }
        } catch (XMLStreamException e) {
            return; // a text in memory has nothing to be closed
        }
    }

    /** Without the mark of order and the white space that some put in front of the declaration. */
    private static String text(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        int start = text.startsWith("\ufeff") ? 1 : 0;
        while (start < text.length() && Octets.isWhite(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    private XmlElement root(XMLStreamReader in) throws XMLStreamException, MimeParseException {
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(in);
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement closed = open.pop();
                    if (open.isEmpty()) {
                        return closed;
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text(in);
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw MimeParseException.malformed("the XML document has a document type or an entity");
                default -> {} // comments and processing instructions say nothing
            }
        }
        throw MimeParseException.malformed("the XML document has no root element");
    }

    private void start(XMLStreamReader in) throws MimeParseException {
        if (++elements > limits.maxXmlElements()) {
            throw MimeParseException.malformed("more than " + limits.maxXmlElements() + " XML elements");
        }
        if (open.size() == limits.maxXmlDepth()) {
            throw MimeParseException.malformed("more than " + limits.maxXmlDepth() + " XML elements in one another");
        }
        if (in.getAttributeCount() + in.getNamespaceCount() > limits.maxXmlAttributes()) {
            throw MimeParseException.malformed(
                    "more than " + limits.maxXmlAttributes() + " attributes of one XML element");
        }
        XmlElement element = new XmlElement(in.getNamespaceURI(), in.getLocalName());
        for (int i = 0; i < in.getAttributeCount(); i++) {
            element.attribute(in.getAttributeNamespace(i), in.getAttributeLocalName(i), in.getAttributeValue(i));
        }
        XmlElement parent = open.peek();
        if (parent != null) {
            parent.add(element);
        }
        open.push(element);
    }

    private void text(XMLStreamReader in) {
        XmlElement element = open.peek();
        if (element != null) {
            element.append(in.getTextCharacters(), in.getTextStart(), in.getTextLength());
        }
    }
}
