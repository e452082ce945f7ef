package io.websip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.websip.sip.SipUri;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no target is named, and the password in it is not. */
class TargetTest {
    private static final SipUri OWN = SipUri.of("sip:alice@example.com");

    @ParameterizedTest
    @DisplayName("G8: an exception shows no password that stands in a URI")
    @CsvSource({
        "sip:bob:secret@example com,sip:bob:...@example com",
        "SIPS:bob:secret@,SIPS:bob:...@",
        "bob:secret:and@more@,bob:...@",
        "im:bob:secret@,im:bob:...@",
        "tel:bob:secret@example.com,tel:bob:...@example.com",
        "mailto:bob:secret@example.com,mailto:bob:...@example.com",
        "sip:bob:secret@example.com?x=y,sip:bob:...@example.com?x=y",
        "mailto:bob@example.com,mailto:bob@example.com",
        "sip:[::1]:x,sip:[::1]:x",
        "<bob>,<bob>"
    })
    void shownWithoutPassword(String target, String shown) {
        assertThatExceptionOfType(InvalidTargetException.class)
                .isThrownBy(() -> Target.parse(target, OWN))
                .withMessageStartingWith("invalid target '" + shown + "': ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
}
