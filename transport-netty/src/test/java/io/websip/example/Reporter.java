package io.websip.example;

import io.websip.Message;
import io.websip.MessageEvent;
import io.websip.UserAgentListener;

/** Shows what happens to an agent and its messages. */
interface Reporter extends UserAgentListener {
    /** The message that is about to be sent will be shown too. */
    default Message watch(Message message) {
        return message.onSending(this::sending).onSucceeded(this::succeeded).onFailed(this::failed);
    }

    void sending(MessageEvent.Sending event);

    void succeeded(MessageEvent.Succeeded event);

    void failed(MessageEvent.Failed event);

    /** The figures of a load run. */
    void load(LoadResult result);
}
