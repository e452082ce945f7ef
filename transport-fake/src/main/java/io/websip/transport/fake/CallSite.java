package io.websip.transport.fake;

import io.websip.loop.EventLoop;
import io.websip.transport.GuardedListener;
import java.util.Optional;

/** A task and the line of code that asked for it: without the line, a list of pending tasks says little. Immutable. */
record CallSite(String what, Optional<StackWalker.StackFrame> frame) {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** The nearest caller that is neither ours nor the JDK's, nor a loop in front of a loop. */
    static CallSite of(String what) {
        return new CallSite(
                what,
                WALKER.walk(frames ->
                        frames.filter(f -> !isPlumbing(f.getDeclaringClass())).findFirst()));
    }

    private static boolean isPlumbing(Class<?> type) {
        return type == CallSite.class
                || type == GuardedListener.class
                || EventLoop.class.isAssignableFrom(type)
                || type.getName().startsWith("java.");
    }

    /** Such as {@code timer from Foo.bar(Foo.java:12)}. Made only when asked for, since looking up a line is slow. */
    @Override
    public String toString() {
        return what + " from " + frame.map(CallSite::place).orElse("an unknown place");
    }

    private static String place(StackWalker.StackFrame frame) {
        String className = frame.getClassName();
        String simpleName = className.substring(className.lastIndexOf('.') + 1);
        return simpleName + "." + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
    }
}
