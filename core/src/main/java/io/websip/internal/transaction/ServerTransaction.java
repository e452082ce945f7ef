package io.websip.internal.transaction;

import io.websip.config.SipTimers;
import io.websip.loop.EventLoop;
import io.websip.sip.SipHeaders;
import io.websip.sip.SipResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The non-INVITE server transaction (RFC 3261 section 17.2.2, RFC 4320). Confined to the loop.
 *
 * <p>Everything that changes its state stands in this file: one method for each event, one {@code switch} over the states
 * in each. It is a {@link Runnable} for the loop alone, so that its timer needs no object of its own.
 *
 * <p>A request that has no response after {@link SipTimers#tryingDelay} is answered 100 by the transaction
 * itself, as RFC 4320 section 4.1 demands; so its user need not send any 1xx. One that has no final response when the
 * client's timer F is over ends without any, since nobody waits for it and a 408 must not be sent (section 4.2).
 */
public final class ServerTransaction implements Runnable {
    /**
     * The states of RFC 3261 figure 8. Timer J is 0 on a reliable transport: there the final response leads to TERMINATED
     * at once.
     *
     * <pre>
     *                    | request: given to the user
     *                    v
     *              +-----------+  request: absorbed
     *       +------|  TRYING   |-----------------------+
     *       |      +-----------+                       |
     *       |            | respond(100), or            |
     *       |            | nothing for tryingDelay     |
     *       |            v                             |
     *       |      +------------+  request: 100 again  | transport failure
     *       |      | PROCEEDING |  respond(100)        |
     *       |      |            |----------------------+
     *       |      +------------+                      |
     *       |            | respond(200-699)            |
     *       |            v                             |
     *       |      +-----------+  request: final again |
     *       +-----&gt;| COMPLETED |  respond: discarded   |
     *   respond    |           |-----------------------+
     *  (200-699)   +-----------+                       |
     *                    | J                           |
     *                    v                             |
     *              +------------+                      |
     *              | TERMINATED |&lt;---------------------+
     *              +------------+
     * </pre>
     */
    public enum State {
        /** Nothing has been answered. */
        TRYING,
        /** 100 has been sent. */
        PROCEEDING,
        /** The final response has been sent, and is sent again for each retransmission of the request. */
        COMPLETED,
        /** Over: nothing is sent any more. */
        TERMINATED
    }

    /** A 100 repeats the Via of its request, so a longer one is made once more when it is needed. */
    private static final int MAX_KEPT_BYTES = 1_024;

    private final TransactionLayer layer;
    private final String key;

    private final long deadlineNanos; // the client's timer F, as far as we can know it

    private State state = State.TRYING;
    private EventLoop.@Nullable Timer timer;
    private @Nullable ServerTransactionUser user;
    private @Nullable SipHeaders requestHeaders; // kept only as long as a 100 may have to be made of it
    private byte @Nullable [] lastResponse; // null for a 100 that is too long to be kept
    private TransactionLog trail = TransactionLog.NONE;

    ServerTransaction(TransactionLayer layer, String key) {
        this.layer = layer;
        this.key = key;
        this.deadlineNanos = layer.loop().nanoTime() + layer.timers().timeout().toNanos();
    }

    /** Whom to tell if no final response can be sent any more; nobody at first. */
    public void user(ServerTransactionUser waiting) {
        layer.checkInLoop();
        user = waiting;
    }

    String key() {
        return key;
    }

    /** The state now. */
    public State state() {
        return state;
    }

    /**
     * Sends a response on the connection on which the request came, whatever its Via says (RFC 3261 section 18.2.2).
     *
     * @return whether the connection took it; false also if the transaction has had its final response or the connection
     *     is lost, and then nothing happens
     * @throws IllegalArgumentException for a 1xx other than 100, which RFC 4320 section 4.1 forbids
     * @throws IllegalStateException if not called on the loop
     */
    public boolean respond(SipResponse response) {
        layer.checkInLoop();
        if (!response.isProvisional()) {
            trail.answered(response.status());
            return onFinal(response.unsafeBytes());
        }
        if (response.status() != 100) {
            throw new IllegalArgumentException(
                    "only 100 is sent before the final response of a non-INVITE request, not " + response.status()
                            + " (RFC 4320 section 4.1)");
        }
        return onTrying(response.unsafeBytes());
    }

    void follow(TransactionLog begun) {
        trail = begun;
    }

    /** The user has seen the request and is free to answer it late. */
    void onHandedOver(SipHeaders headers) {
        switch (state) {
            case TRYING -> { // RFC 4320 section 4.1
                requestHeaders = headers;
                arm(layer.tryingDelay());
            }
            case PROCEEDING, COMPLETED, TERMINATED -> {} // answered already
        }
    }

    /** @param headers of the request that has come again */
    void onRetransmission(SipHeaders headers) {
        switch (state) {
            case TRYING, TERMINATED -> {} // 17.2.2: discarded
            case PROCEEDING -> { // 17.2.2: the most recent response again
                byte[] response = lastResponse;
                sendAgain(response == null ? trying(headers) : response);
            }
            case COMPLETED -> { // 17.2.2: the most recent response again
                byte[] response = lastResponse;
                if (response != null) {
                    sendAgain(response);
                }
            }
        }
    }

    private void sendAgain(byte[] response) {
        if (!layer.write(response)) {
            onConnectionLost(); // 17.2.4
        }
    }

    private static byte[] trying(SipHeaders headers) {
        return SipResponse.to(headers, 100, null, null).build().unsafeBytes();
    }

    private boolean onTrying(byte[] response) {
        return switch (state) {
            case TRYING, PROCEEDING -> { // 17.2.2
                disarm();
                state = State.PROCEEDING;
                boolean sent = send(response);
                if (sent) {
                    lastResponse = response.length > MAX_KEPT_BYTES ? null : response;
                    arm(Duration.ofNanos(deadlineNanos - layer.loop().nanoTime()));
                }
                yield sent;
            }
            case COMPLETED, TERMINATED -> false; // 17.2.2: discarded
        };
    }

    private boolean onFinal(byte[] response) {
        return switch (state) {
            case TRYING, PROCEEDING -> { // 17.2.2: timer J is 64*T1, and 0 on a reliable transport
                disarm();
                user = null;
                state = State.COMPLETED;
                boolean sent = send(response);
                lastResponse = sent ? response : null;
                if (sent && layer.reliable()) {
                    end();
                } else if (sent) {
                    arm(layer.timers().timeout());
                }
                yield sent;
            }
            case COMPLETED, TERMINATED -> false; // 17.2.2: any further final is discarded
        };
    }

    void onConnectionLost() {
        switch (state) {
            case TRYING, PROCEEDING -> lapse(ServerTransactionUser.Lapse.CONNECTION_LOST); // 17.2.4
            case COMPLETED -> end();
            case TERMINATED -> {}
        }
    }

    /** The timer; for the loop alone. */
    @Override
    public void run() {
        timer = null;
        switch (state) {
            case TRYING -> { // RFC 4320 section 4.1
                SipHeaders headers = requestHeaders;
                if (headers != null) {
                    onTrying(trying(headers));
                }
            }
            case PROCEEDING -> lapse(ServerTransactionUser.Lapse.TIMED_OUT); // RFC 4320 section 4.2
            case COMPLETED -> end(); // 17.2.2: timer J
            case TERMINATED -> {} // not set there
        }
    }

    /** A response that the connection does not take ends the transaction (17.2.4). */
    private boolean send(byte[] response) {
        if (!layer.write(response)) {
            end();
            return false;
        }
        return true;
    }

    private void arm(Duration delay) {
        timer = layer.loop().schedule(delay, this);
    }

    private void disarm() {
        requestHeaders = null;
        EventLoop.Timer armed = timer;
        timer = null;
        if (armed != null) {
            armed.cancel();
        }
    }

    private void lapse(ServerTransactionUser.Lapse why) {
        ServerTransactionUser waiting = user;
        trail.ended(why == ServerTransactionUser.Lapse.TIMED_OUT ? "never answered" : "lost with its connection");
        end();
        if (waiting != null) {
            waiting.onLapsed(why);
        }
    }

    private void end() {
        disarm();
        user = null;
        lastResponse = null;
        state = State.TERMINATED;
        layer.remove(this);
    }
}
