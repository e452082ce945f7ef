package io.websip;

import io.websip.config.MessageOptions;
import io.websip.sip.MediaType;
import io.websip.sip.NameAddress;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.text.Visible;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
     * @param request as created; the copy that goes over the wire may carry credentials and a route besides, and a higher
     *     CSeq and another branch where it was challenged or sent again
     */
    record Sending(Originator originator, SipRequest request) implements MessageEvent {}

    /**
     * A 2xx came.
     *
     * @param originator always {@link Originator#REMOTE}
     * @param response 200 means delivered, 202 accepted for later delivery (RFC 3428 section 4); it may have a body
     */
    record Succeeded(Originator originator, SipResponse response) implements MessageEvent {
        /** {@link Delivery#DELIVERED} or {@link Delivery#ACCEPTED}. */
        public Delivery delivery() {
            return Delivery.ofStatus(response.status());
        }
    }

    /**
     * The message failed, for good.
     *
     * @param originator {@link Originator#REMOTE} with a response, {@link Originator#SYSTEM} without
     * @param response the final response, if it is one that made it fail
     * @param cause why
     * @param delivery whether it was delivered all the same, as far as that is known
     * @param detail what there is to say beside the cause, in words: of {@link Cause#CONNECTION_ERROR} and {@link
     *     Cause#EXPIRED} why there is no connection or registration, and when the next attempt comes; empty for nothing
     */
    record Failed(Originator originator, Optional<SipResponse> response, Cause cause, Delivery delivery, String detail)
            implements MessageEvent {
        /** Makes the detail visible ({@link Visible#line(String)}). */
        public Failed {
            detail = Visible.line(detail);
        }

        /**
         * Where a 3xx says that the receiver is to be reached, best first (RFC 3261 section 8.1.3.4); empty for any other
         * failure. Whether to send there is the program's choice; {@link MessageOptions.Builder#followRedirects} does it.
         */
        public List<NameAddress> redirectTargets() {
            return response.filter(r -> r.status() < 400)
                    .map(r -> {
                        List<NameAddress> contacts = new ArrayList<>();
                        r.contacts().forEach(c -> c.wellFormed().ifPresent(contacts::add)); // fit to be sent to
                        contacts.sort(Comparator.comparingDouble((NameAddress c) -> -c.q().orElse(1)));
                        return contacts;
                    })
                    .orElseGet(List::of);
        }

        /** The content types that a 415 says are taken (RFC 3261 section 8.1.3.5); empty for any other failure. */
        public List<MediaType> acceptedTypes() {
            return response.filter(r -> r.status() == 415)
                    .map(r -> r.headers().mediaTypes("Accept"))
                    .orElseGet(List::of);
        }

        /** How long the server asks to be left alone (RFC 3261 section 20.33). */
        public Optional<Duration> retryAfter() {
            return response.flatMap(r -> {
                var seconds = r.headers().seconds("Retry-After");
                return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty();
            });
        }
    }
}
