package io.websip.internal.connection;

import io.websip.internal.transaction.MessageOutput;
import io.websip.transport.ServerAddress;

/** One connection's output, of which the tap hears whatever the connection takes. Confined to the loop. */
record TappedOutput(ServerAddress server, MessageOutput connection, WireTap tap) implements MessageOutput {
    @Override
    public boolean send(byte[] message) {
        boolean taken = connection.send(message);
        if (taken) {
            tap.sent(server, message);
        }
        return taken;
    }
}
