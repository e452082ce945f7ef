package io.websip.internal.transaction;

import io.websip.config.SipTimers;
import io.websip.loop.EventLoop;
import io.websip.sip.Discard;
import io.websip.sip.SipMessage;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.Via;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one connection: finds the one that a message belongs to, or makes it (RFC 3261 sections 17.1.3 and
 * 17.2.3). Confined to the loop.
 *
 * <p>A transaction stays bound to the connection on which it began, so a layer lives and dies with one connection; the
 * next connection gets a new layer.
 */
public final class TransactionLayer {
    /** What a refused request is told to wait, in seconds. */
    static final int RETRY_AFTER_SECONDS = 10;

    private final EventLoop loop;
    private final SipTimers timers;
    private final Duration tryingDelay;
    private final boolean reliable;
    private final String sentBy;
    private final int maxServerTransactions;
    private final MessageOutput output;
    private final TransactionUser user;

    // By branch, in the order of sending, so that a lost connection is told in that order.
    private final Map<String, ClientTransaction> clients = new LinkedHashMap<>(2);
    private Map<String, ServerTransaction> servers = Collections.emptyMap(); // a map to write into from the first on
    private volatile int size; // of both, for other threads; written on the loop alone
    private boolean lost;

    /**
     * The layer of a connection that is open.
     *
     * @param reliable whether the transport is, as a WebSocket is: no retransmissions, and timers J and K are 0
     * @param sentBy host, or host and port, of the Via of all requests that are sent
     * @param maxServerTransactions how many requests may be pending; above it a new one is answered 503 at once
     * @param output the connection
     * @param user gets the requests that come in
     * @throws IllegalArgumentException if {@code sentBy} is malformed or {@code maxServerTransactions} below 1
     */
    public TransactionLayer(
            EventLoop loop,
            SipTimers timers,
            boolean reliable,
            String sentBy,
            int maxServerTransactions,
            MessageOutput output,
            TransactionUser user) {
        if (maxServerTransactions < 1) {
            throw new IllegalArgumentException(
                    "maxServerTransactions must be at least 1, not " + maxServerTransactions);
        }
        this.loop = loop;
        this.timers = timers;
        this.tryingDelay = timers.tryingDelay();
        this.reliable = reliable;
        String matched = Via.of("WS", sentBy, Via.MAGIC_COOKIE).sentBy();
        this.sentBy = matched.equals(sentBy) ? sentBy : matched; // one text less for each agent
        this.maxServerTransactions = maxServerTransactions;
        this.output = output;
        this.user = user;
    }

    /**
     * Sends a request and starts its transaction. If the connection does not take it, or is lost, the user is told of a
     * transport failure, though not within this call.
     *
     * @param request its top Via has a branch that no live transaction has; its sent-by may be ours or one for this request
     *     alone, since responses come over the connection whatever it is (RFC 7118 section 5.2.3)
     * @throws IllegalArgumentException if the top Via is not as said, or the method is INVITE or ACK, whose transactions
     *     are others
     * @throws IllegalStateException if not called on the loop
     */
    public ClientTransaction send(SipRequest request, ClientTransactionUser transactionUser) {
        return send(request, timers.timeout(), transactionUser);
    }

    /**
     * As {@link #send(SipRequest, ClientTransactionUser)}, with a timer F of its own.
     *
     * @param timeout how long the final response is waited for; positive
     */
    public ClientTransaction send(SipRequest request, Duration timeout, ClientTransactionUser transactionUser) {
        checkInLoop();
        SipMethod method = request.method();
        if (method.equals(SipMethod.INVITE) || method.equals(SipMethod.ACK)) {
            throw new IllegalArgumentException(method + " has no non-INVITE client transaction");
        }
        Via via = request.topVia();
        String branch = via.branch().orElse("");
        if (!via.hasTransactionBranch()) {
            throw new IllegalArgumentException(
                    "the top Via needs a branch that begins with " + Via.MAGIC_COOKIE + ", not: " + via);
        }
        if (clients.containsKey(branch)) {
            throw new IllegalArgumentException("the branch is in use: " + branch);
        }
        ClientTransaction transaction = new ClientTransaction(this, branch, method, transactionUser);
        transaction.follow(TransactionLog.of(sentBy, request, true));
        transaction.start(request.unsafeBytes(), timeout);
        clients.put(branch, transaction);
        publishSize();
        return transaction;
    }

    /**
     * Takes a message that came in on the connection.
     *
     * @param message for which {@link SipMessage#verify} has not thrown
     * @throws IllegalStateException if not called on the loop
     */
    public void receive(SipMessage message) {
        checkInLoop();
        if (lost) {
            return;
        }
        if (message instanceof SipRequest request) {
            receiveRequest(request);
        } else {
            receiveResponse((SipResponse) message);
        }
    }

