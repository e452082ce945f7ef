package io.websip.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All passwords that stand in the sources of this package's tests, and what is made of them: HA1 for each user, realm and
 * hash, and the pairs of HTTP's Basic. In a text each is looked for as a whole word.
 */
final class Secrets {
    private static final Path SOURCES = Path.of("src/test/java/io/websip/protocol");
    private static final List<Pattern> PASSWORD_IN = List.of(
            Pattern.compile("\\.password\\(\"([^\"]+)\"\\)"),
            Pattern.compile("Credentials\\.password\\(\"[^\"]*\", \"([^\"]+)\"\\)"),
            Pattern.compile("user\\(\"[^\"]*\", \"([^\"]+)\"\\)"),
            Pattern.compile("String PASSWORD = \"([^\"]+)\""));
    private static final List<Pattern> USER_IN =
            List.of(Pattern.compile("user\\(\"([^\"]+)\""), Pattern.compile("Credentials\\.\\w+\\(\"([^\"]+)\""));
    private static final List<Pattern> REALM_IN =
            List.of(Pattern.compile("realm\\(\"([^\"]+)\"\\)"), Pattern.compile("domain\\(\"([^\"]+)\"\\)"));
    private static final List<Pattern> WORDS =
            List.of(Pattern.compile("[A-Za-z0-9-]{4,}"), Pattern.compile("[A-Za-z0-9+/]{8,}={0,2}"));

    /** One this long is no part of a word that means something else. */
    private static final int LONG = 10;

    private static final List<String> HASHES = List.of("MD5", "SHA-256", "SHA-512/256");

    static final Set<String> PASSWORDS = find(PASSWORD_IN);
    static final Set<String> ALL = all();

    private Secrets() {}

    /** One that stands in the text. */
    static Optional<String> in(String text) {
        return PASSWORDS.stream()
                .filter(password -> password.length() >= LONG && text.contains(password))
                .findFirst()
                .or(() -> WORDS.stream()
                        .flatMap(words -> words.matcher(text).results())
                        .map(MatchResult::group)
                        .filter(ALL::contains)
                        .findFirst());
    }

    private static Set<String> all() {
        Set<String> users = find(USER_IN);
        Set<String> realms = find(REALM_IN);
        realms.add("example.com");
        Set<String> all = new LinkedHashSet<>(PASSWORDS);
        for (String password : PASSWORDS) {
            for (String user : users) {
                all.add(Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
                for (String realm : realms) {
                    HASHES.forEach(hash -> all.add(ha1(hash, user + ":" + realm + ":" + password)));
                }
            }
        }
        return all;
    }

    private static Set<String> find(List<Pattern> patterns) {
        Set<String> found = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                String source = Files.readString(file);
                for (Pattern pattern : patterns) {
                    pattern.matcher(source).results().forEach(match -> found.add(match.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String ha1(String hash, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(hash).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
