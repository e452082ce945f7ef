package io.websip.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/** What the events have in common: they begin once and end once. */
@Category("websip")
@StackTrace(false)
abstract class SpanRecording extends Event implements Span {
    @Label("Outcome")
    String outcome = "";

    private transient boolean over;

    final Span begun() {
        begin();
        return this;
    }

    @Override
    public final void ended(int status, String how) {
        if (over) {
            return;
        }
        over = true;
        end();
        if (shouldCommit()) {
            outcome = how;
            status(status);
            commit();
        }
    }

    /** Takes the status, where the kind of event has one. */
    void status(int status) {}
}
