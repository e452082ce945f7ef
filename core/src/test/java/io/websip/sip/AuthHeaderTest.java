package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 sections 20.6, 20.7, 20.27, 20.44, RFC 7616. */
class AuthHeaderTest {
    @Test
    @DisplayName("MSG-07 names, scheme and listed words without regard to case, values as they stand")
    void challenge() throws SipParseException {
        AuthHeader challenge =
                AuthHeader.parse("dIgEsT REALM =  \"[1:ABCD::abc]\", nonce =  \"31d0a89ed7781ce6877de5cb032bf114\","
                        + " qop=\"AUTH,autH-INt\", algorithm =  md5  ,  stale =  TRUE , opaque = \"00000188\"");

        assertThat(challenge.isDigest()).isTrue();
        assertThat(challenge.get("realm")).contains("[1:ABCD::abc]");
        assertThat(challenge.get("Nonce")).contains("31d0a89ed7781ce6877de5cb032bf114");
        assertThat(challenge.list("qop")).containsExactly("auth", "auth-int");
        assertThat(challenge.get("algorithm")).contains("md5");
        assertThat(challenge.get("stale")).contains("TRUE");
        assertThat(challenge.get("opaque")).contains("00000188");
        assertThat(challenge.get("domain")).isEmpty();
        assertThat(challenge.list("domain")).isEmpty();
    }

    @Test
    @DisplayName("MSG-10, MSG-11 commas and escapes in quoted values")
    void quoted() throws SipParseException {
        AuthHeader challenge = AuthHeader.parse("Digest realm=\"a,b\\\"c\\\\\",nonce=\"\",x=\"=\"");

        assertThat(challenge.get("realm")).contains("a,b\"c\\");
        assertThat(challenge.quoted("realm")).as("as it stood").contains("a,b\\\"c\\\\");
        assertThat(challenge.quoted("nonce")).contains("");
        assertThat(challenge.quoted("none")).isEmpty();
        assertThat(AuthHeader.parse("Digest a=b\\c").quoted("a"))
                .as("as it would stand")
                .contains("b\\\\c");
        assertThat(challenge.get("nonce")).contains("");
        assertThat(challenge.get("x")).contains("=");
    }

    @Test
    @DisplayName("MSG-12 of a name that stands twice the first counts; empty elements are skipped")
    void twice() throws SipParseException {
        AuthHeader challenge = AuthHeader.parse("Digest ,, realm=a, , REALM=b,");

        assertThat(challenge.get("realm")).contains("a");
        assertThat(AuthHeader.parse("Digest qop=\"auth,,  ,auth-int,\"").list("qop"))
                .containsExactly("auth", "auth-int");
    }

    @Test
    @DisplayName("values that servers should have quoted")
    void unquoted() throws SipParseException {
        AuthHeader challenge = AuthHeader.parse("Digest nonce=YWJj+/==, realm=sip:x@y;z, algorithm=SHA-256");

        assertThat(challenge.get("nonce")).contains("YWJj+/==");
        assertThat(challenge.get("realm")).contains("sip:x@y;z");
    }

    @Test
    @DisplayName("a scheme alone, another scheme, and Authentication-Info, which has none")
    void others() throws SipParseException {
        assertThat(AuthHeader.parse("Negotiate").scheme()).isEqualTo("Negotiate");
        assertThat(AuthHeader.parse(" \tDigest a=b").scheme()).isEqualTo("Digest");
        assertThat(AuthHeader.parse("NoOneKnowsThisScheme opaque-data=here").isDigest())
                .isFalse();
        AuthHeader info = AuthHeader.parseInfo("nextnonce=\"n\", qop=auth");
        assertThat(info.scheme()).isEmpty();
        assertThat(info.get("nextnonce")).contains("n");
        assertThat(AuthHeader.parseInfo("").get("x")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("RFC 9110 11.6.1 several challenges in one value, as HTTP has them; what is malformed ends the list")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Digest realm=\"a\", nonce=\"1\" | Digest:a",
                "Basic realm=\"a\", Digest realm=\"b\", nonce=\"1\" | Basic:a Digest:b",
                "Digest realm=\"a\", stale, Digest nonce=\"1\", realm=\"b\" , | Digest:a Digest:b",
                "Digest realm=\"a\" Digest realm=\"b\";Basic realm=c | Digest:a Digest:b Basic:c",
                "Bearer , Digest realm=\"b\" | Bearer:- Digest:b",
                "Digest realm=\"Digest realm=x\", Digest realm=\"b | Digest:Digest realm=x",
                "X realm=a, Y realm=b, Z realm= | X:a Y:b Z:",
            })
    void several(String value, String read) throws SipParseException {
        assertThat(AuthHeader.parseChallenges(value))
                .extracting(c -> c.scheme() + ":" + c.get("realm").orElse("-"))
                .containsExactly(read.split("(?<!Digest) "));
        assertThat(AuthHeader.parseChallenge(value).scheme()).isEqualTo(read.substring(0, read.indexOf(':')));
    }

    @Test
    @DisplayName("G8 no value shows in toString")
    void secrets() throws SipParseException {
        assertThat(AuthHeader.parse("Digest username=\"u\", response=\"deadbeef\"")
                        .toString())
                .contains("response")
                .doesNotContain("deadbeef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "Digest realm",
                "Digest realm \"x\"",
                "Digest =x",
                "Digest realm=\"x\" nonce=\"y\"",
                "Digest realm=\"x",
                "Digest,realm=x",
                "Digest realm=\"x\"\"y\"",
                "Digest realm=x y=z",
                "Basic Zm9v\"",
                "Digest realm=a\"b\""
            })
    void malformed(String text) {
        assertThat(Faults.isMalformed(() -> AuthHeader.parse(text))).isTrue();
    }
}
