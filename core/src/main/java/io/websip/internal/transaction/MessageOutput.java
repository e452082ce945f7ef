package io.websip.internal.transaction;

/** Where a layer's messages go: {@link io.websip.transport.Connection#send} of its one connection. */
@FunctionalInterface
public interface MessageOutput {
    /**
     * Sends one message; never calls back into the layer before it returns.
     *
     * @param message not to be changed afterwards, by either side
     * @return false if it was not accepted; then nothing of it is sent
     */
    boolean send(byte[] message);
}
