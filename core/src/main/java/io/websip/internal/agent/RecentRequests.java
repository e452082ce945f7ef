package io.websip.internal.agent;

import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the requests of the last while, so that a repetition is not delivered twice although its transaction is over,
 * as it is at once on a reliable transport (RFC 3261 section 17.2.2), and a copy that came another way is known as merged
 * (section 8.2.2.2). Bounded; the oldest is forgotten first. Confined to the loop.
 */
final class RecentRequests {
    private static final int MAX_ENTRIES = 2_048;

    /** One request and what became of it. */
    static final class Entry {
        private final String via;
        private final long since;
        private @Nullable SipResponse answer;

        Entry(String via, long since) {
            this.via = via;
            this.since = since;
        }

        /** The final answer; null while there is none. */
        @Nullable
        SipResponse answer() {
            return answer;
        }

        void answered(SipResponse response) {
            answer = response;
        }

        /** Whether the request is this one come again on the same way, and not a copy that was forked. */
        boolean sameWay(SipRequest request) {
            return via.equals(way(request));
        }
    }

    private final long windowNanos;
    private @Nullable Map<String, Entry> entries; // made when first needed: most agents idle

    RecentRequests(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    /** The entry of an earlier request with the same From tag, Call-ID and CSeq; null if there is none. */
    @Nullable
    Entry find(SipRequest request, long now) {
        if (entries == null) {
            return null;
        }
        Entry entry = entries.get(key(request));
        return entry != null && now - entry.since < windowNanos ? entry : null;
    }

    /** Remembers the request from now on. */
    Entry add(SipRequest request, long now) {
        Map<String, Entry> all = entries;
        if (all == null) {
            all = new LinkedHashMap<>();
            entries = all;
        }
        Entry entry = new Entry(way(request), now);
        all.remove(key(request));
        all.put(key(request), entry);
        forget(all, now);
        return entry;
    }

    /** Forgets the request: its repetition is a new one. */
    void remove(SipRequest request) {
        if (entries != null) {
            entries.remove(key(request));
        }
    }

    private void forget(Map<String, Entry> all, long now) {
        Iterator<Entry> oldestFirst = all.values().iterator();
        while (oldestFirst.hasNext()) {
            if (now - oldestFirst.next().since < windowNanos && all.size() <= MAX_ENTRIES) {
                return;
            }
            oldestFirst.remove();
        }
    }

    private static String key(SipRequest request) {
        return request.from().tag().orElse("") + '\n' + request.callId() + '\n' + request.cseq();
    }

    private static String way(SipRequest request) {
        return request.topVia().sentBy() + '\n' + request.topVia().branch().orElse("");
    }
}
