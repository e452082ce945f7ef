package io.websip.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no digest can be made of, or no header can hold, is refused at once (RFC 3261 section 25.1, RFC 3629 section 3). */
class CredentialsTest {
    private static final String MD5 = "0".repeat(32);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\ud800",
                "\udc00a",
                "a\u0000",
                "a\tb",
                "a\rb",
                "a\nb",
                "a\u000bb",
                "a\fb",
                "a\u001bb",
                "a\u007fb",
                "a\u0085"
            })
    void aNameThatIsNotFitIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.password(name, "secret"))
                .withMessageStartingWith("username ")
                .withMessageNotContainingAny("\u001b", "secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.password("alice", "secret").realm(name))
                .withMessageStartingWith("realm ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.ha1(name, "example.com", DigestAlgorithm.MD5, MD5))
                .withMessageStartingWith("username ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.ha1("alice", name, DigestAlgorithm.MD5, MD5))
                .withMessageStartingWith("realm ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserAgentConfig.builder().authorizationUser(name))
                .withMessageStartingWith("username ");
    }

    @Test
    void aRealmMayBeEmptyAndAUsernameMayNot() {
        assertThat(Credentials.password("alice", "secret").realm("").realm()).contains("");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.password("", "secret"))
                .withMessage("username must not be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800", "\udc00", "\ud800\ud800\udc00"})
    void aPasswordWithHalfASurrogateIsRefusedAndNotShown(String password) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.password("alice", password))
                .withMessageStartingWith("password must not hold half of a surrogate pair");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserAgentConfig.builder().password(password))
                .withMessageStartingWith("password must not hold half of a surrogate pair");
    }

    @Test
    void aPasswordMayHoldWhateverUtf8CanExpress() {
        String odd = "\u0000\t\r\n\u001b\u007f\u20ac\ud83d\ude00";
        assertThat(Credentials.password("alice", odd).password()).contains(odd);
        assertThat(Credentials.password("j\u00f6rg \ud83d\ude00", "").username())
                .isEqualTo("j\u00f6rg \ud83d\ude00");
    }

    @Test
    void weakerChallengesAreAllowedByTheProgramOnly() {
        Credentials plain = Credentials.password("alice", "secret");
        assertThat(plain.allowsWeaker()).isFalse();
        assertThat(plain.allowWeaker().allowsWeaker()).isTrue();
        assertThat(plain.allowWeaker().realm("a").allowsWeaker()).isTrue();
        assertThat(plain.realm("a").allowWeaker().realm()).contains("a");
    }
}
