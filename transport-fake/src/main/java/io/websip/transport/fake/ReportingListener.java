package io.websip.transport.fake;

import io.websip.transport.Closure;
import io.websip.transport.ConnectionListener;

/** Lets the loop know what a listener throws before the guard around it only logs it: in a test it must not be lost. */
record ReportingListener(VirtualLoopView loop, ConnectionListener listener) implements ConnectionListener {
    @Override
    public void onOpen() {
        reporting(listener::onOpen);
    }

    @Override
    public void onMessage(byte[] message) {
        reporting(() -> listener.onMessage(message));
    }

    @Override
    public void onPong(byte[] payload) {
        reporting(() -> listener.onPong(payload));
    }

    @Override
    public void onClosed(Closure why) {
        reporting(() -> listener.onClosed(why));
    }

    private void reporting(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            loop.reportUncaught(e);
            throw e;
        }
    }
}
