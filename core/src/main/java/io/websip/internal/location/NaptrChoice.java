package io.websip.internal.location;

import io.websip.dns.NaptrRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which of a domain's NAPTR records are for SIP over WebSocket, and in which order (RFC 3263 section 4.1). */
final class NaptrChoice {
    private static final String SECURE = "SIPS+D2W"; // RFC 7118 section 10.3
    private static final String PLAIN = "SIP+D2W";

    private NaptrChoice() {}

    /**
     * The next questions, those to be asked first at the front. Only records of the lowest order that we can use count
     * (RFC 3403 section 4.1). Once a record has led to wss none that follows leads to ws, so that nobody who breaks a
     * connection gets the next one in the clear.
     *
     * @param secureOnly whether only wss will do
     */
    static List<Question> of(List<NaptrRecord> records, boolean secureOnly) {
        List<NaptrRecord> usable = records.stream()
                .filter(record -> isUsable(record, secureOnly))
                .sorted(Comparator.comparingInt(NaptrRecord::order).thenComparingInt(NaptrRecord::preference))
                .toList();
        List<Question> questions = new ArrayList<>();
        boolean secured = false;
        for (NaptrRecord record : usable) {
            boolean secure = isSecure(record);
            if (record.order() == usable.get(0).order() && (secure || !secured)) {
                questions.add(question(record, secure));
                secured |= secure;
            }
        }
        return questions;
    }

    /** Neither rules to rewrite names nor records that lead to further ones: so there can be no loop. */
    private static boolean isUsable(NaptrRecord record, boolean secureOnly) {
        boolean service = isSecure(record) || !secureOnly && record.service().equalsIgnoreCase(PLAIN);
        boolean last = isFlag(record, "s") || isFlag(record, "a");
        return service
                && last
                && record.regexp().isEmpty()
                && !record.replacement().equals(".");
    }

    private static boolean isSecure(NaptrRecord record) {
        return record.service().equalsIgnoreCase(SECURE);
    }

    private static boolean isFlag(NaptrRecord record, String flag) {
        return record.flags().equalsIgnoreCase(flag);
    }

    private static Question question(NaptrRecord record, boolean secure) {
        return isFlag(record, "s")
                ? Question.srv(record.replacement(), secure)
                : Question.host(record.replacement(), secure);
    }
}
