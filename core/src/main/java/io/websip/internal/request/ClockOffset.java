package io.websip.internal.request;

import io.websip.loop.EventLoop;
import io.websip.sip.SipResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * The time of day as the registrar sees it: ours, put right by the Date of its last answer (RFC 3261 sections 10.3 and
 * 20.17), so that Date and Expires of messages mean the same to everybody there. Confined to the loop.
 */
public final class ClockOffset {
    /** Date counts whole seconds and has been under way for a while, so that less is no difference. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** A greater difference is an error on one side, and we cannot know on which. */
    private static final Duration MAX = Duration.ofDays(1);

    private final EventLoop loop;
    private Duration offset = Duration.ZERO;

    public ClockOffset(EventLoop loop) {
        this.loop = loop;
    }

    /** Takes the Date of a registrar's answer; one that is absent, malformed or not plausible changes nothing. */
    public void heard(SipResponse response) {
        String date = response.headers().first("Date").orElse("");
        if (date.isEmpty()) {
            return;
        }
        try {
            Instant theirs = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            Duration difference = Duration.between(loop.now(), theirs);
            if (difference.abs().compareTo(MAX) <= 0) {
                offset = difference.abs().compareTo(TOLERANCE) < 0 ? Duration.ZERO : difference;
            }
        } catch (DateTimeException e) {
            return; // a value that is not needed is ignored (RFC 3261 section 8.1.3)
        }
    }

    /** What the registrar's clock shows now, as far as we know. */
    public Instant now() {
        return loop.now().plus(offset);
    }
}
