package io.websip.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GuardedLoggerTest {
    /** An error each of whose texts throws. */
    private static final class Unshowable extends Error {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }
    }

    /** Writes as a formatter does: with the text of the throwable and of each parameter. */
    private static final class Writing implements System.Logger {
        final List<String> lines = new ArrayList<>();
        boolean broken;

        @Override
        public String getName() {
            return "writing";
        }

        @Override
        public boolean isLoggable(Level level) {
            check();
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
            check();
            lines.add(text + (thrown == null ? "" : " " + thrown));
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            check();
            lines.add(format + (params == null ? "" : List.of(params)));
        }

        private void check() {
            if (broken) {
                throw new AssertionError("no space left on device");
            }
        }
    }

    private final Writing writing = new Writing();
    private final System.Logger logger = GuardedLogger.over(writing);

    @Test
    @DisplayName("a throwable whose texts throw is logged by its class and the place that it comes from")
    void unshowable() {
        logger.log(Level.ERROR, "a listener threw", new Unshowable());
        assertThat(writing.lines).singleElement().asString().contains("a listener threw", "Unshowable", "thrown at ");
    }

    @Test
    @DisplayName("a handler that throws reaches nobody, by whichever method it was called")
    void broken() {
        writing.broken = true;
        assertThatCode(() -> {
                    assertThat(logger.isLoggable(Level.INFO)).isFalse();
                    logger.log(Level.INFO, "a");
                    logger.log(Level.INFO, () -> "b");
                    logger.log(Level.INFO, () -> "c", new RuntimeException("c"));
                    logger.log(Level.INFO, new Object());
                    logger.log(Level.INFO, "d", new RuntimeException("d"));
                    logger.log(Level.INFO, "{0}", "e");
                    logger.log(Level.INFO, (ResourceBundle) null, "f", new RuntimeException("f"));
                    logger.log(Level.INFO, (ResourceBundle) null, "{0}", "g");
                })
                .doesNotThrowAnyException();
        assertThat(writing.lines).isEmpty();
    }

    @Test
    @DisplayName("a text that cannot be made is said to be so")
    void texts() {
        Unshowable unshowable = new Unshowable();
        logger.log(Level.INFO, unshowable::toString);
        logger.log(Level.INFO, (Object) unshowable);
        logger.log(Level.INFO, "{0} {1}", unshowable, "x");
        assertThat(writing.lines).hasSize(2).allMatch(line -> line.contains("IllegalStateException"));
    }

    @Test
    @DisplayName("what can be written is written unchanged")
    void unchanged() {
        logger.log(Level.INFO, "a");
        logger.log(Level.INFO, () -> "b");
        logger.log(Level.INFO, "{0}", "c");
        logger.log(Level.INFO, "d", new IllegalStateException("boom"));
        assertThat(writing.lines).containsExactly("a", "b", "{0}[c]", "d java.lang.IllegalStateException: boom");
        assertThat(logger.getName()).isEqualTo("writing");
    }
}
