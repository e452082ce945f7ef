package io.websip.internal.jfr;

/** Something that has begun and will end: an event of the recorder, or nothing at all. */
public interface Span {
    /** Of what is not recorded. */
    Span NONE = (status, outcome) -> {};

    /**
     * It is over. Only the first call counts. From any thread, if what it began with happened before.
     *
     * @param status the final response's, or 0 if there is none
     * @param outcome how it ended, in words that hold nothing of a user
     */
    void ended(int status, String outcome);
}
