package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Message;
import io.websip.UserAgent;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a response that is not for a message leaves it pending")
class StrayResponseTest {
    private static String ok(SipRequest request) {
        return new String(
                SipResponse.to(request.headers(), 200, null, "fake").build().toBytes(), StandardCharsets.UTF_8);
    }

    /** A 200 with something wrong comes first, and a good one behind it. */
    private static void leavesPending(UnaryOperator<String> spoil) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.raw(request -> spoil.apply(ok(request)).getBytes(StandardCharsets.UTF_8)));
            Message message = scene.tape.record(new Message(alice));
            scene.tape.record(message.send("bob", "Hello"));
            scene.run();
            assertThat(scene.tape.entries()).containsExactly("newMessage LOCAL", "sending LOCAL", "wire MESSAGE");

            SipRequest request = scene.messages().get(0);
            scene.connection().send(ok(request).getBytes(StandardCharsets.UTF_8));
            scene.run();
            assertThat(scene.tape.entries("future")).containsExactly("future 200");
            assertThat(scene.network.connections()).hasSize(1);
        }
    }

    @Test
    @DisplayName("TXN: the branch of another transaction")
    void otherBranch() {
        leavesPending(ok -> ok.replace("branch=z9hG4bK", "branch=z9hG4bKx"));
    }

    @Test
    @DisplayName("no branch at all")
    void noBranch() {
        leavesPending(ok -> ok.replaceFirst(";branch=[^\r;]*", ""));
    }

    @Test
    @DisplayName("UAC-10: two Via rows")
    void twoVias() {
        leavesPending(ok -> ok.replaceFirst("\r\nFrom:", "\r\nVia: SIP/2.0/WS other.invalid;branch=z9hG4bKo\r\nFrom:"));
    }

    @Test
    @DisplayName("UAC-10: two Via values in one row")
    void twoViasInOneRow() {
        leavesPending(ok -> ok.replaceFirst("(Via: [^\r]*)", "$1, SIP/2.0/WS other.invalid;branch=z9hG4bKo"));
    }

    @Test
    @DisplayName("TXN: the CSeq of another method")
    void otherMethod() {
        leavesPending(ok -> ok.replaceFirst("CSeq: (\\d+) MESSAGE", "CSeq: $1 OPTIONS"));
    }

    @Test
    @DisplayName("no CSeq")
    void noCseq() {
        leavesPending(ok -> ok.replaceFirst("CSeq: [^\r]*\r\n", ""));
    }

    @Test
    @DisplayName("status 99")
    void status99() {
        leavesPending(ok -> ok.replaceFirst("SIP/2.0 200", "SIP/2.0 99"));
        leavesPending(ok -> ok.replaceFirst("SIP/2.0 200", "SIP/2.0 099"));
    }

    @Test
    @DisplayName("status 700")
    void status700() {
        leavesPending(ok -> ok.replaceFirst("SIP/2.0 200", "SIP/2.0 700"));
    }

    @Test
    @DisplayName("status 4294967301, which is 5 in 32 bits (RFC 4475 section 3.1.2.19)")
    void statusBeyondInt() {
        leavesPending(ok -> ok.replaceFirst("SIP/2.0 200", "SIP/2.0 4294967301"));
        leavesPending(ok -> ok.replaceFirst("SIP/2.0 200", "SIP/2.0 4294967496"));
    }

    @Test
    @DisplayName("another version of SIP")
    void otherVersion() {
        leavesPending(ok -> ok.replaceFirst("SIP/2.0 200", "SIP/7.0 200"));
    }

    @Test
    @DisplayName("a Content-Length of more than there is")
    void cutShort() {
        leavesPending(ok -> ok.replaceFirst("Content-Length: 0", "Content-Length: 5"));
    }

    @Test
    @DisplayName("TRP-04: received and rport in our own Via are no hindrance, nor is an empty reason")
    void matches() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.raw(request -> ok(request)
                    .replaceFirst("(Via: [^\r]*)", "$1;received=192.0.2.7;rport=4711")
                    .replaceFirst("200 OK", "200 ")
                    .getBytes(StandardCharsets.UTF_8)));
            assertThat(alice.sendMessage("bob", "Hello").join().reason()).isEmpty();
        }
    }

    @Test
    @DisplayName("compact forms and other letters in header names are no hindrance")
    void headerNames() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.raw(request -> ok(request)
                    .replaceFirst("\r\nVia:", "\r\nv:")
                    .replaceFirst("\r\nCSeq:", "\r\ncseq:")
                    .getBytes(StandardCharsets.UTF_8)));
            assertThat(alice.sendMessage("bob", "Hello").join().status()).isEqualTo(200);
        }
    }
}
