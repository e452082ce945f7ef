package io.websip.bench.runner;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A client of {@link BareServer}, whose round trips are measured. */
interface Contestant extends AutoCloseable {
    /**
     * Sends a message.
     *
     * @param place which of those that are under way at once it is, from 0 on
     * @param answered is told once, on any thread: of the answer, or of what is in the way of one
     */
    void send(int place, BiConsumer<@Nullable Object, @Nullable Throwable> answered);

    /** Whether the next message is sent by whom an answer is told to, and not by a thread of the application. */
    boolean chained();

    /** How many bytes request and answer have, as {@code REQUEST ANSWER}. */
    String sizes();

    @Override
    void close() throws Exception;
}
