package io.websip.internal.messaging;

import io.websip.internal.transaction.ServerTransaction;
import io.websip.internal.transaction.ServerTransactionUser;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A MESSAGE that waits for the program's answer. Confined to the loop. */
public final class IncomingRequest implements ServerTransactionUser {
    private final SipRequest request;
    private final ServerTransaction transaction;
    private final String toTag;
    private final RecentRequests.Entry entry;
    private boolean answered;
    private @Nullable ServerTransactionUser waiting;

    IncomingRequest(SipRequest request, ServerTransaction transaction, String toTag, RecentRequests.Entry entry) {
        this.request = request;
        this.transaction = transaction;
        this.toTag = toTag;
        this.entry = entry;
    }

    /** Whom to tell, at most once, that nobody hears the answer any more before there was one. */
    public void whenLapsed(ServerTransactionUser user) {
        waiting = user;
    }

    @Override
    public void onLapsed(Lapse why) {
        ServerTransactionUser user = waiting;
        waiting = null;
        if (user != null) {
            user.onLapsed(why);
        }
    }

    /** The request; immutable and free for any thread. */
    public SipRequest request() {
        return request;
    }

    /**
     * Sends the final answer; a second one is discarded. One that comes too late is kept for a repetition of the request.
     *
     * @param headers rows as name, value, name, value
     */
    public void answer(int status, @Nullable String reason, List<String> headers) {
        if (answered) {
            return;
        }
        answered = true;
        var builder = SipResponse.to(request.headers(), status, reason, toTag);
        for (int i = 0; i + 1 < headers.size(); i += 2) {
            builder.add(headers.get(i), headers.get(i + 1));
        }
        SipResponse response = builder.build();
        entry.answered(response);
        if (transaction.respond(response)) {
            waiting = null;
        } else {
            onLapsed(Lapse.CONNECTION_LOST); // unless it was told before that the time is over
        }
    }
}
