package io.websip.kit;

import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfig;
import io.websip.transport.Transport;
import java.lang.reflect.Constructor;
import java.util.concurrent.CompletableFuture;

/** One message each way with the named server, on the transport of the test whose class is named. */
public final class GuestProgram implements Runnable {
    private final String test;
    private final String server;

    /** Prepares it. */
    public GuestProgram(String test, String server) {
        this.test = test;
        this.server = server;
    }

    /** Closes nothing. */
    public static void main(String... arguments) throws Exception {
        GuestProgram program = new GuestProgram(arguments[0], arguments[1]);
        program.exchange(program.newTransport());
    }

    /** Closes all. */
    @Override
    public void run() {
        try (Transport transport = newTransport()) {
            exchange(transport).close();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private Transport newTransport() throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(test).getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((GuestContract) constructor.newInstance()).newTransport(KitOptions.DEFAULTS);
    }

    private UserAgent exchange(Transport transport) {
        UserAgentConfig config = UserAgentConfig.builder()
                .uri("sip:alice@example.com")
                .server(server)
                .register(false)
                .build();
        UserAgent alice = UserAgent.create(config, transport);
        CompletableFuture<String> heard = new CompletableFuture<>();
        alice.addListener(UserAgentListener.incoming(message -> heard.complete(message.text())));
        alice.start().join();
        heard.join();
        alice.sendMessage("bob", "Hello Bob!").join();
        return alice;
    }
}
