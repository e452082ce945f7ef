package io.websip.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that these tests start: none outlives the tests, however they end. */
final class Children {
    private static final Set<ProcessHandle> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Children::kill), "children-killer"));
    }

    private Children() {}

    /** Starts one, which is killed with its own children at the end of this JVM, if it then still runs. */
    static Process start(ProcessBuilder command) throws IOException {
        Process process = command.start();
        RUNNING.add(process.toHandle());
        process.onExit().thenRun(() -> RUNNING.remove(process.toHandle()));
        return process;
    }

    /** Kills it and all that it has started, so that none of them says goodbye; the list is of all of these. */
    static List<ProcessHandle> kill(ProcessHandle parent) {
        List<ProcessHandle> family = new ArrayList<>(parent.descendants().toList());
        family.add(parent);
        family.forEach(ProcessHandle::destroyForcibly);
        return family;
    }
}
