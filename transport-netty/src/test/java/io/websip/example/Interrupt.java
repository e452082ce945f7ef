package io.websip.example;

import io.websip.UserAgent;

/** Stops an agent in good order when the JVM is told to end, which is a success of a command that runs until then. */
final class Interrupt implements AutoCloseable {
    private final Thread hook;

    private Interrupt(Thread hook) {
        this.hook = hook;
    }

    static Interrupt onSignal(UserAgent agent) {
        Thread hook = new Thread(
                () -> {
                    agent.stop().join();
                    System.out.flush();
                    Runtime.getRuntime().halt(0);
                },
                "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interrupt(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, and the hook runs
        }
    }
}
