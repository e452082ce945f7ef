package io.websip.transport.fake;

/** Which way bytes go on a connection. */
public enum Direction {
    /** From the client, which is the agent under test, to the server. */
    TO_SERVER,
    /** From the server to the client. */
    TO_CLIENT
}
