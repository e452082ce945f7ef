package io.websip.protocol;

import io.websip.NewMessage;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;

/** Looks for secrets in all that an agent tells its program, and in what it shows at that moment; nothing is changed by it. */
final class SecretEar implements UserAgentListener {
    private final UserAgent agent;

    private SecretEar(UserAgent agent) {
        this.agent = agent;
    }

    /** The agent, to which it listens from now on. */
    static UserAgent at(UserAgent agent) {
        agent.addListener(new SecretEar(SecretWatch.look(agent)));
        return agent;
    }

    private void hear(UserAgentEvent event) {
        SecretWatch.look(event);
        agent.binding().ifPresent(SecretWatch::look);
        SecretWatch.look(agent.metrics());
    }

    /** What a future fails with says what the event says. */
    @Override
    public void onNewMessage(NewMessage event) {
        SecretWatch.look(event);
        if (event instanceof NewMessage.Outgoing outgoing) {
            outgoing.message()
                    .onSending(SecretWatch::look)
                    .onSucceeded(SecretWatch::look)
                    .onFailed(SecretWatch::look);
        }
        UserAgentListener.super.onNewMessage(event); // others have to take it
    }

    @Override
    public void onConnected(UserAgentEvent.Connected event) {
        hear(event);
    }

    @Override
    public void onDisconnected(UserAgentEvent.Disconnected event) {
        hear(event);
    }

    @Override
    public void onRegistered(UserAgentEvent.Registered event) {
        hear(event);
    }

    @Override
    public void onRegistrationExpiring(UserAgentEvent.RegistrationExpiring event) {
        hear(event);
    }

    @Override
    public void onUnregistered(UserAgentEvent.Unregistered event) {
        hear(event);
    }

    @Override
    public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
        hear(event);
    }
}
