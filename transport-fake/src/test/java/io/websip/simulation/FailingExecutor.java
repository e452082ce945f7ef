package io.websip.simulation;

import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * An executor of a program that now and then takes nothing for a while, throws after it has taken a task, or runs one twice.
 * It never drops what it has taken.
 */
final class FailingExecutor implements Executor {
    private final Executor behind;
    private final Random random;
    private int failures; // that are still to come

    FailingExecutor(Executor behind, Random random) {
        this.behind = behind;
        this.random = random;
    }

    @Override
    public void execute(Runnable task) {
        if (failures == 0 && random.nextInt(10) == 0) {
            failures = 1 + random.nextInt(20);
        }
        if (failures > 0) {
            failures--;
            throwSomething();
        }
        behind.execute(task);
        switch (random.nextInt(10)) {
            case 0 -> behind.execute(task);
            case 1 -> throwSomething();
            default -> {}
        }
    }

    private void throwSomething() {
        switch (random.nextInt(3)) {
            case 0 -> throw new OutOfMemoryError("unable to create native thread");
            case 1 -> throw new RejectedExecutionException("no room");
            default -> throw new NullPointerException("a fault of the executor");
        }
    }
}
