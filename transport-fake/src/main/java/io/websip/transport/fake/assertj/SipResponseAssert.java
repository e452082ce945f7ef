package io.websip.transport.fake.assertj;

import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assertions about a response; made by {@link SipAssertions}. */
public final class SipResponseAssert extends AbstractSipMessageAssert<SipResponseAssert, SipResponse> {
    SipResponseAssert(@Nullable SipResponse actual) {
        super(actual, SipResponseAssert.class);
    }

    /** The status code is this one. */
    public SipResponseAssert hasStatus(int status) {
        if (message().status() != status) {
            throw failure("status " + status, message().status());
        }
        return this;
    }

    /** The status code is 200 to 299. */
    public SipResponseAssert isSuccess() {
        if (!message().isSuccess()) {
            throw failure("status 2xx", message().status());
        }
        return this;
    }

    /** The reason phrase is this one. */
    public SipResponseAssert hasReason(String reason) {
        if (!message().reason().equals(reason)) {
            throw failure("reason phrase '" + reason + "'", "'" + message().reason() + "'");
        }
        return this;
    }

    /**
     * It answers this request by RFC 3261 section 8.2.6.2: all Via values, From, To but for its tag, Call-ID and CSeq are
     * those of the request.
     */
    public SipResponseAssert isAnswerTo(SipRequest request) {
        List<String> vias = request.headers().list("Via");
        if (!message().headers().list("Via").equals(vias)) {
            throw failure("Via " + vias, message().headers().list("Via"));
        }
        for (String header : List.of("From", "Call-ID", "CSeq")) {
            String wanted = request.headers().first(header).orElse("");
            String found = message().headers().first(header).orElse("");
            if (!found.equals(wanted)) {
                throw failure(header + " " + wanted, found);
            }
        }
        boolean tagKept = request.to().tag().isEmpty()
                || request.to().tag().equals(message().to().tag());
        if (!message().to().uri().equals(request.to().uri()) || !tagKept) {
            throw failure("To " + request.to(), message().to());
        }
        return this;
    }
}
