package io.websip.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The parts that a receiver takes: of alternatives one, and of the others each that it understands (RFC 5621 sections 4.2 and 8.1).
 *
 * @param parts those to be shown, in order, none of them a multipart
 * @param missing those that are not understood and not optional either: each alone is reason to answer 415
 */
public record Selection(List<BodyPart> parts, List<BodyPart> missing) {
    /** Copies the lists. */
    public Selection {
        parts = List.copyOf(parts);
        missing = List.copyOf(missing);
    }

    /** Whether nothing is missing, and there is something to be shown. */
    public boolean isComplete() {
        return missing.isEmpty() && !parts.isEmpty();
    }

    static Selection of(Multipart multipart, Predicate<BodyPart> understood) {
        return switch (multipart.subtype()) {
            case "alternative" -> alternative(multipart, understood);
            case "related" -> related(multipart, understood);
            default -> mixed(multipart.parts(), understood);
        };
    }

    private static Selection of(BodyPart part, Predicate<BodyPart> understood) {
        Multipart inner = part.parts();
        boolean known = part.disposition().map(ContentDisposition::isKnown).orElse(true);
        Selection all;
        if (inner != null && known) {
            all = of(inner, understood);
        } else if (known && understood.test(part)) {
            return new Selection(List.of(part), List.of());
        } else {
            all = new Selection(List.of(), List.of(part));
        }
        return all.missing.isEmpty() || part.isRequired() ? all : new Selection(List.of(), List.of());
    }

    private static Selection mixed(List<BodyPart> children, Predicate<BodyPart> understood) {
        List<BodyPart> parts = new ArrayList<>();
        List<BodyPart> missing = new ArrayList<>();
        for (BodyPart child : children) {
            Selection one = of(child, understood);
            parts.addAll(one.parts);
            missing.addAll(one.missing);
        }
        return new Selection(parts, missing);
    }

    /** The last is the richest (RFC 2046 section 5.1.4). */
    private static Selection alternative(Multipart multipart, Predicate<BodyPart> understood) {
        List<BodyPart> children = multipart.parts();
        for (int i = children.size() - 1; i >= 0; i--) {
            Selection one = of(children.get(i), understood);
            if (one.isComplete()) {
                return one;
            }
        }
        return new Selection(List.of(), List.of(children.get(children.size() - 1)));
    }

    /** The root decides; the others serve it (RFC 2387 section 3). */
    private static Selection related(Multipart multipart, Predicate<BodyPart> understood) {
        BodyPart root = multipart.root();
        List<BodyPart> others = new ArrayList<>(multipart.parts());
        others.removeIf(part -> part == root);
        Selection first = of(root, understood);
        List<BodyPart> parts = new ArrayList<>(first.parts);
        parts.addAll(mixed(others, understood).parts);
        return first.missing.isEmpty() ? new Selection(parts, List.of()) : first;
    }
}
