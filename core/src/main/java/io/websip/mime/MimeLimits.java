package io.websip.mime;

/**
 * Hard limits for reading, so that hostile input costs little. Immutable.
 *
 * <p>All of them are here. Input beyond one is refused with a {@link MimeParseException}.
 */
public final class MimeLimits {
    /** Limits that every known peer keeps; each method of {@link Builder} names its default. */
    public static final MimeLimits DEFAULT = builder().build();

    /** Octets that may always come out, however small the input is: a text of one letter deflates to nearly nothing. */
    private static final int ALWAYS_INFLATED = 16_384;

    private final int maxHeaders;
    private final int maxHeaderBytes;
    private final int maxParts;
    private final int maxMultipartDepth;
    private final int maxCpimDepth;
    private final int maxDecodedBytes;
    private final int maxInflation;
    private final int maxXmlDepth;
    private final int maxXmlElements;
    private final int maxXmlAttributes;

    private MimeLimits(Builder from) {
        maxHeaders = from.maxHeaders;
        maxHeaderBytes = from.maxHeaderBytes;
        maxParts = from.maxParts;
        maxMultipartDepth = from.maxMultipartDepth;
        maxCpimDepth = from.maxCpimDepth;
        maxDecodedBytes = from.maxDecodedBytes;
        maxInflation = from.maxInflation;
        maxXmlDepth = from.maxXmlDepth;
        maxXmlElements = from.maxXmlElements;
        maxXmlAttributes = from.maxXmlAttributes;
    }

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Header rows in one block. */
    public int maxHeaders() {
        return maxHeaders;
    }

    /** One header row in octets, folds included. */
    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    /** Parts of a multipart and of all those in it. */
    public int maxParts() {
        return maxParts;
    }

    /** Multiparts in one another. */
    public int maxMultipartDepth() {
        return maxMultipartDepth;
    }

    /** CPIM messages in one another. */
    public int maxCpimDepth() {
        return maxCpimDepth;
    }

    /** The length of a decoded content, and of an XML document, in octets. */
    public int maxDecodedBytes() {
        return maxDecodedBytes;
    }

    /** How many times its length a deflated content may become, once it is longer than 16,384 octets. */
    public int maxInflation() {
        return maxInflation;
    }

    /** XML elements in one another. */
    public int maxXmlDepth() {
        return maxXmlDepth;
    }

    /** XML elements in one document. */
    public int maxXmlElements() {
        return maxXmlElements;
    }

    /** Attributes of one XML element, declarations of namespaces included. */
    public int maxXmlAttributes() {
        return maxXmlAttributes;
    }

    /** The most octets that this many deflated ones may become. */
    int inflated(int octets) {
        return (int) Math.min(maxDecodedBytes, Math.max(ALWAYS_INFLATED, (long) octets * maxInflation));
    }

    /** Collects limits. Not thread-safe. */
    public static final class Builder {
        private int maxHeaders = 64;
        private int maxHeaderBytes = 8_192;
        private int maxParts = 32;
        private int maxMultipartDepth = 5;
        private int maxCpimDepth = 3;
        private int maxDecodedBytes = 65_535;
        private int maxInflation = 100;
        private int maxXmlDepth = 16;
        private int maxXmlElements = 4_096;
        private int maxXmlAttributes = 32;

        private Builder() {}

        /** Header rows in one block, 1 to 1,024; 64 if it is not set. */
        public Builder maxHeaders(int rows) {
            maxHeaders = checked("maxHeaders", rows, 1_024);
            return this;
        }

        /** One header row in octets, 1 to 65,535; 8,192 if it is not set. */
        public Builder maxHeaderBytes(int octets) {
            maxHeaderBytes = checked("maxHeaderBytes", octets, 65_535);
            return this;
        }

        /** Parts of a multipart and of all those in it, 1 to 1,024; 32 if it is not set. */
        public Builder maxParts(int parts) {
            maxParts = checked("maxParts", parts, 1_024);
            return this;
        }

        /** Multiparts in one another, 1 to 16; 5 if it is not set. */
        public Builder maxMultipartDepth(int depth) {
            maxMultipartDepth = checked("maxMultipartDepth", depth, 16);
            return this;
        }

        /** CPIM messages in one another, 1 to 16; 3 if it is not set. */
        public Builder maxCpimDepth(int depth) {
            maxCpimDepth = checked("maxCpimDepth", depth, 16);
            return this;
        }

        /** The length of a decoded content, and of an XML document, 1 to 16,777,216 octets; 65,535 if it is not set. */
        public Builder maxDecodedBytes(int octets) {
            maxDecodedBytes = checked("maxDecodedBytes", octets, 1 << 24);
            return this;
        }

        /** How many times its length a deflated content may become, 1 to 1,100; 100 if it is not set. */
        public Builder maxInflation(int times) {
            maxInflation = checked("maxInflation", times, 1_100);
            return this;
        }

        /** XML elements in one another, 1 to 64; 16 if it is not set. */
        public Builder maxXmlDepth(int depth) {
            maxXmlDepth = checked("maxXmlDepth", depth, 64);
            return this;
        }

        /** XML elements in one document, 1 to 1,048,576; 4,096 if it is not set. */
        public Builder maxXmlElements(int elements) {
            maxXmlElements = checked("maxXmlElements", elements, 1 << 20);
            return this;
        }

        /** Attributes of one XML element, 1 to 64; 32 if it is not set. */
        public Builder maxXmlAttributes(int attributes) {
            maxXmlAttributes = checked("maxXmlAttributes", attributes, 64);
            return this;
        }

        private static int checked(String name, int value, int max) {
            if (value < 1 || value > max) {
                throw new IllegalArgumentException(name + " must be 1 to " + max + ", not " + value);
            }
            return value;
        }

        /** The limits. */
        public MimeLimits build() {
            return new MimeLimits(this);
        }
    }
}
