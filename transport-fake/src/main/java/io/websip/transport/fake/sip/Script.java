package io.websip.transport.fake.sip;

import io.websip.loop.EventLoop;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.ServerConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a server was told to do, and the doing of it. Confined to the server's loop. */
final class Script {
    /** What the server does by itself. */
    interface Server {
        void serve(ServerConnection connection, SipRequest request);
    }

    private record Entry(@Nullable SipMethod method, Answer answer) {}

    private final EventLoop loop;
    private final ServerLogic.Sender sender;
    private final Server server;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<ServerConnection, Set<EventLoop.Timer>> paused = new HashMap<>();
    private Function<SipRequest, @Nullable Answer> dispatcher = request -> null;

    Script(EventLoop loop, ServerLogic.Sender sender, Server server) {
        this.loop = loop;
        this.sender = sender;
        this.server = server;
    }

    void enqueue(@Nullable SipMethod method, Answer answer) {
        entries.add(new Entry(method, answer));
    }

    void dispatcher(Function<SipRequest, @Nullable Answer> answers) {
        dispatcher = answers;
    }

    /** The answer for the request, which is used up; null if there is none. */
    @Nullable
    Answer next(SipRequest request) {
        for (Entry entry : entries) {
            if (entry.method == null || entry.method.equals(request.method())) {
                entries.remove(entry);
                return entry.answer;
            }
        }
        return dispatcher.apply(request);
    }

    void play(ServerConnection connection, SipRequest request, Answer answer) {
        play(connection, request, answer.steps());
    }

    private void play(ServerConnection connection, SipRequest request, List<Answer.Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Answer.Step step = steps.get(i);
            if (!step.pause().isZero()) {
                List<Answer.Step> rest = steps.subList(i + 1, steps.size());
                pause(connection, step, () -> {
                    act(connection, request, step.action());
                    play(connection, request, rest);
                });
                return;
            }
            act(connection, request, step.action());
        }
    }

    private void pause(ServerConnection connection, Answer.Step step, Runnable rest) {
        Set<EventLoop.Timer> timers = paused.computeIfAbsent(connection, c -> new HashSet<>());
        EventLoop.Timer[] self = new EventLoop.Timer[1];
        self[0] = loop.schedule(step.pause(), () -> {
            timers.remove(self[0]);
            rest.run();
        });
        timers.add(self[0]);
    }

    private void act(ServerConnection connection, SipRequest request, Answer.Action action) {
        if (action instanceof Answer.Send send) {
            sender.send(connection, send.bytes().apply(request));
        } else if (action instanceof Answer.ByServer) {
            server.serve(connection, request);
        } else if (action instanceof Answer.HangUp) {
            connection.abort();
        }
    }

    /** What was still to be done on the connection is not done. */
    void closed(ServerConnection connection) {
        Set<EventLoop.Timer> timers = paused.remove(connection);
        if (timers != null) {
            timers.forEach(EventLoop.Timer::cancel);
        }
    }
}
