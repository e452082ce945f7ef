package io.websip.transport.client;

import io.websip.text.Visible;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;

/** Says which check of a TLS handshake failed. */
public final class TlsFailure {
    private static final int MAX_CAUSES = 16;

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
        return causes(failure).stream().anyMatch(type::isInstance);
    }

    /** The failure and its causes; a check of the program's own may throw one that is its own cause. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable each = failure; each != null && causes.size() < MAX_CAUSES; each = each.getCause()) {
            causes.add(each);
        }
        return causes;
    }

    private static String deepest(Throwable failure) {
        List<Throwable> causes = causes(failure);
        Throwable deepest = causes.get(causes.size() - 1);
        String name = deepest.getClass().getSimpleName();
        return deepest.getMessage() == null ? name : name + ": " + Visible.line(deepest.getMessage());
    }
}
