package io.websip.example;

/** All that the Messenger does, with {@code --transport jetty}. */
class MessengerOnJettyTest extends MessengerTest {
    @Override
    String transport() {
        return "jetty";
    }
}
