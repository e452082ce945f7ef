package io.websip.bench.runner;

/** This JVM's heap. */
final class Heap {
    private Heap() {}

    /** Bytes in use once what is garbage is gone. */
    static long used() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
