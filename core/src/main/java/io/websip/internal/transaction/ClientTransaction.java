package io.websip.internal.transaction;

import io.websip.loop.EventLoop;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The non-INVITE client transaction (RFC 3261 section 17.1.2). Confined to the loop.
 *
 * <p>Everything that changes its state stands in this file: one method for each event, one {@code switch} over the states
 * in each. The user is called last, when the state is already the new one.
 *
 * <p>There is one alarm: of the timers that run, only the one that is due first is given to the loop. It is a
 * {@link Runnable} for the loop alone, so that an alarm needs no object of its own.
 */
public final class ClientTransaction implements Runnable {
    /**
     * The states of RFC 3261 figure 6. Timer E and the retransmissions are for unreliable transports only, and timer K is
     * 0 on a reliable one: there the final response leads to TERMINATED at once.
     *
     * <pre>
     *                    | request sent, timers E and F set
     *                    v
     *              +-----------+  E: request again
     *       +------|  TRYING   |----------------------+
     *       |      +-----------+                      |
     *       | 200-699    | 1xx: onProvisional         | F: onTimeout
     *       | onFinal    v                            | transport failure:
     *       |      +------------+  E: request again   |   onTransportFailure
     *       |      | PROCEEDING |  1xx: onProvisional |
     *       |      |            |---------------------+
     *       |      +------------+                     |
     *       |            | 200-699: onFinal           |
     *       |            v                            |
     *       |      +-----------+  any response:       |
     *       +-----&gt;| COMPLETED |    absorbed          |
     *              +-----------+                      |
     *                    | K                          |
     *                    v                            |
     *              +------------+                     |
     *              | TERMINATED |&lt;--------------------+
     *              +------------+   (and terminate() from everywhere)
     * </pre>
     */
    public enum State {
        /** The request is out, nothing has come. */
        TRYING,
        /** A 1xx has come. */
        PROCEEDING,
        /** The final response has come; its retransmissions are absorbed. */
        COMPLETED,
        /** Over: nothing happens any more. */
        TERMINATED
    }

    /** What the alarm stands for. */
    private enum Alarm {
        NONE,
        TIMER_E,
        TIMER_F,
        TIMER_K,
        SEND_FAILED
    }

    private final TransactionLayer layer;
    private final String branch;
    private final SipMethod method;
    private final ClientTransactionUser user;

    private State state = State.TRYING;
    private Alarm alarm = Alarm.NONE;
    private EventLoop.@Nullable Timer timer;
    private TransactionLog trail = TransactionLog.NONE;

    // For retransmissions; not used on a reliable transport.
    private byte @Nullable [] request;
    private long intervalNanos;
    private long deadlineNanos;

    ClientTransaction(TransactionLayer layer, String branch, SipMethod method, ClientTransactionUser user) {
        this.layer = layer;
        this.branch = branch;
        this.method = method;
        this.user = user;
    }

    /** The branch of the request's top Via. */
    public String branch() {
        return branch;
    }

    /** The state now. */
    public State state() {
        return state;
    }

    boolean isFor(SipMethod cseqMethod) {
        return method.equals(cseqMethod);
    }

    void follow(TransactionLog begun) {
        trail = begun;
    }

    /** Sends the request, with that for timer F. A refusal is told by an alarm without delay, since no user expects a call within its own. */
    void start(byte[] message, Duration timeout) {
        if (!layer.write(message)) {
            arm(Alarm.SEND_FAILED, Duration.ZERO);
        } else if (layer.reliable()) {
            arm(Alarm.TIMER_F, timeout);
        } else {
            request = message;
            intervalNanos = layer.timers().t1().toNanos();
            deadlineNanos = layer.loop().nanoTime() + timeout.toNanos();
            armRetransmission();
        }
    }

    void onResponse(SipResponse response) {
        if (response.isProvisional()) {
            onProvisional(response);
        } else {
            onFinal(response);
        }
    }

