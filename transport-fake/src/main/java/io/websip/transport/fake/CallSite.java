package io.websip.transport.fake;

import java.util.Set;

/** The line of code that asked for a task: without it, a list of pending tasks says little. */
final class CallSite {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final Set<String> OWN =
            Set.of(CallSite.class.getName(), VirtualLoopView.class.getName(), VirtualEventLoop.class.getName());

    private CallSite() {}

    /** The nearest frame that is neither ours nor the JDK's, as {@code Foo.bar(Foo.java:12)}. */
    static String find() {
        return WALKER.walk(frames -> frames.filter(f -> !isPlumbing(f.getClassName()))
                .findFirst()
                .map(CallSite::describe)
                .orElse("an unknown place"));
    }

    private static boolean isPlumbing(String className) {
        return className.startsWith("java.") || OWN.contains(className);
    }

    private static String describe(StackWalker.StackFrame frame) {
        String className = frame.getClassName();
        String simpleName = className.substring(className.lastIndexOf('.') + 1);
        return simpleName + "." + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
    }
}
