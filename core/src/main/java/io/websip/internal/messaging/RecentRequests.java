package io.websip.internal.messaging;

import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the requests of the last while, so that a repetition is not delivered twice although its transaction is over,
 * as it is at once on a reliable transport (RFC 3261 section 17.2.2), and a copy that came another way is known as merged
 * (section 8.2.2.2). Bounded in number and in bytes, since an answer repeats much of its request; the oldest is forgotten first. Confined to the loop.
 */
final class RecentRequests {
    private static final int MAX_ENTRIES = 2_048;

    /** Of keys and answers: twice what as many usual ones take. */
    static final int MAX_BYTES = 4 << 20;

    /** One request and what became of it. */
    final class Entry {
        private final String key;
        private final String via;
        private final long since;
        private @Nullable SipResponse answer;

        Entry(String key, String via, long since) {
            this.key = key;
            this.via = via;
            this.since = since;
        }

        private int length() {
            return key.length() + via.length() + (answer == null ? 0 : answer.length());
        }

        /** The final answer; null while there is none. */
        @Nullable
        SipResponse answer() {
            return answer;
        }

        void answered(SipResponse response) {
            answer = response;
            Map<String, Entry> all = entries;
            if (all != null && all.get(key) == this) {
                bytes += response.length();
                forget(all, since);
            }
        }

        /** Whether the request is this one come again on the same way, and not a copy that was forked. */
        boolean sameWay(SipRequest request) {
            return via.equals(way(request));
        }
    }

    private final long windowNanos;
    private @Nullable Map<String, Entry> entries; // made when first needed: most agents idle
    private long bytes;

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
        Entry entry = new Entry(key(request), way(request), now);
        remove(request);
        all.put(entry.key, entry);
        bytes += entry.length();
        forget(all, now);
        return entry;
    }

    /** Forgets the request: its repetition is a new one. */
    void remove(SipRequest request) {
        Entry removed = entries == null ? null : entries.remove(key(request));
        if (removed != null) {
            bytes -= removed.length();
        }
    }

    private void forget(Map<String, Entry> all, long now) {
        Iterator<Entry> oldestFirst = all.values().iterator();
        while (oldestFirst.hasNext()) {
            Entry oldest = oldestFirst.next();
            if (now - oldest.since < windowNanos && all.size() <= MAX_ENTRIES && bytes <= MAX_BYTES) {
                return;
            }
            oldestFirst.remove();
            bytes -= oldest.length();
        }
    }

    private static String key(SipRequest request) {
        return request.from().tag().orElse("") + '\n' + request.callId() + '\n' + request.cseq();
    }

    private static String way(SipRequest request) {
        return request.topVia().sentBy() + '\n' + request.topVia().branch().orElse("");
    }
}
