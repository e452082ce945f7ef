package io.websip.transport.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.Frame;
import io.websip.kit.Peer;
import io.websip.transport.Closure;
import io.websip.transport.Utf8;
import java.util.ArrayDeque;
import java.util.Deque;

/** The server's end of a {@link FakeConnection} as the contract kit's peer. Its close frames are answered for it. */
final class FakePeer implements Peer {
    private final FakeKit kit;
    private final FakeConnection connection;
    private final Deque<Frame> heard = new ArrayDeque<>();
    private boolean opened;
    private boolean ended;

    FakePeer(FakeKit kit, FakeConnection connection) {
        this.kit = kit;
        this.connection = connection;
    }

    void heardOpening() {
        opened = true;
    }

    void heardMessage(byte[] message) {
        heard.add(Frame.of(Utf8.isValid(message) ? Frame.TEXT : Frame.BINARY, message));
    }

    void heardPing(byte[] payload) {
        heard.add(Frame.of(Frame.PING, payload));
    }

    void heardEnd(Closure why) {
        if (why instanceof Closure.Closed closed) {
            heard.add(closed.code() == 1005 ? Frame.close() : Frame.close(closed.code(), closed.reason()));
        }
        ended = true;
    }

    /** The network welcomes it as the endpoint's faults say. */
    @Override
    public void welcome() {}

    @Override
    public void send(Frame... frames) {
        for (Frame frame : frames) {
            switch (frame.opcode()) {
                case Frame.TEXT, Frame.BINARY ->
                    assertThat(connection.send(frame.payload()))
                            .as("sent: %s", frame)
                            .isTrue();
                case Frame.PONG -> connection.pong(frame.payload());
                case Frame.CLOSE -> connection.close(frame.closeCode(), frame.closeReason());
                default -> throw new IllegalArgumentException("a fake server does not send " + frame);
            }
        }
    }

    @Override
    public Frame read() {
        connection.release();
        kit.await("a frame", () -> !heard.isEmpty() || hasEnded());
        assertThat(heard).as("frames before the end").isNotEmpty();
        return heard.remove();
    }

    /** An attempt that the server left without an answer ends without a word to the server. */
    private boolean hasEnded() {
        return ended || (!opened && connection.isOverForClient());
    }

    @Override
    public boolean endsWithoutAnotherByte() {
        kit.await("the end, or a frame", () -> !heard.isEmpty() || hasEnded());
        return heard.isEmpty();
    }

    @Override
    public boolean readCloseOrEnd() {
        kit.await("a close frame, or the end", this::hasEnded);
        return hasEnded();
    }

    @Override
    public void stopReading() {
        connection.apply(Fault.stall(Direction.TO_SERVER));
    }

    @Override
    public void vanish() {
        connection.apply(Fault.halfOpen());
    }

    /** There is no TCP beneath a close frame here. */
    @Override
    public void finish() {}

    @Override
    public void close() {
        kit.runReady();
        connection.abort();
    }

    @Override
    public void reset() {
        connection.abort();
    }
}
