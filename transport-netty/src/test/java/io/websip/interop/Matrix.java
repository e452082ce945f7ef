package io.websip.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes {@code target/interop.md}: what was tried with whom and by which transport, and how it went. */
final class Matrix implements TestWatcher, BeforeAllCallback {
    private static final Path FILE = Path.of("target", "interop.md");

    @Override
    public void beforeAll(ExtensionContext context) {
        table(context);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        table(context).add(context, "yes");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        table(context).add(context, "**no**");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        table(context).add(context, "skipped");
    }

    /** Adds what a test has measured; it stands below the table. */
    static void note(String text) {
        Table.NOTES.add(text);
    }

    /** One for the whole run, at the end of which it is written. */
    private static Table table(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(Matrix.class))
                .getOrComputeIfAbsent(Table.class, key -> new Table(), Table.class);
    }

    private static final class Table implements AutoCloseable {
        private static final List<String> NOTES = new ArrayList<>();

        private final Map<String, Map<Transports, String>> rows = new TreeMap<>();

        /** A test that is not told which transport to take, takes them all. */
        synchronized void add(ExtensionContext context, String outcome) {
            String peer = context.getRequiredTestClass().getSimpleName().replaceFirst("Test$", "");
            String what = words(context.getRequiredTestMethod().getName());
            String[] arguments =
                    context.getDisplayName().replaceFirst("^\\[\\d+] ", "").split(", ");
            Optional<Transports> by = Arrays.stream(Transports.values())
                    .filter(each -> Arrays.stream(arguments).anyMatch(a -> a.endsWith(each.name())))
                    .findFirst();
            String others = Arrays.stream(arguments)
                    .filter(a -> by.isEmpty() || !a.endsWith(by.get().name()))
                    .filter(a -> a.contains("="))
                    .map(a -> a.substring(a.indexOf('=') + 1).strip())
                    .collect(Collectors.joining(", "));
            String row = "| " + peer + " | " + what + (others.isEmpty() ? "" : ": " + others) + " |";
            Map<Transports, String> outcomes = rows.computeIfAbsent(row, key -> new EnumMap<>(Transports.class));
            by.map(List::of)
                    .orElse(List.of(Transports.values()))
                    .forEach(each -> outcomes.merge(each, outcome, Table::worse));
        }

        private static String worse(String one, String other) {
            return one.equals("yes") ? other : one;
        }

        /** {@code aPageChats} becomes {@code a page chats}. */
        private static String words(String name) {
            return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                    .toLowerCase(Locale.ROOT);
        }

        @Override
        public synchronized void close() throws IOException {
            StringBuilder text = new StringBuilder("| with | what | netty ws | netty wss | jetty ws | jetty wss |\n");
            text.append("|---|---|---|---|---|---|\n");
            rows.forEach((row, outcomes) -> {
                text.append(row);
                for (Transports by : Transports.values()) {
                    text.append(' ').append(outcomes.getOrDefault(by, "")).append(" |");
                }
                text.append('\n');
            });
            NOTES.forEach(note -> text.append('\n').append(note).append('\n'));
            Files.writeString(FILE, text.toString());
        }
    }
}
