package io.websip;

import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.Optional;

/** What happens to a {@link Message} that is sent. Immutable. */
public sealed interface MessageEvent {
    /** Who brought it about. */
    Originator originator();

    /**
     * The request has been created; nothing of it has gone through the WebSocket. Comes after the agent's
     * {@link NewMessage}.
     *
     * @param originator always {@link Originator#LOCAL}
     * @param request as created; the copy that goes over the wire may carry credentials besides, and after a challenge a
     *     higher CSeq and another branch
     */
    record Sending(Originator originator, SipRequest request) implements MessageEvent {}

    /**
     * A 2xx came.
     *
     * @param originator always {@link Originator#REMOTE}
     * @param response 200 means delivered, 202 accepted for later delivery (RFC 3428 section 4); it may have a body
     */
    record Succeeded(Originator originator, SipResponse response) implements MessageEvent {}

    /**
     * The message failed, for good.
     *
     * @param originator {@link Originator#REMOTE} with a response, {@link Originator#SYSTEM} without
     * @param response the final response, if it is one that made it fail
     * @param cause why
     */
    record Failed(Originator originator, Optional<SipResponse> response, Cause cause) implements MessageEvent {}
}
