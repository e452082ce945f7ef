package io.websip;

import io.websip.sip.SipRequest;

/** A message begins its way, in either direction. Immutable. */
public sealed interface NewMessage {
    /** {@link Originator#LOCAL} for one that we send, {@link Originator#REMOTE} for one that has come. */
    Originator originator();

    /** The request, as it was created or as it came. */
    SipRequest request();

    /**
     * One that we send; nothing of it has gone through the WebSocket.
     *
     * @param message the message
     * @param request as created
     */
    record Outgoing(Message message, SipRequest request) implements NewMessage {
        @Override
        public Originator originator() {
            return Originator.LOCAL;
        }
    }

    /**
     * One that has come.
     *
     * @param message by which it is read and answered
     */
    record Incoming(IncomingMessage message) implements NewMessage {
        @Override
        public Originator originator() {
            return Originator.REMOTE;
        }

        @Override
        public SipRequest request() {
            return message.request();
        }
    }
}
