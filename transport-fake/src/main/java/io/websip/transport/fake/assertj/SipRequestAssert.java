package io.websip.transport.fake.assertj;

import io.websip.internal.auth.AuthKind;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import org.jspecify.annotations.Nullable;

/** Assertions about a request; made by {@link SipAssertions}. */
public final class SipRequestAssert extends AbstractSipMessageAssert<SipRequestAssert, SipRequest> {
    SipRequestAssert(@Nullable SipRequest actual) {
        super(actual, SipRequestAssert.class);
    }

    /** The method is this one. */
    public SipRequestAssert hasMethod(SipMethod method) {
        if (!message().method().equals(method)) {
            throw failure("method " + method, message().method());
        }
        return this;
    }

    /** The method is the one of this name, such as {@code MESSAGE}. */
    public SipRequestAssert hasMethod(String method) {
        return hasMethod(SipMethod.of(method));
    }

    /**
     * The Request-URI is this one (RFC 3261 section 19.1.4).
     *
     * @param uri such as {@code sip:bob@example.com}
     */
    public SipRequestAssert hasRequestUri(String uri) {
        if (!same(message().requestUri(), uri)) {
            throw failure("Request-URI " + uri, message().requestUriText());
        }
        return this;
    }

    /** There are credentials, for a server or for a proxy. */
    public SipRequestAssert hasCredentials() {
        if (!carriesCredentials()) {
            throw failure("credentials", "none");
        }
        return this;
    }

    /** There are no credentials, neither for a server nor for a proxy. */
    public SipRequestAssert hasNoCredentials() {
        if (carriesCredentials()) {
            throw failure("no credentials", "some");
        }
        return this;
    }

    private boolean carriesCredentials() {
        for (AuthKind kind : AuthKind.values()) {
            if (message().headers().contains(kind.credentialsHeader())) {
                return true;
            }
        }
        return false;
    }
}
