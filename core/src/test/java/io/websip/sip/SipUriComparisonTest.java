package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3261 section 19.1.4, with all of its examples. */
class SipUriComparisonTest {
    private static boolean match(String a, String b) {
        SipUri left = SipUri.of(a);
        SipUri right = SipUri.of(b);
        boolean match = left.matches(right);
        assertThat(right.matches(left)).as("symmetric").isEqualTo(match);
        assertThat(left.matches(left)).as("reflexive").isTrue();
        if (match) {
            assertThat(left.matchKey()).isEqualTo(right.matchKey());
        }
        return match;
    }

    @ParameterizedTest(name = "{0} = {1}")
    @DisplayName("URI-03, URI-05, URI-06 the pairs that the RFC calls equivalent")
    @CsvSource({
        "sip:%61lice@atlanta.com;transport=TCP,sip:alice@AtLanTa.CoM;Transport=tcp",
        "sip:carol@chicago.com,sip:carol@chicago.com;newparam=5",
        "sip:carol@chicago.com,sip:carol@chicago.com;security=on",
        "sip:carol@chicago.com;newparam=5,sip:carol@chicago.com;security=on",
        "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com,"
                + "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
        "sip:alice@atlanta.com?subject=project%20x&priority=urgent,"
                + "sip:alice@atlanta.com?priority=urgent&subject=project%20x"
    })
    void equivalent(String a, String b) {
        assertThat(match(a, b)).isTrue();
    }

    @ParameterizedTest(name = "{0} != {1}")
    @DisplayName("URI-03, URI-04, URI-05 the pairs that the RFC calls not equivalent")
    @CsvSource({
        "SIP:ALICE@AtLanTa.CoM;Transport=udp,sip:alice@AtLanTa.CoM;Transport=UDP",
        "sip:bob@biloxi.com,sip:bob@biloxi.com:5060",
        "sip:bob@biloxi.com,sip:bob@biloxi.com;transport=udp",
        "sip:bob@biloxi.com,sip:bob@biloxi.com:6000;transport=tcp",
        "sip:carol@chicago.com,sip:carol@chicago.com?Subject=next%20meeting",
        "sip:bob@phone21.boxesbybob.com,sip:bob@192.0.2.4",
        "sip:carol@chicago.com;security=on,sip:carol@chicago.com;security=off"
    })
    void notEquivalent(String a, String b) {
        assertThat(match(a, b)).isFalse();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @DisplayName("URI-03, URI-06 equal by the rules")
    @CsvSource({
        "sip:h,SIP:H",
        "sip:u@[2001:DB8::1],sip:u@[2001:db8::1]",
        "sip:u:p@h,sip:u:%70@h",
        "sip:u@h;%70=1,sip:u@h;P=1",
        "sip:u@h;p=%61,sip:u@h;p=A",
        "sip:a%2fb@h,sip:a%2Fb@h",
        "sip:u@h?a=1&b=2,sip:u@h?B=2&A=1",
        "sip:u@h?%61=1,sip:u@h?a=%31",
        "sip:u@h;lr,sip:u@h",
        "sip:u@h;a=1;a=2,sip:u@h;a=1"
    })
    void equal(String a, String b) {
        assertThat(match(a, b)).isTrue();
    }

    @ParameterizedTest(name = "{0} != {1}")
    @DisplayName("URI-03, URI-04, URI-05, URI-06 different by the rules")
    @CsvSource({
        "sip:u@h,sips:u@h",
        "sip:u@h,sip:U@h",
        "sip:u:p@h,sip:u:P@h",
        "sip:u@h,sip:u:p@h",
        "sip:u@h,sip:h",
        "sip:u@h,sip:u:@h",
        "sip:u@h;user=phone,sip:u@h",
        "sip:u@h;user=ip,sip:u@h",
        "sip:u@h;ttl=1,sip:u@h",
        "sip:u@h;method=INVITE,sip:u@h",
        "sip:u@h;maddr=1.2.3.4,sip:u@h",
        "sip:u@h;%6daddr=1.2.3.4,sip:u@h",
        "sip:u@h;maddr=1.2.3.4,sip:u@h;maddr=1.2.3.5",
        "sip:u@h:5060,sip:u@h:5061",
        "sip:a%2Fb@h,sip:a/b@h",
        "sip:a%26b@h,sip:a&b@h",
        "sip:u:a%26b@h,sip:u:a&b@h",
        "sip:u:%FF@h,sip:u:%FE@h",
        "sip:u@h?a=1,sip:u@h",
        "sip:u@h?a=1,sip:u@h?a=2",
        "sip:u@h?a=1,sip:u@h?a=1&a=1",
        "sip:u@h;lr,sip:u@h;lr=on"
    })
    void different(String a, String b) {
        assertThat(match(a, b)).isFalse();
    }

    @Test
    @DisplayName("URI-05 the relation is not transitive, and equals compares the text")
    void notTransitive() {
        assertThat(match("sip:carol@chicago.com;security=on", "sip:carol@chicago.com"))
                .isTrue();
        assertThat(match("sip:carol@chicago.com", "sip:carol@chicago.com;security=off"))
                .isTrue();
        assertThat(match("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"))
                .isFalse();
        HashSet<Uri> set = new HashSet<>();
        set.add(SipUri.of("sip:a@h"));
        set.add(SipUri.of("sip:a@h"));
        set.add(SipUri.of("sip:a@H"));
        assertThat(set).hasSize(2);
    }
}
