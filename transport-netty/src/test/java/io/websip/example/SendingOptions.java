package io.websip.example;

import io.websip.config.MessageOptions;
import io.websip.config.RetryOn;
import io.websip.example.Messenger.UsageException;
import io.websip.sip.MediaType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of what is sent. */
final class SendingOptions {
    @Option(names = "--content-type", paramLabel = "T", description = "of what is sent (${DEFAULT-VALUE})")
    private String contentType = "text/plain";

    @Option(names = "--header", paramLabel = "\"Name: value\"", description = "extra header of what is sent")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--hold", paramLabel = "SECONDS", description = "wait so long for connection and registration (0)")
    private double hold;

    @Option(
            names = "--retry",
            paramLabel = "N",
            description = "send again, so often, after 503 with Retry-After, 430, or a lost connection (0)")
    private int retry;

    @Option(names = "--follow", paramLabel = "N", description = "try so many targets that a 3xx names (0)")
    private int follow;

    @Option(names = "--expires", paramLabel = "SECONDS", description = "for how long what is sent means anything")
    private double expires;

    @Option(names = "--anonymous", description = "do not say who sends")
    private boolean anonymous;

    /** For picocli. */
    SendingOptions() {}

    String contentType() {
        return contentType;
    }

    /** What is given of a message beside its target and body, checked. */
    MessageOptions messageOptions() {
        MessageOptions.Builder builder = MessageOptions.builder();
        usage("--content-type", () -> MediaType.of(contentType));
        usage("--header", () -> builder.extraHeaders(headers.toArray(new String[0])));
        if (hold != 0) {
            usage("--hold", () -> builder.holdFor(seconds(hold)));
        }
        if (retry != 0) {
            usage("--retry", () -> builder.retry(retry, RetryOn.values()));
        }
        if (follow != 0) {
            usage("--follow", () -> builder.followRedirects(follow));
        }
        if (expires != 0) {
            usage("--expires", () -> builder.expires(seconds(expires)));
        }
        if (anonymous) {
            builder.anonymous();
        }
        return builder.build();
    }

    static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    /** A setting that is refused is wrong usage, and the message names the option. */
    static void usage(String option, Runnable setting) {
        try {
            setting.run();
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }
}
