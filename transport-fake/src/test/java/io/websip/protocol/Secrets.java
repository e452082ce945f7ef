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
import java.util.function.IntPredicate;
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
    /** One this long is no part of a word that means something else. */
    private static final int LONG = 10;

    private static final List<String> HASHES = List.of("MD5", "SHA-256", "SHA-512/256");

    /** Of what is made of a password. */
    private static final int SHORTEST = 16;

    static final Set<String> PASSWORDS = find(PASSWORD_IN);
    static final Set<String> ALL = all();

    private Secrets() {}

    /** One that stands in the text. All that is logged goes through it, so it does without regular expressions. */
    static Optional<String> in(String text) {
        for (String password : PASSWORDS) {
            int at = text.indexOf(password);
            while (at >= 0) {
                if (password.length() >= LONG || !isWord(text, at - 1) && !isWord(text, at + password.length())) {
                    return Optional.of(password);
                }
                at = text.indexOf(password, at + 1);
            }
        }
        return run(text, Secrets::isHex).or(() -> run(text, Secrets::isBase64));
    }

    /** A longest run of such characters that is a secret. */
    private static Optional<String> run(String text, IntPredicate kind) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !kind.test(text.charAt(i))) {
                if (i - start >= SHORTEST && ALL.contains(text.substring(start, i))) {
                    return Optional.of(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return Optional.empty();
    }

    private static boolean isWord(String text, int at) {
        return at >= 0 && at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-');
    }

    private static boolean isHex(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    private static boolean isBase64(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '+' || c == '/' || c == '=';
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
