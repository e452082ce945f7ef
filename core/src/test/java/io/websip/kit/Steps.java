package io.websip.kit;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the steps of the project's code, method by method: each entry, each round of a loop, and each element that a list looks
 * at or moves for it. The counts depend on the input alone, and not on the machine or its time. A {@link CountingLoader} writes
 * the calls of this class into the code that it loads. One count at a time.
 */
public final class Steps {
    private static final List<String> METHODS = new ArrayList<>();
    private static final Map<Class<?>, Class<?>> COUNTED = new HashMap<>();
    private static long[] counts = new long[1_024];

    private Steps() {}

    /**
     * The steps of each method while a public static method with one {@code int} runs, in classes that are loaded to be counted.
     *
     * @param n the method's argument
     */
    public static Map<String, Long> of(Class<?> scenarios, String method, int n) {
        try {
            Class<?> counted = counted(scenarios);
            counted.getMethod(method, int.class).invoke(null, 1); // loads and initializes what it needs
            Arrays.fill(counts, 0);
            counted.getMethod(method, int.class).invoke(null, n);
            Map<String, Long> steps = new TreeMap<>();
            for (int i = 0; i < METHODS.size(); i++) {
                steps.merge(METHODS.get(i), counts[i], Long::sum);
            }
            return steps;
        } catch (InvocationTargetException e) {
            throw new AssertionError(method + "(" + n + ")", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(method, e);
        }
    }

    private static Class<?> counted(Class<?> scenarios) throws ClassNotFoundException {
        Class<?> counted = COUNTED.get(scenarios);
        if (counted == null) {
            counted = new CountingLoader(scenarios.getClassLoader()).loadClass(scenarios.getName());
            COUNTED.put(scenarios, counted);
        }
        return counted;
    }

    /** The number under which a method's steps are counted. */
    static int number(String method) {
        METHODS.add(method);
        if (METHODS.size() > counts.length) {
            counts = Arrays.copyOf(counts, 2 * counts.length);
        }
        return METHODS.size() - 1;
    }

    /** Called by the code that is counted: an entry, or a round. */
    public static void step(int method) {
        counts[method]++;
    }

    /** {@link System#arraycopy}: sixteen elements are a step. */
    public static void arraycopy(Object from, int fromStart, Object to, int toStart, int length, int method) {
        counts[method] += length >> 4;
        System.arraycopy(from, fromStart, to, toStart, length);
    }

    /** {@link List#remove(int)}, which moves what stands behind. */
    public static Object remove(List<?> list, int index, int method) {
        counts[method] += list.size() - index;
        return list.remove(index);
    }

    /** {@link List#add(int, Object)}, which moves what stands behind. */
    public static void add(List<Object> list, int index, Object element, int method) {
        counts[method] += list.size() - index;
        list.add(index, element);
    }

    /** {@link List#contains}, which looks at all. */
    public static boolean contains(List<?> list, Object element, int method) {
        counts[method] += list.size();
        return list.contains(element);
    }

    /** {@link List#indexOf}, which looks at all. */
    public static int indexOf(List<?> list, Object element, int method) {
        counts[method] += list.size();
        return list.indexOf(element);
    }

    /** {@link List#remove(Object)}, which looks at all. */
    public static boolean remove(List<?> list, Object element, int method) {
        counts[method] += list.size();
        return list.remove(element);
    }

    /** {@link List#copyOf}. */
    public static List<?> copyOf(Collection<?> elements, int method) {
        counts[method] += elements.size();
        return List.copyOf(elements);
    }
}
