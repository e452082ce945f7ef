package io.websip.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An element of a document that was read: its name by namespace and not by prefix, its attributes, text and children. */
final class XmlElement {
    private final String namespace;
    private final String name;
    private final List<String> attributes = new ArrayList<>(0); // namespace, name, value
    private final List<XmlElement> children = new ArrayList<>(0);
    private @Nullable StringBuilder text;

    XmlElement(@Nullable String namespace, String name) {
        this.namespace = namespace == null ? "" : namespace;
        this.name = name;
    }

    void attribute(@Nullable String ofNamespace, String ofName, String value) {
        attributes.add(ofNamespace == null ? "" : ofNamespace);
        attributes.add(ofName);
        attributes.add(value);
    }

    void add(XmlElement child) {
        children.add(child);
    }

    void append(char[] characters, int start, int length) {
        StringBuilder into = text;
        if (into == null) {
            into = new StringBuilder(length);
            text = into;
        }
        into.append(characters, start, length);
    }

    boolean is(String ofNamespace, String ofName) {
        return name.equals(ofName) && namespace.equals(ofNamespace);
    }

    String namespace() {
        return namespace;
    }

    String name() {
        return name;
    }

    List<XmlElement> children() {
        return children;
    }

    /** The first child of this name. */
    @Nullable
    XmlElement child(String ofNamespace, String ofName) {
        for (XmlElement child : children) {
            if (child.is(ofNamespace, ofName)) {
                return child;
            }
        }
        return null;
    }

    /** The text of the first child of this name, without white space around it; empty if it is absent or blank. */
    Optional<String> text(String ofNamespace, String ofName) {
        XmlElement child = child(ofNamespace, ofName);
        return child == null || child.text().isEmpty() ? Optional.empty() : Optional.of(child.text());
    }

    /** The text without white space around it. */
    String text() {
        return text == null ? "" : text.toString().strip();
    }

    /** The value of an attribute; of one without a prefix the namespace is empty. */
    Optional<String> attribute(String ofNamespace, String ofName) {
        for (int i = 0; i < attributes.size(); i += 3) {
            if (attributes.get(i).equals(ofNamespace) && attributes.get(i + 1).equals(ofName)) {
                return Optional.of(attributes.get(i + 2));
            }
        }
        return Optional.empty();
    }
}
