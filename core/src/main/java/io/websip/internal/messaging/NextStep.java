package io.websip.internal.messaging;

import io.websip.config.MessageOptions;
import io.websip.config.RetryOn;
import io.websip.internal.request.RequestFactory;
import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What becomes of a message whose request has ended, as its options have it. Immutable. */
sealed interface NextStep {
    /** That was its outcome. */
    record End() implements NextStep {}

    /** It is sent again to the same target once the pause is over (RFC 3261 section 20.33). */
    record Pause(Duration time) implements NextStep {}

    /** It is sent again over the next connection. */
    record AwaitConnection() implements NextStep {}

    /** It is sent again once the agent has registered anew (RFC 5626 section 4.3). */
    record AwaitRegistration() implements NextStep {}

    /** It is sent again without the options that the peer does not know (RFC 3261 section 8.1.3.5). */
    record Without(List<String> optionTags) implements NextStep {}

    /** It goes to another target (RFC 3261 section 8.1.3.4). */
    record Redirect(SipUri target) implements NextStep {}

    NextStep END = new End();
    int FLOW_FAILED = 430;

    /**
     * Decides.
     *
     * @param outcome how the last request of the message ended
     * @param patience how long the message may still wait before it is sent again
     * @param secure whether every server is spoken to over TLS, as {@code sips} targets demand
     */
    static NextStep after(OutgoingMessage message, Outcome outcome, Duration patience, boolean secure) {
        MessageOptions options = message.options();
        if (outcome instanceof Outcome.ConnectionLost) {
            return options.retryOn().contains(RetryOn.CONNECTION_LOST) && message.retries < options.retries()
                    ? new AwaitConnection()
                    : END;
        }
        if (outcome instanceof Outcome.Answered answered) {
            return afterResponse(message, options, answered.response(), patience, secure);
        }
        return outcome instanceof Outcome.TimedOut ? nextTarget(message) : END;
    }

    /** Whether some proxy takes a flow for failed (RFC 5626 section 11.5), perhaps ours. */
    static boolean isFlowFailed(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered
                && answered.response().status() == FLOW_FAILED;
    }

    private static NextStep afterResponse(
            OutgoingMessage message, MessageOptions options, SipResponse response, Duration patience, boolean secure) {
        int status = response.status();
        if (status < 300 || status >= 600) {
            return END; // a 6xx ends all attempts (RFC 3261 section 16.7)
        }
        boolean mayRetry = message.retries < options.retries();
        if (status == 503 && options.retryOn().contains(RetryOn.SERVICE_UNAVAILABLE) && mayRetry) {
            OptionalLong after = response.headers().seconds("Retry-After");
            if (after.isPresent() && after.getAsLong() <= patience.toSeconds()) {
                return new Pause(Duration.ofSeconds(after.getAsLong()));
            }
        }
        if (status == FLOW_FAILED && options.retryOn().contains(RetryOn.FLOW_FAILED) && mayRetry) {
            return new AwaitRegistration();
        }
        if (status == 420) {
            List<String> tags = unsupported(message, response);
            if (!tags.isEmpty()) {
                return new Without(tags);
            }
        }
        if (status < 400 && options.maxRedirects() > 0) {
            if (message.redirects == null) {
                message.redirects = new RedirectTargets(message.target(), options.maxRedirects(), secure);
            }
            message.redirects.add(response);
        }
        return nextTarget(message);
    }

    private static NextStep nextTarget(OutgoingMessage message) {
        @Nullable SipUri next = message.redirects == null ? null : message.redirects.next();
        return next == null ? END : new Redirect(next);
    }

    /** Those of the request's own option tags that the peer does not know: each of them can be left out once. */
    private static List<String> unsupported(OutgoingMessage message, SipResponse response) {
        List<String> unknown = response.headers().list("Unsupported").stream()
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .toList();
        if (message.request == null) {
            return List.of();
        }
        return RequestFactory.required(message.request).stream()
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .filter(unknown::contains)
                .toList();
    }
}
