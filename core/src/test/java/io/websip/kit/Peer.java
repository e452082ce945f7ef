package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server's end of one connection, driven by the test: it says and hears what the test asks for. {@link RawWebSocket} is
 * one on a socket; a transport without sockets brings its own. A read that takes too long fails the test.
 */
public interface Peer extends AutoCloseable {
    /** Deals with the client's handshake as the {@link PeerServer} was told to: a good answer unless told otherwise. */
    void welcome();

    /**
     * Sends frames, in one piece: text, binary, pong and close, whole ones. What a rule of RFC 6455 forbids, and a ping, is
     * for {@link RawWebSocket} alone.
     */
    void send(Frame... frames);

    /** Reads one frame. */
    Frame read();

    /** Reads one frame and checks its opcode. */
    default Frame read(int opcode) {
        Frame frame = read();
        assertThat(frame.opcode()).as("opcode of %s", frame).isEqualTo(opcode);
        return frame;
    }

    /** Reads a close frame, passing over what comes before it. */
    default Frame readClose() {
        Frame frame = read();
        while (frame.opcode() != Frame.CLOSE) {
            frame = read();
        }
        return frame;
    }

    /** Whether the client ends the connection, in whatever way, without another byte. */
    boolean endsWithoutAnotherByte();

    /** Whether the client's next word, after what it had said before, is a close frame or the end. */
    boolean readCloseOrEnd();

    /** Reads nothing until the next {@link #read}, so that what is sent piles up. */
    void stopReading();

    /** From now on it neither hears nor answers anything, as a peer whose network is gone. */
    void vanish();

    /** Says that nothing more will come, as a server does after the closing handshake; reading goes on. */
    void finish();

    /** Ends the connection in an orderly way, but without a close frame; what was sent before arrives. */
    @Override
    void close();

    /** Breaks the connection. */
    void reset();
}
