package io.websip.example;

import io.websip.text.Visible;
import java.io.PrintWriter;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * SIP instant messages over WebSocket on the command line. Without arguments it shows all of it at work, on a server of
 * its own.
 *
 * <p>Exit status: 0 succeeded, 1 failed, 2 wrong usage.
 */
@Command(
        name = "messenger",
        description = "SIP instant messages over WebSocket. Without arguments: a demonstration on a server of its own.",
        mixinStandardHelpOptions = true,
        subcommands = {SendCommand.class, ListenCommand.class, ChatCommand.class, ServeCommand.class, LoadCommand.class
        })
public final class Messenger implements Runnable {
    /** Kept, since the JDK forgets the level of a logger that nobody holds. */
    private static final List<Logger> LIBRARIES =
            List.of(Logger.getLogger("io.websip"), Logger.getLogger("org.eclipse.jetty"));

    @Spec
    private CommandSpec spec;

    private int result;

    /** For picocli. */
    @SuppressWarnings("NullAway.Init") // picocli sets the field
    public Messenger() {}

    /** Runs one command and ends the JVM with its exit status. */
    public static void main(String... arguments) {
        LIBRARIES.forEach(library -> library.setLevel(Level.WARNING)); // the commands show by themselves what happens
        PrintWriter out = new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8);
        int status = run(out, err, arguments);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /** Runs one command and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Messenger messenger = new Messenger();
        return new CommandLine(messenger)
                .setExpandAtFiles(false) // @FILE is a body here
                .setOut(out)
                .setErr(err)
                .setExitCodeExceptionMapper(Messenger::status)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    err.println(
                            "messenger: " + Visible.line(String.valueOf(e.getMessage() == null ? e : e.getMessage())));
                    return command.getExitCodeExceptionMapper().getExitCode(e);
                })
                .setExecutionStrategy(parsed -> {
                    int status = new CommandLine.RunLast().execute(parsed);
                    return status != 0 ? status : messenger.result;
                })
                .execute(arguments);
    }

    private static int status(Throwable thrown) {
        boolean usage = thrown instanceof UsageException
                || thrown instanceof IllegalArgumentException
                || thrown instanceof CommandLine.ParameterException;
        return usage ? 2 : 1;
    }

    /** The demonstration. */
    @Override
    public void run() {
        result = new Demo(spec.commandLine().getOut()).run();
    }

    /** An option's value breaks a rule; the text names both. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}
