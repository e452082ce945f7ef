package io.websip.simulation;

import io.websip.loop.EventLoop;
import io.websip.sip.MalformedHeaderException;
import io.websip.sip.NameAddress;
import io.websip.sip.SipMessage;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the octets that one agent sends and gets: each is clean, and so is their order. */
final class Watch {
    /** Less than the 32 s of timer F, by whichever clock. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(30);

    private static final List<Integer> REFUSALS = List.of(400, 505, 513);
    private static final List<Integer> SENT_AGAIN = List.of(401, 407, 420);

    private record Pending(String target, int connection, long since) {}

    private final World world;
    private final Trace trace;
    private final EventLoop loop;
    private final String agent;
    private final CredentialWatch credentials;
    private final Idle idle;
    private final Map<String, Pending> pending = new HashMap<>(); // MESSAGEs of the agent's, by branch
    private final Map<String, Sent> transmitted = new HashMap<>(); // by branch
    private final Set<String> handedOver = new HashSet<>();
    private final Map<String, byte[]> faulted = new HashMap<>(); // what listeners have thrown at
    private final Set<String> registers = new HashSet<>(); // branches of those that ask for a binding
    private final List<Integer> opened = new ArrayList<>(); // connections, in the order in which they were opened
    private final Set<Integer> over = new LinkedHashSet<>(); // connections that either end has closed, in that order
    private final Set<String> hosts = new HashSet<>(); // of the Via of all requests
    private int connection;
    private int lastOfFlood; // its octets
    private @Nullable SipRequest last;
    private @Nullable SipRequest lastRegister; // with a Contact
    private Optional<NameAddress> contact = Optional.empty(); // of that
    private final Map<Integer, Registered> registered = new HashMap<>(); // by connection, the last of each

    /** A grant: when and over which connection it came, and for how long it is; an honest one is as long as the binding. */
    record Registered(int connection, long at, long seconds, boolean honest) {}

    /** Looks at nothing yet. */
    Watch(World world, String agent, CredentialWatch credentials) {
        this.world = world;
        this.trace = world.trace;
        this.loop = world.loop;
        this.agent = agent;
        this.credentials = credentials;
        this.idle = new Idle(trace, loop, agent);
    }

    /** The MESSAGE that was sent last, while it has no answer; null if it has one. */
    @Nullable
    SipRequest unanswered() {
        SipRequest request = last;
        return request != null && pending.containsKey(branch(request)) ? request : null;
    }

    /** The connection that was opened last; 0 if there was none. */
    int connection() {
        return connection;
    }

    void opened(int number) {
        trace.say(() -> "  " + agent + " has opened " + number);
        connection = number;
        opened.add(number);
        idle.opened(number);
    }

    /** The octets of the last message of a flood that it has got. */
    int lastOfFlood() {
        return lastOfFlood;
    }

    /**
     * The grant of the newest connection that is open: one to a better server replaces the old one, unless the agent gives it
     * up. Where none is open, that of the one that was closed last.
     */
    @Nullable
    Registered registered() {
        Registered last = null;
        for (int number : over) {
            last = registered.getOrDefault(number, last);
        }
        for (int number : opened) {
            last = over.contains(number) ? last : registered.getOrDefault(number, last);
        }
        return last;
    }

    // --------------------------------------------------------------------------------------------------- what it sends

    void sent(int connection, byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        trace.say(() -> "  " + agent + " sends on " + connection + " " + summary(text));
        idle.traffic(connection);
        if (text.isBlank()) {
            if (!text.equals("\r\n\r\n") && !text.equals("\r\n")) {
                trace.violated("no keep-alive, and no message: " + octets.length + " blanks");
            }
            return;
        }
        SipMessage message = parsed(octets, text);
        if (message instanceof SipRequest request) {
            credentials.sent(request, text);
            String stranger = Stranger.markOfAnother(request, text);
            if (!stranger.isEmpty()) {
                trace.violated("what " + stranger + " has said goes to another: " + text);
            }
            if (text.contains("anonymous.invalid")) {
                anonymous(request, text);
            } else {
                hosts.add(request.topVia().sentBy());
            }
            if (request.method().equals(SipMethod.REGISTER) && request.headers().contains("Contact")) {
                registers.add(branch(request));
                lastRegister = request;
                contact = request.contacts().stream().findFirst();
            }
            if (request.method().equals(SipMethod.MESSAGE)) {
                message(connection, request);
            }
        } else if (message instanceof SipResponse response
                && response.cseq().method().equals(SipMethod.MESSAGE)) {
            world.flood.answered(agent, connection, response);
            answer(response);
        }
    }

    void pinged(int connection) {
        idle.traffic(connection);
    }

    /** Every message parses; an answer to a broken request may lack what that lacked. */
    private @Nullable SipMessage parsed(byte[] octets, String text) {
        try {
            SipMessage message = SipMessage.parse(octets);
            message.verify();
            return message;
        } catch (SipParseException e) {
            boolean refusal = text.startsWith("SIP/2.0 ")
                    && text.endsWith("\r\n\r\n")
                    && REFUSALS.contains(Integer.parseInt(text.substring(8, 11)));
            if (!refusal) {
                trace.violated("what is sent does not parse, " + e.getMessage() + ": " + text);
            }
            return null;
        }
    }

