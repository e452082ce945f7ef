package io.websip.transport.socket;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"4.1.128.Final", "4.2.1.Final", "4.2.0.RC4", "4.2.1", "3.10.6.Final", "0.0.0", "04.02.01"})
    void anOlderVersionIsRefusedInWordsThatNameBoth(String found) {
        assertThatIllegalStateException()
                .isThrownBy(() -> LibraryVersion.require("Netty", found, "4.2.2"))
                .withMessage("this transport needs Netty 4.2.2 or newer, but found " + found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.2.2.Final", "4.2.2", "4.2.20.Final", "4.10.0.Final", "5.0.0.Alpha1", "4.2.3-SNAPSHOT"})
    void theVersionNeededAndEachNewerOnePass(String found) {
        assertThatCode(() -> LibraryVersion.require("Netty", found, "4.2.2")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "4",
                "4.1",
                "4.1.x",
                "4.1.z-SNAPSHOT",
                "${project.version}",
                "v4.1.0",
                "4-1-0",
                "4.1.99999999999999999999",
                "-4.1.0",
                "4..1"
            })
    void anUnknownVersionPasses(String found) {
        assertThatCode(() -> LibraryVersion.require("Netty", found, "4.2.2")).doesNotThrowAnyException();
    }

    @Test
    void noVersionPasses() {
        assertThatCode(() -> LibraryVersion.require("Netty", null, "4.2.2")).doesNotThrowAnyException();
    }
}
