package io.websip.transport.jetty;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An {@link EndPoint} that passes every call on to another. */
abstract class ForwardingEndPoint implements EndPoint, EndPoint.Wrapper {
    private final EndPoint to;

    ForwardingEndPoint(EndPoint to) {
        this.to = to;
    }

    @Override
    public EndPoint unwrap() {
        return to;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return to.getLocalSocketAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return to.getRemoteSocketAddress();
    }

    @Override
    public boolean isOpen() {
        return to.isOpen();
    }

    @Override
    public long getCreatedTimeStamp() {
        return to.getCreatedTimeStamp();
    }

    @Override
    public void shutdownOutput() {
        to.shutdownOutput();
    }

    @Override
    public boolean isOutputShutdown() {
        return to.isOutputShutdown();
    }

    @Override
    public boolean isInputShutdown() {
        return to.isInputShutdown();
    }

    @Override
    public void close() {
        to.close();
    }

    @Override
    public void close(@Nullable Throwable cause) {
        to.close(cause);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        return to.fill(buffer);
    }

    @Override
    public SocketAddress receive(ByteBuffer buffer) throws IOException {
        return to.receive(buffer);
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        return to.flush(buffers);
    }

    @Override
    public boolean send(SocketAddress address, ByteBuffer... buffers) throws IOException {
        return to.send(address, buffers);
    }

    @Override
    public Object getTransport() {
        return to.getTransport();
    }

    @Override
    public long getIdleTimeout() {
        return to.getIdleTimeout();
    }

    @Override
    public void setIdleTimeout(long millis) {
        to.setIdleTimeout(millis);
    }

    @Override
    public void fillInterested(Callback callback) {
        to.fillInterested(callback);
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        return to.tryFillInterested(callback);
    }

    @Override
    public boolean isFillInterested() {
        return to.isFillInterested();
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        to.write(callback, buffers);
    }

    @Override
    public void write(Callback callback, SocketAddress address, ByteBuffer... buffers) {
        to.write(callback, address, buffers);
    }

    @Override
    public void write(boolean last, ByteBuffer buffer, Callback callback) {
        to.write(last, buffer, callback);
    }

    @Override
    public Callback cancelWrite(Throwable cause) {
        return to.cancelWrite(cause);
    }

    @Override
    public Connection getConnection() {
        return to.getConnection();
    }

    @Override
    public void setConnection(Connection connection) {
        to.setConnection(connection);
    }

    @Override
    public void onOpen() {
        to.onOpen();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        to.onClose(cause);
    }

    @Override
    public void upgrade(Connection connection) {
        to.upgrade(connection);
    }

    @Override
    public @Nullable SslSessionData getSslSessionData() {
        return to.getSslSessionData();
    }

    @Override
    public boolean isSecure() {
        return to.isSecure();
    }
}
