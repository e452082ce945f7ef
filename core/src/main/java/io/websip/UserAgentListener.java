package io.websip;

import java.util.function.Consumer;

/**
 * Hears what happens to a user agent. All calls are made on the agent's callback lane, one at a time and in order. An
 * exception is logged and changes nothing else, but that an incoming message without answer is answered 500.
 */
public interface UserAgentListener {
    /** A listener for incoming messages only; each that is not answered by it is answered 200. */
    static UserAgentListener incoming(Consumer<IncomingMessage> handler) {
        return new UserAgentListener() {
            @Override
            public void onNewMessage(NewMessage event) {
                if (event instanceof NewMessage.Incoming incoming) {
                    handler.accept(incoming.message());
                }
            }
        };
    }

    /**
     * A message begins its way, in either direction.
     *
     * <p>An incoming one is answered 200 when all listeners have returned, unless one has answered it or called
     * {@link IncomingMessage#defer()}. Where no listener implements this method, it is answered 405.
     */
    default void onNewMessage(NewMessage event) {
        if (event instanceof NewMessage.Incoming incoming) {
            incoming.message().passedOver();
        }
    }

    /** The WebSocket is open. */
    default void onConnected(UserAgentEvent.Connected event) {}

    /** The WebSocket is over, or an attempt to open it failed. */
    default void onDisconnected(UserAgentEvent.Disconnected event) {}

    /** The registrar holds our binding. */
    default void onRegistered(UserAgentEvent.Registered event) {}

    /** The time to refresh the binding has come. */
    default void onRegistrationExpiring(UserAgentEvent.RegistrationExpiring event) {}

    /** The registrar holds our binding no longer. */
    default void onUnregistered(UserAgentEvent.Unregistered event) {}

    /** A REGISTER failed. */
    default void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {}
}
