package io.websip.transport.fake.assertj;

import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * Entry points, for static import. They go well beside those of {@code org.assertj.core.api.Assertions}: both may be
 * imported.
 */
public final class SipAssertions {
    private SipAssertions() {}

    /** Assertions about a request. */
    public static SipRequestAssert assertThat(@Nullable SipRequest actual) {
        return new SipRequestAssert(actual);
    }

    /** Assertions about a response. */
    public static SipResponseAssert assertThat(@Nullable SipResponse actual) {
        return new SipResponseAssert(actual);
    }
}
