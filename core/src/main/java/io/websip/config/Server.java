package io.websip.config;

import io.websip.text.HostNames;
import io.websip.transport.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One of an agent's servers, and how much it is wanted: of those that have not failed one with the highest weight is taken,
 * at random among equals. Immutable.
 */
public sealed interface Server {
    /** 0 or more. */
    int weight();

    /**
     * A server whose URL is known.
     *
     * @param address its URL
     */
    record Url(ServerAddress address, int weight) implements Server {
        /** Checks the weight: {@link IllegalArgumentException} if it is negative. */
        public Url {
            checkWeight(address.toString(), weight);
        }

        /** The address, and the weight where there is one. */
        @Override
        public String toString() {
            return text(address.toString(), weight);
        }
    }

    /**
     * The servers of a domain, which DNS names (RFC 3263, RFC 7118 section 5.3). They count as one; among them the order
     * is that of DNS.
     *
     * @param name in lower case, without a dot at its end
     */
    record Domain(String name, int weight) implements Server {
        /** {@code _sips._wss.} is to fit in front of it (RFC 1035 section 2.3.4). */
        private static final int MAX_LENGTH = 240;

        private static final int MAX_LABEL = 63;

        /**
         * Checks the values: {@link IllegalArgumentException} if the weight is negative or the name is no host name (RFC
         * 1123 section 2.1), in which non-ASCII letters have their {@code xn--} form. Underscores inside a label are taken,
         * as names of containers have them.
         */
        public Domain {
            name = normal(name);
            checkWeight(name, weight);
        }

        private static String normal(String name) {
            String text = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            List<String> labels = labels(text);
            if (text.length() > MAX_LENGTH || !labels.stream().allMatch(Domain::isLabel)) {
                throw new IllegalArgumentException("server '" + HostNames.shown(name)
                        + "' is neither a ws or wss URL nor a domain such as example.com: labels of 1 to 63 letters,"
                        + " digits, hyphens and underscores, " + MAX_LENGTH
                        + " characters in all (RFC 1123 section 2.1)" + way(text));
            }
            if (labels.get(labels.size() - 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException(
                        "server '" + name + "' is an IP address, not a domain; give a URL, such as wss://" + name);
            }
            return text.toLowerCase(Locale.ROOT);
        }

        /** What a domain of other letters is written as (RFC 5890). */
        private static String way(String name) {
            return name.chars().allMatch(c -> c < 128) ? "" : "; " + HostNames.asciiForm(name);
        }

        private static List<String> labels(String text) {
            List<String> labels = new ArrayList<>();
            int start = 0;
            for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
                labels.add(text.substring(start, dot));
                start = dot + 1;
            }
            labels.add(text.substring(start));
            return labels;
        }

        private static boolean isLabel(String label) {
            return !label.isEmpty()
                    && label.length() <= MAX_LABEL
                    && "-_".indexOf(label.charAt(0)) < 0
                    && !label.endsWith("-")
                    && label.chars().allMatch(Domain::isAllowed);
        }

        private static boolean isAllowed(int c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
        }

        /** The domain, and the weight where there is one. */
        @Override
        public String toString() {
            return text(name, weight);
        }
    }

    /**
     * A URL, which has {@code ://}, or else a domain.
     *
     * @throws IllegalArgumentException as {@link ServerAddress#parse} or {@link Domain}, or if the weight is negative
     */
    static Server of(String urlOrDomain, int weight) {
        return urlOrDomain.contains("://")
                ? new Url(ServerAddress.parse(urlOrDomain), weight)
                : new Domain(urlOrDomain, weight);
    }

    /** Whether both are the same but for the weight. */
    default boolean isSameAs(Server other) {
        if (this instanceof Url url) {
            return other instanceof Url o && url.address().equals(o.address());
        }
        return this instanceof Domain domain
                && other instanceof Domain o
                && domain.name().equals(o.name());
    }

    private static void checkWeight(String what, int weight) {
        if (weight < 0) {
            throw new IllegalArgumentException(
                    "weight of server '" + what + "' must not be negative, but is " + weight);
        }
    }

    private static String text(String what, int weight) {
        return weight == 0 ? what : what + " (weight " + weight + ")";
    }
}
