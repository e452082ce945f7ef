package io.websip.simulation;

import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * An executor of a program that now and then takes nothing for a while, throws after it has taken a task, runs one twice, or
 * loses one. After a loss nothing is heard until the agent is stopped, which asks the executor again: so its program does that.
 */
final class FailingExecutor implements Executor {
    private final Executor behind;
    private final Random random;
    private int failures; // that are still to come
    private BooleanSupplier mayLose = () -> false;
    private Runnable lost = () -> {};

    FailingExecutor(Executor behind, Random random) {
        this.behind = behind;
        this.random = random;
    }

    /**
     * Lets it lose tasks.
     *
     * @param mayLose whether the program is to notice a loss
     * @param lost is to stop the agent
     */
    void losesTasks(BooleanSupplier mayLose, Runnable lost) {
        this.mayLose = mayLose;
        this.lost = lost;
    }

    @Override
    public void execute(Runnable task) {
        if (random.nextInt(60) == 0 && mayLose.getAsBoolean()) {
            lost.run();
            return;
        }
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
