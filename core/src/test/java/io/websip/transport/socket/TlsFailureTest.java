package io.websip.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TlsFailureTest {
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anExceptionThatIsItsOwnCauseIsRead() {
        CertificateException one = new CertificateException("one");
        CertificateException other = new CertificateException("other\u001b[2J");
        one.initCause(other);
        other.initCause(one);

        assertThat(TlsFailure.reason(one)).isEqualTo("CertificateException: other\ufffd[2J");
    }

    @Test
    void theCheckThatFailedIsNamed() {
        CertificateException wrapped =
                new CertificateException("outer", new CertificateExpiredException("NotAfter: yesterday"));

        assertThat(TlsFailure.reason(wrapped))
                .isEqualTo("the server's certificate has expired (CertificateExpiredException: NotAfter: yesterday)");
    }
}
