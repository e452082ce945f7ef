package io.websip.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.config.Credentials;
import io.websip.config.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published vectors, and those that JsSIP tests itself with. */
class DigestVectorsTest {
    private static final String MUFASA_NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String MUFASA_CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    private final DigestCalculator calculator = new DigestCalculator();

    private String mufasa(DigestAlgorithm algorithm) {
        return calculator.response(
                algorithm,
                calculator.ha1(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life"),
                "GET",
                "/dir/index.html",
                MUFASA_NONCE,
                "auth",
                MUFASA_CNONCE,
                "00000001",
                new byte[0]);
    }

    @Test
    void rfc7616Section391() {
        assertThat(mufasa(DigestAlgorithm.MD5)).isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
        assertThat(mufasa(DigestAlgorithm.SHA_256))
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    @Test
    void rfc7616Section392UserhashIsThatOfSha512Slash256() {
        assertThat(calculator.userhash(DigestAlgorithm.SHA_512_256, "Jäsøn Doe", "api@example.org"))
                .isEqualTo("793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b");
    }

    @Test
    void rfc2617Mufasa() {
        assertThat(calculator.response(
                        DigestAlgorithm.MD5,
                        calculator.ha1(DigestAlgorithm.MD5, "Mufasa", "testrealm@host.com", "Circle Of Life"),
                        "GET",
                        "/dir/index.html",
                        "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                        "auth",
                        "0a4f113b",
                        "00000001",
                        new byte[0]))
                .isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none,     '',        f99e05f591f147facbc94ff23b4b1dee",
                "auth,     '',        a69b9c2ea0dea1437a21df6ddc9b05e4",
                "auth-int, '',        82b3cab8b1c4df404434db6a0581650c",
                "auth-int, TEST BODY, 7bf0e9de3fbb5da121974509d617f532"
            })
    void thoseOfJssip(@Nullable String qop, String body, String expected) {
        assertThat(calculator.response(
                        DigestAlgorithm.MD5,
                        calculator.ha1(DigestAlgorithm.MD5, "testuser", "testrealm@host.com", "testpassword"),
                        "REGISTER",
                        "sip:testrealm@host.com",
                        "5a071f75353f667787615249c62dcc7b15a4828f",
                        qop,
                        "0a4f113b",
                        "00000001",
                        body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
    }

    /** Computed apart, with Python's hashlib. */
    @ParameterizedTest
    @CsvSource({
        "MD5_SESS,         e783283f46242139c486a698fec7211d",
        "SHA_256_SESS,     2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7",
        "SHA_512_256_SESS, 3f2a34f923c38b0fb26dce2fdfc2ce326c23cecf86fbb1444f3e51fbbc2cb92e",
        "SHA_512_256,      430d05014cecc49cab6fbe03176d41a1da86cbfe24a16580e22aaad928d960d0"
    })
    void sessionFormsAndSha512Slash256(DigestAlgorithm algorithm, String expected) {
        assertThat(mufasa(algorithm)).isEqualTo(expected);
    }

    @Test
    void jssipHashedEmojiAsCesu8() {
        assertThat(calculator.ha1(DigestAlgorithm.MD5, "bob", "example.com", "pass📞"))
                .isEqualTo("4eeca56bd991fb3afd261817f6c118df");
    }

    @Test
    void secretsAreInNoText() {
        String ha1 = calculator.ha1(DigestAlgorithm.MD5, "bob", "r", "s3cret");
        assertThat(Credentials.password("bob", "s3cret").realm("r") + " "
                        + Credentials.ha1("bob", "r", DigestAlgorithm.MD5, ha1))
                .doesNotContain("s3cret")
                .doesNotContain(ha1)
                .contains("bob");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.ha1("bob", "r", DigestAlgorithm.SHA_256, ha1))
                .withMessageContaining("64 hexadecimal digits")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(ha1));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Credentials.ha1("bob", "r", DigestAlgorithm.MD5, ha1).realm("other"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(ha1));
    }
}
