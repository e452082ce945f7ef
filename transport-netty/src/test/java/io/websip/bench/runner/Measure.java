package io.websip.bench.runner;

/** What is measured. */
enum Measure {
    PARSE_FRAMED("parse 600 bytes, framed", "messages/s"),
    PARSE_FRAMED_BYTES("parse 600 bytes, framed", "bytes allocated"),
    PARSE_NINE("parse 600 bytes, nine fields read", "messages/s"),
    PARSE_NINE_BYTES("parse 600 bytes, nine fields read", "bytes allocated"),
    WRITE("write a MESSAGE", "messages/s"),
    WRITE_BYTES("write a MESSAGE", "bytes allocated"),
    FRAME_200("frame a 200 with two Vias", "messages/s"),
    FRAME_401("frame a 401 with two challenges", "messages/s"),
    FRAME_CONTACTS("frame a 200 with ten Contacts", "messages/s"),
    FRAME_4096("frame a request of 4 KB", "messages/s"),
    TRANSACTION("MESSAGE through both engines, no socket", "us"),
    TRANSACTION_BYTES("MESSAGE through both engines, no socket", "bytes allocated"),
    WINDOW("64 under way", "messages/s"),
    WINDOW_CPU("64 under way", "us of CPU a message"),
    WINDOW_P50("64 under way", "ms, p50"),
    WINDOW_P99("64 under way", "ms, p99"),
    WINDOW_P999("64 under way", "ms, p99.9"),
    SEQUENTIAL("one at a time", "messages/s"),
    SEQUENTIAL_P50("one at a time", "ms, p50"),
    IDLE_AGENT("idle registered agent, without its connection", "bytes of heap"),
    IDLE_CONNECTED("idle registered agent, with its connection", "bytes of heap"),
    FAKE_REGISTRATION("registration over the fake", "us an agent"),
    FAKE_HEAP("agents over the fake, registered", "MB of heap"),
    FAKE_MESSAGE("a message a second from each over the fake", "us a message"),
    LIVE_REGISTRATION("registration over loopback", "us an agent"),
    LIVE_LATE("a message a second from each over loopback", "% answered within a second"),
    START("cold start to the first answer", "ms");

    private final String title;
    private final String unit;

    Measure(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }
}
