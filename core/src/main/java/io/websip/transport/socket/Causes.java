package io.websip.transport.socket;

import io.websip.internal.log.ThrownText;
import java.util.ArrayList;
import java.util.List;

/** The causes of a failure, which a lookup or a trust manager of the program may have thrown. No method throws. */
public final class Causes {
    /** No exception has more, but one that is its own cause. */
    private static final int MAX = 16;

    private Causes() {}

    /** The failure and its causes, from the outermost on. */
    public static List<Throwable> of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>(4);
        for (Throwable each = failure; each != null && causes.size() < MAX; each = ThrownText.cause(each)) {
            causes.add(each);
        }
        return causes;
    }

    /** Whether one of them is of that type. */
    public static boolean have(Class<? extends Throwable> type, Throwable failure) {
        return of(failure).stream().anyMatch(type::isInstance);
    }
}
