package io.websip.internal.agent;

import io.websip.internal.connection.Link;
import io.websip.internal.registration.RegisterSender;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.Tokens;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.loop.EventLoop;
import io.websip.sip.SipRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends an agent's REGISTERs: all with one Call-ID, each with a CSeq one higher than the last, also over challenges and
 * new connections (RFC 3261 section 10.2). Confined to the loop.
 */
final class RegisterRequests implements RegisterSender {
    private final EventLoop loop;
    private final Link link;
    private final Requests requests;
    private final Exchanges exchanges;
    private final Tokens tokens;
    private final String callId;
    private long cseq;
    private @Nullable Exchange current;

    RegisterRequests(EventLoop loop, Link link, Requests requests, Exchanges exchanges, Tokens tokens) {
        this.loop = loop;
        this.link = link;
        this.requests = requests;
        this.exchanges = exchanges;
        this.tokens = tokens;
        this.callId = tokens.callId();
    }

    @Override
    public void register(long expires, Consumer<Outcome> result) {
        TransactionLayer transactions = link.transactions();
        if (transactions == null) {
            loop.execute(() -> result.accept(new Outcome.ConnectionLost()));
            return;
        }
        SipRequest request = requests.register(callId, tokens.tag(), ++cseq, expires);
        current = exchanges.start(transactions, request, () -> ++cseq, result);
    }

    /** Nothing more is sent or heard of a REGISTER under way. */
    void abandon() {
        if (current != null) {
            current.abandon();
            current = null;
        }
    }
}