    /**
     * By the branch and the method alone (RFC 3261 section 17.1.3). The branch is random and ours, so that it identifies the
     * transaction also where a gateway has changed the sent-by behind which section 18.1.2 looks for it.
     */
    private void receiveResponse(SipResponse response) {
        if (response.hasSeveralVias()) {
            user.discarded(Discard.STRAY_RESPONSE, "a response with several Via values (RFC 3261 section 8.1.3.3)");
            return;
        }
        ClientTransaction transaction = clients.get(response.topBranch().orElse(""));
        if (transaction == null || !transaction.isFor(response.cseq().method())) {
            user.discarded(Discard.STRAY_RESPONSE, "a response that no request waits for (RFC 3261 section 17.1.3)");
            return;
        }
        transaction.onResponse(response);
    }

    private void receiveRequest(SipRequest request) {
        if (request.method().equals(SipMethod.ACK)) {
            user.discarded(Discard.STRAY_ACK, "an ACK, of no INVITE that was taken"); // and it is never answered
            return;
        }
        String key = ServerKey.of(request);
        ServerTransaction known = servers.get(key);
        if (known != null) {
            known.onRetransmission(request.headers());
            return;
        }
        if (servers.size() >= maxServerTransactions) {
            refuse(request, key);
            return;
        }
        ServerTransaction transaction = new ServerTransaction(this, key);
        if (servers == Collections.EMPTY_MAP) {
            servers = new HashMap<>();
        }
        servers.put(key, transaction);
        publishSize();
        transaction.follow(TransactionLog.of(sentBy, request, false));
        try {
            user.onRequest(request, transaction);
        } finally {
            transaction.onHandedOver(request.headers());
        }
    }

    /** Answers without state, so the tag comes from the request: a retransmission gets the same (section 8.2.7). */
    private void refuse(SipRequest request, String key) {
        user.discarded(Discard.EXCESS_REQUEST, "a request beyond " + maxServerTransactions + " pending ones");
        SipResponse response = SipResponse.to(request.headers(), 503, null, Integer.toHexString(key.hashCode()))
                .add("Retry-After", Integer.toString(RETRY_AFTER_SECONDS))
                .build();
        write(response.unsafeBytes());
    }

    /**
     * The connection is gone: every client transaction that waits is told of a transport failure, in the order of
     * sending; server transactions end silently. Afterwards nothing is sent. A second call does nothing.
     *
     * @throws IllegalStateException if not called on the loop
     */
    public void connectionLost() {
        checkInLoop();
        if (lost) {
            return;
        }
        lost = true;
        List<ServerTransaction> pendingServers = List.copyOf(servers.values());
        List<ClientTransaction> pendingClients = List.copyOf(clients.values());
        servers.clear();
        clients.clear();
        for (ServerTransaction transaction : pendingServers) {
            transaction.onConnectionLost();
        }
        failAll(pendingClients);
    }

    /** Tells every one, also those after one whose user throws. */
    private static void failAll(List<ClientTransaction> transactions) {
        RuntimeException thrown = null;
        for (ClientTransaction transaction : transactions) {
            try {
                transaction.onTransportFailure();
            } catch (RuntimeException e) {
                thrown = first(thrown, e);
            }
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    private static RuntimeException first(@Nullable RuntimeException before, RuntimeException e) {
        if (before == null || before == e) {
            return e;
        }
        before.addSuppressed(e);
        return before;
    }

    /** How many transactions live, in both directions. May be asked on any thread. */
    public int size() {
        return size;
    }

    /** Whether a request of ours waits for its final response. */
    public boolean isAwaiting() {
        return !clients.isEmpty();
    }

    void checkInLoop() {
        if (!loop.inLoop()) {
            throw new IllegalStateException(
                    "transactions are confined to their loop, but this call came from elsewhere");
        }
    }

    boolean write(byte[] message) {
        return !lost && output.send(message);
    }

    void remove(ClientTransaction transaction) {
        clients.remove(transaction.branch(), transaction);
        publishSize();
    }

    void remove(ServerTransaction transaction) {
        servers.remove(transaction.key(), transaction);
        publishSize();
    }

    private void publishSize() {
        size = clients.size() + servers.size();
    }

    EventLoop loop() {
        return loop;
    }

    /** How long things take. */
    public SipTimers timers() {
        return timers;
    }

    Duration tryingDelay() {
        return tryingDelay;
    }

    boolean reliable() {
        return reliable;
    }
}
