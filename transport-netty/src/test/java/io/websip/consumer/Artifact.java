package io.websip.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is packaged of a module of this project, and what its pom brings to a user. */
enum Artifact {
    CORE("core"),
    FAKE("transport-fake"),
    NETTY("transport-netty"),
    JETTY("transport-jetty");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** A line of {@code dependency:list}: {@code group:artifact:jar:version:scope:file}, and what more it says. */
    private static final Pattern DEPENDENCY = Pattern.compile("\\s+(\\S+?):(\\S+?):jar:\\S+?:(/.*?\\.jar)(.*)");

    private final String folder;

    Artifact(String folder) {
        this.folder = folder;
    }

    Path jar() {
        return target().resolve("websip-" + folder + "-" + System.getProperty("websip.version") + ".jar");
    }

    /** The jars on a user's path who names this artifact alone. */
    List<Path> withDeclared() {
        return path(false);
    }

    /** The jars on a user's path who names each optional dependency too. */
    List<Path> withOptional() {
        return path(true);
    }

    private List<Path> path(boolean optional) {
        List<Path> path = new ArrayList<>();
        path.add(jar());
        for (String line : declared()) {
            Matcher dependency = DEPENDENCY.matcher(line);
            if (dependency.matches() && (optional || !dependency.group(4).contains("(optional)"))) {
                path.add(Path.of(dependency.group(3)));
            }
        }
        assertThat(path).allMatch(Files::isRegularFile);
        return path;
    }

    private List<String> declared() {
        try {
            return Files.readAllLines(target().resolve("declared-dependencies.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path target() {
        return ROOT.resolve(folder).resolve("target");
    }
}
