package io.websip.interop;

import java.util.ArrayList;
import java.util.List;

/** {@code messenger serve} in a process of its own, with the users of {@link Account}. */
final class ServedMessenger implements AutoCloseable {
    private static final String LISTENING = "listening on ";

    private final MessengerProcess process;
    private final String url;

    ServedMessenger() {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0"));
        for (String user : List.of("alice", "bob", "carol")) {
            arguments.addAll(List.of("--user", user + ":" + Account.password(user)));
        }
        process = new MessengerProcess(arguments);
        try {
            url = process.await("the Messenger to serve", line -> line.startsWith(LISTENING))
                    .substring(LISTENING.length())
                    .split(" ")[0];
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.close();
    }
}
