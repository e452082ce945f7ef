package io.websip.transport.socket;

import io.websip.internal.log.ThrownText;
import io.websip.text.Visible;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;

/** Says which check of a TLS handshake failed. */
public final class TlsFailure {
    private TlsFailure() {}

    /** Why a TLS handshake failed, in one line: the check, and what the JDK says of it. */
    public static String reason(Throwable failure) {
        String check = check(failure);
        return check.isEmpty() ? deepest(failure) : check + " (" + deepest(failure) + ")";
    }

    private static String check(Throwable failure) {
        // The validity first: the JDK tells it as the cause of a chain that is not trusted.
        if (has(CertificateExpiredException.class, failure)) {
            return "the server's certificate has expired";
        }
        if (has(CertificateNotYetValidException.class, failure)) {
            return "the server's certificate is not valid yet";
        }
        if (has(CertPathBuilderException.class, failure) || has(CertPathValidatorException.class, failure)) {
            return "the server's certificate is of no trusted authority";
        }
        // The JDK's check of the name has no exception of its own; all that it says begins with "No".
        if (has(CertificateException.class, failure) && deepest(failure).contains("Exception: No ")) {
            return "the server's certificate is for another host";
        }
        return "";
    }

    private static boolean has(Class<? extends Throwable> type, Throwable failure) {
        return Causes.have(type, failure);
    }

    private static String deepest(Throwable failure) {
        List<Throwable> causes = Causes.of(failure);
        Throwable deepest = causes.get(causes.size() - 1);
        String name = deepest.getClass().getSimpleName();
        String message = ThrownText.message(deepest);
        return message.equals(ThrownText.of(deepest)) ? name : name + ": " + Visible.line(message);
    }
}
