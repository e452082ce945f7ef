package io.websip.mime;

import static io.websip.mime.Bodies.fault;
import static io.websip.mime.Bodies.text;
import static io.websip.mime.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3994. */
class IsComposingTest {
    private static final String START = "<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\">";

    private static IsComposing of(String children) {
        try {
            return IsComposing.parse(utf8(START + children + "</isComposing>"));
        } catch (MimeParseException e) {
            throw new AssertionError(children, e);
        }
    }

    @Test
    @DisplayName("8.1 the example, with a location of its schema")
    void example() throws MimeParseException {
        IsComposing read = IsComposing.parse(utf8("""
                <?xml version="1.0" encoding="UTF-8"?>
                <isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                  xsi:schemaLocation="urn:ietf:params:xml:ns:im-composing iscomposing.xsd">
                    <state>idle</state>
                    <lastactive>2003-01-27T10:43:00Z</lastactive>
                    <contenttype>audio</contenttype>
                </isComposing>"""));
        assertThat(read.isActive()).isFalse();
        assertThat(read.lastActive()).contains(Instant.parse("2003-01-27T10:43:00Z"));
        assertThat(read.contentType()).contains("audio");
        assertThat(read.refresh()).isEmpty();
        assertThat(read.validity()).isZero();
        assertThat(read).hasToString("idle");
    }

    @ParameterizedTest
    @CsvSource({"active,true", "' active ',true", "ACTIVE,true", "idle,false", "recording,false", "x,false"})
    @DisplayName("3.5 a state that is not known is idle")
    void states(String state, boolean active) {
        assertThat(of("<state>" + state + "</state>").isActive()).isEqualTo(active);
    }

    @ParameterizedTest
    @CsvSource({
        "60,60,60",
        "5,5,10",
        "007,7,10",
        "3600,3600,3600",
        "99999,99999,3600",
        "99999999999999999999999999,2147483647,3600",
        "0,,120",
        "-5,,120",
        "1.5,,120",
        "x,,120",
        "'',,120"
    })
    @DisplayName("3.3 a refresh time is any positive number, and the state holds for 10 s to an hour")
    void refresh(String text, @Nullable Integer seconds, int validity) {
        IsComposing read = of("<state>active</state><refresh>" + text + "</refresh>");
        assertThat(read.refresh().map(Duration::toSeconds).orElse(null))
                .isEqualTo(seconds == null ? null : Long.valueOf(seconds));
        assertThat(read.validity()).isEqualTo(Duration.ofSeconds(validity));
    }

    @Test
    @DisplayName("3.3 without a refresh time the state holds for 120 s")
    void unrefreshed() {
        assertThat(of("<state>active</state>").validity()).isEqualTo(Duration.ofSeconds(120));
    }

    @Test
    @DisplayName("6 a prefix, foreign elements, any order; but not a foreign root, and not without a state")
    void wide() throws MimeParseException {
        IsComposing read = IsComposing.parse(utf8("<x:isComposing xmlns:x='urn:ietf:params:xml:ns:im-iscomposing'>"
                + "<state>idle</state><y/><x:refresh>90</x:refresh><x:state>active</x:state></x:isComposing>"));
        assertThat(read.isActive()).isTrue();
        assertThat(read.refresh()).contains(Duration.ofSeconds(90));
        for (String document : new String[] {
            "<isComposing><state>active</state></isComposing>",
            "<isComposing xmlns='urn:ietf:params:xml:ns:im-composing'><state>active</state></isComposing>",
            START + "</isComposing>",
            START + "<state/></isComposing>"
        }) {
            assertThat(fault(() -> IsComposing.parse(utf8(document))).statusHint())
                    .isEqualTo(400);
        }
    }

    @Test
    @DisplayName("6 written in the order of the schema, with the default namespace; idle says no refresh time")
    void writing() {
        assertThat(text(IsComposing.idle().toBytes()))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + START + "<state>idle</state></isComposing>");
        assertThat(text(IsComposing.idle(Instant.parse("2026-12-01T10:00:00.5Z"))
                        .toBytes()))
                .endsWith("<state>idle</state><lastactive>2026-12-01T10:00:00Z</lastactive></isComposing>");
        assertThat(IsComposing.active("video", Duration.ofMillis(90_500)).refresh())
                .contains(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1_000, 999, 2_147_483_648_000L})
    @DisplayName("6 a refresh time is a positive number of seconds")
    void refusedRefresh(long millis) {
        assertThatThrownBy(() -> IsComposing.active("text/plain", Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RFC 3994 section 6");
    }

    @Test
    @DisplayName("a type that is blank or has a control character is refused, a part of another type is none")
    void refused() throws MimeParseException {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> IsComposing.active(" ", minute)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IsComposing.active("a\nb", minute)).isInstanceOf(IllegalArgumentException.class);
        assertThat(fault(() -> IsComposing.of(BodyPart.text("a"))).statusHint()).isEqualTo(400);
        assertThat(IsComposing.of(IsComposing.idle().toPart())).isEqualTo(IsComposing.idle());
    }
}
