package io.websip.kit;

import io.websip.sip.AuthHeader;
import io.websip.sip.SipHeaders;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Messages that no peer should send: those of the files in {@code torture}, and what is made of a good one byte by byte. */
public final class TortureCorpus {
    /** A good request, which is also spoiled at every byte. */
    public static final byte[] GOOD = new TortureCase("good", "200", List.of()).request(0);

    private static final int FIRST_FLIP = 10_000; // five digits each, so that all have the same length
    private static final byte[] TO_FLIP = new TortureCase("", "200", List.of()).request(FIRST_FLIP);

    /** One message of the corpus. */
    public interface Message {
        /** What it is. */
        String name();

        /** What the parser is to say: accept, a status, or drop where no answer may be made; empty for any of these. */
        String parser();

        /** The status with which the agent sip:alice@example.com answers, or drop; empty for any of these. */
        String agent();

        /** The octets. */
        byte[] octets();
    }

    private record Made(String name, String parser, String agent, byte[] octets) implements Message {
        @Override
        public String toString() {
            return name;
        }
    }

    private TortureCorpus() {}

    /** The requests of the files, more than 200 of them. */
    public static List<Message> requests() {
        List<Message> messages = new ArrayList<>();
        for (TortureCase each : requestCases()) {
            messages.add(new Made(each.name(), each.parser(), each.agent(), each.request(messages.size() + 1)));
        }
        return messages;
    }

    private static List<TortureCase> requestCases() {
        List<TortureCase> cases = new ArrayList<>();
        for (String file : List.of("rfc4475", "rfc5118", "peers", "utf8")) {
            cases.addAll(read(file));
        }
        cases.addAll(TortureMatrix.cases(false));
        return cases;
    }

    /** The answers of the files to one request, those that come together as several. */
    public static List<Message> answers(SipRequest request) {
        List<Message> messages = new ArrayList<>();
        for (TortureCase each : responses()) {
            for (String text : each.responses()) {
                String verdict = each.outcome().equals("drop") ? "drop" : "accept";
                messages.add(new Made(each.name(), verdict, "", Marks.replaced(text, request, request)));
            }
        }
        return messages;
    }

    /**
     * One answer of the files to a request.
     *
     * @param number of any size; as many as there are answers lead to different ones
     */
    public static byte[] answer(int number, SipRequest request) {
        List<String> all = EachAnswer.TEXTS;
        return Marks.replaced(all.get(Math.floorMod(number, all.size())), request, request);
    }

    /** Read once, and only where it is asked for. */
    private static final class EachAnswer {
        static final List<String> TEXTS =
                responses().stream().flatMap(each -> each.responses().stream()).toList();
    }

    static List<TortureCase> responses() {
        List<TortureCase> cases = new ArrayList<>(read("responses"));
        cases.addAll(read("utf8-responses"));
        cases.addAll(TortureMatrix.cases(true));
        return cases;
    }

    /** The realms of all challenges in the answers: an agent answers where its program has credentials for the realm. */
    static Set<String> realms() {
        Set<String> realms = new TreeSet<>();
        for (Message answer : answers(goodRequest())) {
            try {
                SipHeaders headers = SipMessage.parse(answer.octets()).headers();
                for (String name : List.of("WWW-Authenticate", "Proxy-Authenticate")) {
                    for (String value : headers.all(name)) {
                        AuthHeader.parse(value).get("realm").ifPresent(realms::add);
                    }
                }
            } catch (SipParseException e) {
                continue; // nobody answers it
            }
        }
        return realms;
    }

    private static SipRequest goodRequest() {
        try {
            return (SipRequest) SipMessage.parse(GOOD);
        } catch (SipParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The good request without its end, cut at every byte: never accepted, and refused by an answer wherever its Via came
     * through (RFC 3261 section 18.3).
     */
    public static List<Message> truncations() {
        int viaEnd = indexOf(GOOD, "\r\nMax-Forwards") + 2;
        List<Message> messages = new ArrayList<>();
        for (int length = 1; length < GOOD.length; length++) {
            String verdict = length < viaEnd ? "drop" : "400";
            messages.add(new Made("cut at " + length, "", verdict, Arrays.copyOf(GOOD, length)));
        }
        return messages;
    }

    /** The good request with one bit flipped, each in turn; in the body that changes nothing but the body. */
    public static List<Message> flippedBits() {
        int body = indexOf(TO_FLIP, "\r\n\r\n") + 4;
        List<Message> messages = new ArrayList<>();
        for (int bit = 0; bit < TO_FLIP.length * 8; bit++) {
            byte[] octets = new TortureCase("", "200", List.of()).request(FIRST_FLIP + bit);
            octets[bit / 8] ^= (byte) (1 << bit % 8);
            boolean inBody = bit / 8 >= body;
            messages.add(new Made("bit " + bit, inBody ? "accept" : "", inBody ? "200" : "", octets));
        }
        return messages;
    }

    /** Where the text begins in the octets. */
    static int indexOf(byte[] octets, String text) {
        return new String(octets, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private static List<TortureCase> read(String file) {
        List<TortureCase> cases = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith("[")) {
                int end = line.indexOf(']');
                cases.add(new TortureCase(
                        file + ": " + line.substring(end + 1).strip(), line.substring(1, end), new ArrayList<>()));
            } else {
                cases.get(cases.size() - 1).edits().add(line);
            }
        }
        return cases.stream().flatMap(each -> each.ofEachWidth().stream()).toList();
    }

    /** The lines of a file, without its remarks. */
    static List<String> lines(String file) {
        String path = "torture/" + file + ".txt";
        try (InputStream in = TortureCorpus.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no corpus " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
