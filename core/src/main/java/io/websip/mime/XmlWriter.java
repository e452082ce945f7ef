package io.websip.mime;

import io.websip.text.Visible;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes a small document on one line: a default namespace, no prefixes but those that are given, every value escaped. */
final class XmlWriter {
    private final StringBuilder out = new StringBuilder(512).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inTag;

    /** Starts an element; its attributes follow. */
    XmlWriter start(String name) {
        endTag(">");
        out.append('<').append(name);
        open.push(name);
        inTag = true;
        return this;
    }

    XmlWriter attribute(String name, String value) {
        out.append(' ').append(name).append("=\"").append(escaped(name, value)).append('"');
        return this;
    }

    /** Ends the element that was started last. */
    XmlWriter end() {
        String name = open.pop();
        if (inTag) {
            endTag("/>");
        } else {
            out.append("</").append(name).append('>');
        }
        return this;
    }

    /** An element with text and nothing else. */
    XmlWriter element(String name, String text) {
        start(name).endTag(">");
        out.append(escaped(name, text));
        return end();
    }

    private void endTag(String end) {
        if (inTag) {
            out.append(end);
            inTag = false;
        }
    }

    byte[] toBytes() {
        return Octets.utf8(out.toString());
    }

    /**
     * The text with all escaped that has a meaning in XML, and line breaks too, which a parser would change.
     *
     * @throws IllegalArgumentException if it holds a character that no XML document may hold
     */
    static String escaped(String what, String text) {
        Octets.unicode(what, text);
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\t', '\n', '\r' -> escaped.append("&#").append((int) c).append(';');
                default -> {
                    if (c < ' ' || c == 0xfffe || c == 0xffff) {
                        throw new IllegalArgumentException(what + " must not hold U+"
                                + Integer.toHexString(0x10000 | c).substring(1).toUpperCase(Locale.ROOT)
                                + " (XML 1.0 section 2.2): " + Visible.line(text));
                    }
                    escaped.append(c);
                }
            }
        }
        return escaped.toString();
    }
}
