package io.websip.internal.auth;

import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a challenge. Immutable.
 *
 * @param request the request again, with credentials; null if the challenge is not answered
 * @param refusal why it is not, in words; empty if it is
 */
public record AuthAnswer(@Nullable SipMessageBuilder<SipRequest> request, String refusal) {
    static AuthAnswer refused(String why) {
        return new AuthAnswer(null, why);
    }
}
