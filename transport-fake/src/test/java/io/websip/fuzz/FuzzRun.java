package io.websip.fuzz;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lets Jazzer look for inputs that break a property: {@code FuzzRun TARGET SECONDS FOLDER}. The corpus of the project is what it
 * starts from; what it finds stands in the folder, and each input that reached new code in its {@code corpus}. What is to stay
 * goes into the project's corpus, one escaped line each ({@link FuzzCorpus}).
 */
final class FuzzRun {
    private FuzzRun() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        FuzzTarget target = FuzzTarget.valueOf(args[0]);
        Path folder = Path.of(args[2]).resolve(target.name());
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        int number = 0;
        for (byte[] input : FuzzCorpus.of(target)) {
            Files.write(corpus.resolve("kept-" + number++), input);
        }
        List<String> options = new ArrayList<>(List.of(
                "--target_class=" + Fuzz.class.getName(),
                "--instrumentation_includes=io.websip.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + Integer.parseInt(args[1]),
                "-max_len=4096",
                "-timeout=20"));
        options.addAll(Arrays.asList(args).subList(3, args.length));
        options.add(corpus.toString());
        System.setProperty("fuzz.target", target.name());
        try {
            Class.forName("com.code_intelligence.jazzer.Jazzer") // only the profile fuzz brings it
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) options.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Jazzer failed", e.getCause());
        }
    }
}
