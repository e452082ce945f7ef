package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.transport.Closure;
import io.websip.transport.socket.TransportBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application may put into the upgrade request (RFC 7118 section 7), and what is said where it does not suffice. */
public abstract class UpgradeContract extends SettingsContract {
    @Test
    void headersAreSentAsTheyAreGiven() {
        UpgradeRequest request = requestOf(builder().header("X-Tenant", "blue").header("User-Agent", "door/1.0"));
        assertThat(request.header("X-Tenant")).isEqualTo("blue");
        assertThat(request.header("User-Agent")).isEqualTo("door/1.0");
    }

    @Test
    void aHeaderMayComeTwice() {
        UpgradeRequest request = requestOf(builder().header("X-Hop", "one").header("X-Hop", "two"));
        assertThat(request.header("X-Hop")).isEqualTo("one, two");
    }

    @Test
    void cookiesShareOneHeader() {
        UpgradeRequest request = requestOf(builder().cookie("session", "abc").cookie("lang", "en"));
        assertThat(request.header("Cookie")).isEqualTo("session=abc; lang=en");
    }

    @Test
    void anOriginIsSentOnlyIfItIsSet() {
        assertThat(requestOf(builder().origin("https://app.example.com")).header("Origin"))
                .isEqualTo("https://app.example.com");
        assertThat(requestOf(builder()).headers()).doesNotContainKeys("origin", "authorization", "cookie");
    }

    /** Without TLS an agent finds no server of a domain for them (RFC 6455 section 10.6). */
    @Test
    void theTransportSaysWhetherItsUpgradeRequestsCarrySecrets() {
        assertThat(built(builder()).hasUpgradeSecrets()).isFalse();
        assertThat(built(builder().origin("https://app.example.com").header("user-agent", "door"))
                        .hasUpgradeSecrets())
                .isFalse();
        assertThat(built(builder().bearerToken("t")).hasUpgradeSecrets()).isTrue();
        assertThat(built(builder().basicAuthentication("me", "p")).hasUpgradeSecrets())
                .isTrue();
        assertThat(built(builder().cookie("a", "b")).hasUpgradeSecrets()).isTrue();
        assertThat(built(builder().header("X-Api-Key", "k")).hasUpgradeSecrets())
                .isTrue();
    }

    @Test
    void aBearerTokenAuthorizes() {
        assertThat(requestOf(builder().bearerToken("to.k-en")).header("Authorization"))
                .isEqualTo("Bearer to.k-en");
    }

    @Test
    void basicCredentialsAuthorize() {
        String pair = Base64.getEncoder().encodeToString("me:pa:ss".getBytes(StandardCharsets.UTF_8));
        assertThat(requestOf(builder().basicAuthentication("me", "pa:ss")).header("Authorization"))
                .isEqualTo("Basic " + pair);
    }

    @Test
    void pathAndQueryAreSentAsTheyAreGiven() {
        RawWebSocketServer server = rawServer();
        dial(builder(), server.address("127.0.0.1", "/a%20b/sip?token=x%2Fy&n=1"));
        UpgradeRequest request = server.accept().readRequest();
        assertThat(request.line()).isEqualTo("GET /a%20b/sip?token=x%2Fy&n=1 HTTP/1.1");
        assertThat(request.header("Host"))
                .isEqualTo("127.0.0.1:" + server.address().port());
    }

    @ParameterizedTest
    @CsvSource({"401, Unauthorized, WWW-Authenticate", "407, Proxy Authentication Required, Proxy-Authenticate"})
    void aRefusalForWantOfCredentialsIsToldAndNotTriedAgain(int status, String reason, String header) {
        RawWebSocketServer server = rawServer();
        Dialed dialed = dial(builder().basicAuthentication("me", "s3cret"), server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.write("HTTP/1.1 " + status + " " + reason + "\r\n" + header
                + ": Basic realm=\"sip\"\r\nContent-Length: 0\r\n\r\n");
        assertThat(dialed.listener().awaitClosed()).isEqualTo(new Closure.Refused(status, reason));
        assertThat(peer.endsWithoutAnotherByte()).isTrue();
    }

    /** A token, a cookie, a header, a query and a proxy's password are secrets, and a server may echo them. */
    @Test
    void whatTheServerEchoesOfTheRequestIsNotTold() {
        String[] secrets = {"t0ken-value", "c00kie-value", "he4der-value", "qu3ry-value"};
        RawWebSocketServer server = rawServer();
        TransportBuilder<?> builder = builder()
                .bearerToken("t0ken-value")
                .cookie("session", "c00kie-value")
                .cookie("other", "en")
                .header("X-Key", "he4der-value");
        Dialed dialed = dial(builder, server.address("127.0.0.1", "/sip?token=qu3ry-value&n=1"));
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.write("HTTP/1.1 403 No Bearer t0ken-value session=c00kie-value he4der-value token=qu3ry-value&n=1\r\n"
                + "Content-Length: 0\r\n\r\n");
        Closure refused = dialed.listener().awaitClosed();
        assertThat(refused.toString()).doesNotContain(secrets).contains("403").contains("(No ... session=... ");

        Dialed open = dial(builder, server.address("127.0.0.1", "/sip?token=qu3ry-value&n=1"));
        RawWebSocket second = server.accept();
        second.open();
        open.listener().awaitOpen();
        second.send(Frame.close(1008, "no c00kie-value and no qu3ry-value"));
        assertThat(open.listener().awaitClosed()).isEqualTo(new Closure.Closed(1008, "no ... and no ..."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "\u0007", "\u0085", "\u009b31m", "\u007f", "\t"})
    void noRefusalActsOnALog(String hostile) {
        RawWebSocketServer server = rawServer();
        Dialed dialed = dial(builder(), server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.write(("HTTP/1.1 302 Go" + hostile + "away\r\nLocation: https://b/" + hostile
                        + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        Closure why = dialed.listener().awaitClosed();
        assertThat(why.toString().chars()).noneMatch(Character::isISOControl);
        if (why instanceof Closure.Failed failed) {
            for (Throwable each = failed.cause(); each != null; each = each.getCause()) {
                assertThat(each.toString().chars()).noneMatch(Character::isISOControl);
            }
        }
    }

    private UpgradeRequest requestOf(TransportBuilder<?> builder) {
        RawWebSocketServer server = rawServer();
        Dialed dialed = dial(builder, server.address());
        UpgradeRequest request = server.accept().open();
        dialed.listener().awaitOpen();
        return request;
    }
}
