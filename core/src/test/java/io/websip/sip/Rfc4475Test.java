package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.websip.kit.Rfc4475;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The messages of RFC 4475 themselves, where they are at hand. {@link OwnCorpusTest} covers the same oddities without them. */
class Rfc4475Test {
    @BeforeAll
    static void corpusIsThere() {
        assumeTrue(Rfc4475.isThere(), "no RFC 4475 messages at " + Rfc4475.folder());
    }

    private static byte[] read(String file) {
        return Rfc4475.read(file);
    }

    private static SipMessage taken(String file) {
        return TortureVerdict.of(read(file)).taken();
    }

    @TestFactory
    @DisplayName("TOR-01 every message is taken or refused as the oracle has it, or as the table of deviations says")
    List<DynamicTest> oracle() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Rfc4475.Row row : Rfc4475.rows()) {
            tests.add(DynamicTest.dynamicTest(row.file(), () -> judge(row)));
        }
        return tests;
    }

    private static void judge(Rfc4475.Row row) {
        TortureVerdict verdict = TortureVerdict.of(row.octets());
        Optional<String> deviation = Rfc4475.deviation("parser", row.file());
        if (deviation.isPresent()) {
            assertThat(row.answers()).as("a deviation").doesNotContain(deviation.get());
            assertThat(verdict).hasToString(deviation.get());
        } else if (languageRefuses(row)) {
            boolean overlooked = row.liberal() && verdict.toString().equals("accept");
            assertThat(overlooked || row.answers().contains(verdict.toString()))
                    .as(verdict.toString())
                    .isTrue();
        } else {
            assertThat(verdict).hasToString("accept");
        }
    }

    /** Faults that only the engine can see are no matter of the language. */
    private static boolean languageRefuses(Rfc4475.Row row) {
        return !row.valid()
                && !row.faultLayer().equals("transaction")
                && !row.faultLayer().equals("app");
    }

    @Test
    @DisplayName("3.1.1.1 what a short tortuous INVITE says")
    void wsinv() {
        SipRequest m = (SipRequest) taken("wsinv.dat");

        assertThat(m.maxForwards()).hasValue(68);
        assertThat(m.cseq()).hasToString("9 INVITE");
        assertThat(m.bodyLength()).isEqualTo(150);
        assertThat(m.vias())
                .extracting(Via::host)
                .containsExactly("192.0.2.2", "spindle.example.com", "192.168.255.111");
        assertThat(m.topVia().hasTransactionBranch()).isFalse();
        assertThat(m.from().displayName()).contains("J Rosenberg \\\"");
        assertThat(m.to().tag()).contains("1918181833n");
        assertThat(m.headers().first("Subject")).contains("");
        NameAddress contact = m.contacts().get(0);
        assertThat(contact.displayName()).contains("Quoted string \"\"");
        assertThat(contact.parameters().get("newparam")).contains("newvalue");
        assertThat(contact.parameters().get("secondparam")).contains("");
        assertThat(contact.q()).hasValue(0.33);
        assertThat(m.headers().first("UnknownHeaderWithUnusualValue")).contains(";;,,;;,;");
    }

    @Test
    @DisplayName("3.1.1.3, 3.1.1.4, 3.1.1.9 escapes are undone once and end no user")
    void escapes() {
        SipRequest esc01 = (SipRequest) taken("esc01.dat");
        assertThat(((SipUri) esc01.requestUri()).user()).contains("sips:user@example.com");
        assertThat(((SipUri) esc01.to().uri()).user()).contains("user");
        SipUri contact = (SipUri) esc01.contacts().get(0).uri();
        assertThat(contact.isLooseRouter()).isTrue();
        assertThat(contact.parameters().get("name")).as("escapes kept").contains("v%61lue%25%34%31");

        List<NameAddress> contacts = taken("escnull.dat").contacts();
        assertThat(contacts).hasSize(2);
        assertThat(((SipUri) contacts.get(0).uri())
                        .matches((SipUri) contacts.get(1).uri()))
                .isFalse();

        SipUri semiuri = (SipUri) ((SipRequest) taken("semiuri.dat")).requestUri();
        assertThat(semiuri.user()).contains("user;par=u@example.net");
        assertThat(semiuri.parameters().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("3.1.1.7, 3.1.1.10 every Via is echoed in order")
    void vias() {
        for (String file : new String[] {"longreq.dat", "transports.dat", "wsinv.dat"}) {
            SipMessage m = taken(file);
            SipResponse answer = SipResponse.to(m.headers(), 200, null, "t").build();

            assertThat(answer.headers().list("Via")).isEqualTo(m.headers().list("Via"));
            assertThat(answer.vias()).isEqualTo(m.vias());
        }
        assertThat(taken("longreq.dat").vias()).hasSize(34);
        assertThat(taken("transports.dat").vias())
                .extracting(Via::transport)
                .containsExactly("UDP", "SCTP", "TLS", "UNKNOWN", "TCP");
    }

    @Test
    @DisplayName("3.1.1.8, 3.1.1.11 the body is what Content-Length says, octet by octet")
    void bodies() {
        assertThat(taken("dblreq.dat").bodyLength()).isZero();
        assertThat(taken("mpart01.dat").body()).hasSize(553).contains((byte) 0);
        assertThat(taken("inv2543.dat").bodyLength()).isEqualTo(105);
    }

    @Test
    @DisplayName("3.1.1.5, 3.1.1.6, 3.1.1.12, 3.3.12, 3.3.13 names, reasons and parameters")
    void others() {
        SipRequest esc02 = (SipRequest) taken("esc02.dat");
        assertThat(esc02.method()).hasToString("RE%47IST%45R");
        assertThat(esc02.contacts()).hasSize(2);
        assertThat(taken("lwsdisp.dat").from().displayName()).contains("caller");
        assertThat(((SipResponse) taken("unreason.dat")).reason()).startsWith("= 2**3 * 5**2 ");
        assertThat(((SipResponse) taken("noreason.dat")).reason()).isEmpty();
        assertThat(taken("bcast.dat").hasSeveralVias()).isTrue();
        assertThat(taken("cparam01.dat").contacts().get(0).parameters().contains("unknownparam"))
                .isTrue();
        SipUri cparam02 = (SipUri) taken("cparam02.dat").contacts().get(0).uri();
        assertThat(cparam02.parameters().contains("unknownparam")).isTrue();
        SipUri regescrt = (SipUri) taken("regescrt.dat").contacts().get(0).uri();
        assertThat(regescrt.headers().orElseThrow()).startsWith("Route=");
    }

    @Test
    @DisplayName("3.1.2.4 an overlarge CSeq is echoed as it stands")
    void scalar02() {
        SipParseException fault = Faults.of(() -> {
            SipMessage m = SipMessage.parse(read("scalar02.dat"));
            m.verify();
            return m;
        });
        SipHeaders request = fault.headers().orElseThrow();

        assertThat(SipResponse.to(request, 400, null, "t").build().headers().first("CSeq"))
                .contains("36893488147419103232 REGISTER");
    }

    @Test
    @DisplayName("3.1.2.6, 3.1.2.14, 3.1.2.15 what a liberal element may infer or ignore is")
    void liberal() {
        assertThat(taken("quotbal.dat").to().displayName()).contains("Mr. J. User");
        assertThat(taken("badaspec.dat").to().uri()).hasToString("sip:t.watson@example.org");
        Path file = Rfc4475.folder().resolve("baddn-terminated.dat");
        assumeTrue(Files.isRegularFile(file));
        assertThat(taken("baddn-terminated.dat").from().displayName()).contains("Bell, Alexander");
    }

    @Test
    @DisplayName("3.1.2.15 the header of the published message does not end, so it is refused")
    void baddn() {
        assertThat(TortureVerdict.of(read("baddn.dat"))).hasToString("400");
    }
}