    /** Nothing of it tells the sender but credentials for the proxy that asks, and no other request has its name in Via. */
    private void anonymous(SipRequest request, String text) {
        if (request.headers().contains("Authorization")) {
            trace.violated("an anonymous message names its sender to its receiver: " + text);
        }
        if (!hosts.add(request.topVia().sentBy())) {
            trace.violated("an anonymous message has a known name in its Via: " + text);
        }
    }

    private void message(int connection, SipRequest request) {
        Sent message = world.message(request.text());
        if (message == null) {
            trace.violated("a message that nobody sends: " + request.text());
        } else {
            message.transmitted(connection);
            transmitted.put(branch(request), message);
        }
        String target = request.requestUriText();
        long now = loop.nanoTime();
        pending.values().removeIf(p -> now - p.since >= GIVEN_UP.toNanos());
        if (pending.values().stream().anyMatch(p -> p.target.equals(target))) {
            trace.violated("G5 a second MESSAGE to " + target + " is pending");
        }
        pending.put(branch(request), new Pending(target, connection, now));
        last = request;
    }

    private static String branch(SipMessage message) {
        return message.topBranch().orElse("");
    }

    /** G7: 200 means that a listener has had it, and has not thrown. */
    private void answer(SipResponse response) {
        String key;
        try {
            key = key(response);
        } catch (MalformedHeaderException e) { // it repeats what the broken request had
            if (!REFUSALS.contains(response.status())) {
                trace.violated("G9 " + response.status() + " for a broken request: " + e.getMessage());
            }
            return;
        }
        if (response.status() == 200 && !handedOver.contains(key)) {
            trace.violated("G7 200 for a message that was not handed over: " + key);
        }
        if (response.status() != 500 && faulted.containsKey(key)) {
            trace.violated("G7 " + response.status() + " although the listener threw: " + key);
        }
    }

    private static String callId(String key) {
        return key.substring(0, key.indexOf(' '));
    }

    private static String key(SipMessage message) {
        return message.callId() + ' ' + message.from().tag().orElse("") + ' ' + message.cseq();
    }

    /** A listener has it. */
    void handedOver(SipRequest request) {
        handedOver.add(key(request));
        faulted.remove(key(request)); // it has come again, long after the first
    }

    /** The listener that has it throws. */
    void faulted(SipRequest request) {
        faulted.put(key(request), request.toBytes());
    }

    // --------------------------------------------------------------------------------------------------- what it gets

    void received(int connection, byte[] octets) {
        if (!faulted.isEmpty()) {
            String text = new String(octets, StandardCharsets.UTF_8);
            // another frame of the same call, such as the same one broken, has an answer of its own
            faulted.entrySet()
                    .removeIf(thrown ->
                            text.contains(callId(thrown.getKey())) && !Arrays.equals(octets, thrown.getValue()));
        }
        SipMessage message;
        try {
            message = SipMessage.parse(octets);
            message.verify();
        } catch (SipParseException e) {
            trace.say(() -> "  " + agent + " gets on " + connection + " " + octets.length + " broken octets: "
                    + e.getMessage());
            return;
        }
        trace.say(() ->
                "  " + agent + " gets on " + connection + " " + summary(new String(octets, StandardCharsets.UTF_8)));
        if (message instanceof SipResponse response && response.status() >= 200) {
            ended(connection, response);
        } else if (message instanceof SipRequest request) {
            if (Flood.isOf(request)) {
                lastOfFlood = octets.length;
            }
        }
    }

    private void ended(int connection, SipResponse response) {
        credentials.ended(response);
        pending.remove(branch(response));
        Sent message = transmitted.get(branch(response));
        if (message != null && SENT_AGAIN.contains(response.status())) {
            message.challenged();
        }
        if (registers.remove(branch(response)) && response.isSuccess()) {
            RewritingRegistrar.Listed listed = world.grants.remove(branch(response));
            if (listed != null) {
                idle.flowTimer(connection, flowTimer(response));
                granted(new Registered(connection, loop.nanoTime(), listed.seconds(), listed.honest()));
            }
        }
    }

    private static @Nullable Duration flowTimer(SipResponse response) {
        long seconds = response.headers().seconds("Flow-Timer").orElse(0);
        return seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    /** Whether the last REGISTER that it has sent asks for the end of its binding, or of all. */
    boolean hasUnregistered() {
        return lastRegister != null && lastRegister.headers().seconds("Expires").orElse(-1) == 0;
    }

    /** The Contact of the last REGISTER that it has sent for a binding of its own. */
    Optional<NameAddress> contact() {
        return contact;
    }

    /** One that comes late, over a connection that the agent has closed, is no grant any more. */
    private void granted(Registered grant) {
        if (!over.contains(grant.connection)) {
            registered.put(grant.connection, grant);
        }
    }

    /** The connection is over, and with it what waits on it. */
    void closed(int connection) {
        trace.say(() -> "  " + agent + " has lost " + connection);
        over.add(connection);
        idle.closed(connection);
        pending.values().removeIf(p -> p.connection == connection);
    }

    private static String summary(String text) {
        List<String> rows = text.lines().toList();
        return rows.isEmpty()
                ? "a keep-alive"
                : rows.get(0) + " "
                        + rows.stream()
                                .filter(row -> row.startsWith("CSeq")
                                        || row.startsWith("Expires")
                                        || row.startsWith("Contact")
                                        || row.startsWith("Via"))
                                .toList();
    }
}