    private void onProvisional(SipResponse response) {
        switch (state) {
            case TRYING, PROCEEDING -> { // 17.1.2.2: timers E and F run on
                state = State.PROCEEDING;
                user.onProvisional(response);
            }
            case COMPLETED, TERMINATED -> {} // 17.1.2.2: late, absorbed
        }
    }

    private void onFinal(SipResponse response) {
        switch (state) {
            case TRYING, PROCEEDING -> { // 17.1.2.2: timer K is T4, and 0 on a reliable transport
                trail.answered(response.status());
                if (layer.reliable()) {
                    end();
                } else {
                    disarm();
                    request = null;
                    state = State.COMPLETED;
                    arm(Alarm.TIMER_K, layer.timers().t4());
                }
                user.onFinal(response);
            }
            case COMPLETED, TERMINATED -> {} // 17.1.2.2: a retransmission, absorbed
        }
    }

    private void onTimerE() {
        switch (state) {
            case TRYING -> { // 17.1.2.2: the interval doubles up to T2
                intervalNanos = Math.min(2 * intervalNanos, layer.timers().t2().toNanos());
                retransmit();
            }
            case PROCEEDING -> { // 17.1.2.2: every T2
                intervalNanos = layer.timers().t2().toNanos();
                retransmit();
            }
            case COMPLETED, TERMINATED -> {} // not set there
        }
    }

    private void onTimerF() {
        switch (state) {
            case TRYING, PROCEEDING -> { // 17.1.2.2
                trail.ended("timed out");
                end();
                user.onTimeout();
            }
            case COMPLETED, TERMINATED -> {} // not set there
        }
    }

    private void onTimerK() {
        switch (state) {
            case COMPLETED -> end(); // 17.1.2.2
            case TRYING, PROCEEDING, TERMINATED -> {} // not set there
        }
    }

    /** The connection is lost, or would not take the request. */
    void onTransportFailure() {
        switch (state) {
            case TRYING, PROCEEDING -> { // 17.1.4
                trail.ended("lost with its connection");
                end();
                user.onTransportFailure();
            }
            case COMPLETED -> end(); // the user has its answer
            case TERMINATED -> {}
        }
    }

    /**
     * Abandons the transaction: its user is told nothing any more and no timer is left. Its responses, should they come,
     * are discarded.
     *
     * @throws IllegalStateException if not called on the loop
     */
    public void terminate() {
        layer.checkInLoop();
        trail.ended("abandoned");
        switch (state) {
            case TRYING, PROCEEDING, COMPLETED -> end();
            case TERMINATED -> {}
        }
    }

    /** The alarm; for the loop alone. */
    @Override
    public void run() {
        Alarm due = alarm;
        alarm = Alarm.NONE;
        timer = null;
        switch (due) {
            case TIMER_E -> onTimerE();
            case TIMER_F -> onTimerF();
            case TIMER_K -> onTimerK();
            case SEND_FAILED -> onTransportFailure();
            case NONE -> {}
        }
    }

    private void retransmit() {
        byte[] message = request;
        if (message == null) {
            return; // a reliable transport, where timer E is not set
        }
        if (layer.write(message)) {
            armRetransmission();
        } else {
            onTransportFailure();
        }
    }

    /** Sets timer E, or F if that comes no later. */
    private void armRetransmission() {
        long left = deadlineNanos - layer.loop().nanoTime();
        if (intervalNanos < left) {
            arm(Alarm.TIMER_E, Duration.ofNanos(intervalNanos));
        } else {
            arm(Alarm.TIMER_F, Duration.ofNanos(left));
        }
    }

    private void arm(Alarm what, Duration delay) {
        alarm = what;
        timer = layer.loop().schedule(delay, this);
    }

    private void disarm() {
        EventLoop.Timer armed = timer;
        alarm = Alarm.NONE;
        timer = null;
        if (armed != null) {
            armed.cancel();
        }
    }

    private void end() {
        disarm();
        request = null;
        state = State.TERMINATED;
        layer.remove(this);
    }
}
