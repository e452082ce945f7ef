package io.websip.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where JsSIP lies with the scripts that use it: below the build's folder, so that the packages are fetched once. */
public final class JsSipFolder {
    /** The folder. */
    public static final Path PATH = Path.of("target", "jssip").toAbsolutePath();

    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "agent.mjs", "bench.mjs", "page.html", "page.mjs");
    private static final Path LOG = PATH.resolve("install.log");
    private static final int INSTALL_MINUTES = 5;

    private JsSipFolder() {}

    /** Whether Node.js and npm are there. */
    public static boolean canBeFilled() {
        return Peers.isOnPath("node") && Peers.isOnPath("npm");
    }

    /** Sees that all is there. */
    public static void fill() throws IOException, InterruptedException {
        Files.createDirectories(PATH);
        boolean changed = false;
        for (String file : FILES) {
            Path copy = PATH.resolve(file);
            try (InputStream in = JsSipFolder.class.getResourceAsStream("jssip/" + file)) {
                byte[] content = in.readAllBytes();
                if (!Files.exists(copy) || !Arrays.equals(Files.readAllBytes(copy), content)) {
                    Files.write(copy, content);
                    changed = true;
                }
            }
        }
        if (changed || !Files.exists(PATH.resolve("page.js"))) {
            run("npm", "ci", "--no-audit", "--no-fund");
            run("node_modules/.bin/esbuild", "page.mjs", "--bundle", "--format=iife", "--outfile=page.js");
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(PATH.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
        if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " failed in " + PATH + ":\n" + Files.readString(LOG));
        }
    }
}
