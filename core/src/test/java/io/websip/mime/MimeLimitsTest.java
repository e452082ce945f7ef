package io.websip.mime;

import static io.websip.mime.Bodies.fault;
import static io.websip.mime.Bodies.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The limits, which are all in one place. */
class MimeLimitsTest {
    private record Limit(
            String name,
            BiFunction<MimeLimits.Builder, Integer, MimeLimits.Builder> set,
            ToIntFunction<MimeLimits> get,
            int usual,
            int most) {}

    private static final List<Limit> ALL = List.of(
            new Limit("maxHeaders", MimeLimits.Builder::maxHeaders, MimeLimits::maxHeaders, 64, 1_024),
            new Limit("maxHeaderBytes", MimeLimits.Builder::maxHeaderBytes, MimeLimits::maxHeaderBytes, 8_192, 65_535),
            new Limit("maxParts", MimeLimits.Builder::maxParts, MimeLimits::maxParts, 32, 1_024),
            new Limit("maxMultipartDepth", MimeLimits.Builder::maxMultipartDepth, MimeLimits::maxMultipartDepth, 5, 16),
            new Limit("maxCpimDepth", MimeLimits.Builder::maxCpimDepth, MimeLimits::maxCpimDepth, 3, 16),
            new Limit(
                    "maxDecodedBytes",
                    MimeLimits.Builder::maxDecodedBytes,
                    MimeLimits::maxDecodedBytes,
                    65_535,
                    1 << 24),
            new Limit("maxInflation", MimeLimits.Builder::maxInflation, MimeLimits::maxInflation, 100, 1_100),
            new Limit("maxXmlDepth", MimeLimits.Builder::maxXmlDepth, MimeLimits::maxXmlDepth, 16, 64),
            new Limit("maxXmlElements", MimeLimits.Builder::maxXmlElements, MimeLimits::maxXmlElements, 4_096, 1 << 20),
            new Limit("maxXmlAttributes", MimeLimits.Builder::maxXmlAttributes, MimeLimits::maxXmlAttributes, 32, 64));

    @Test
    @DisplayName("each has its default and its bounds, and the value is named")
    void bounds() {
        for (Limit limit : ALL) {
            assertThat(limit.get().applyAsInt(MimeLimits.DEFAULT))
                    .as(limit.name())
                    .isEqualTo(limit.usual());
            for (int good : new int[] {1, limit.most()}) {
                assertThat(limit.get()
                                .applyAsInt(limit.set()
                                        .apply(MimeLimits.builder(), good)
                                        .build()))
                        .as(limit.name())
                        .isEqualTo(good);
            }
            for (int bad : new int[] {0, limit.most() + 1}) {
                assertThatThrownBy(() -> limit.set().apply(MimeLimits.builder(), bad))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(limit.name() + " must be 1 to ")
                        .hasMessageEndingWith(" " + bad);
            }
        }
    }

    @Test
    @DisplayName("64 header fields in each block of a CPIM message, and no more")
    void headers() throws MimeParseException {
        String end = "\nContent-Type: text/plain\n\nHi";
        assertThat(Cpim.parse(wire("X: y\n".repeat(64) + end)).headers()).hasSize(64);
        assertThat(fault(() -> Cpim.parse(wire("X: y\n".repeat(65) + end))).statusHint())
                .isEqualTo(400);
        assertThat(fault(() -> Cpim.parse(wire("X: y\n\n" + "X: y\n".repeat(65) + "\nHi")))
                        .statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("8,192 octets in a header field, folds and line break counted, and no more")
    void headerBytes() throws MimeParseException {
        String row = "Subject: " + "a".repeat(8_176) + "\n b"; // 8,189 octets with CRLF for LF
        assertThat(Cpim.parse(wire(row + "c\n\n\nHi")).subject().orElseThrow()).hasSize(8_179);
        assertThat(fault(() -> Cpim.parse(wire(row + "cd\n\n\nHi"))).statusHint())
                .isEqualTo(400);
    }
}
