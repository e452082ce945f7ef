package io.websip.transport.netty;

import io.netty.util.Version;
import io.websip.transport.socket.LibraryVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which Netty there is, by what its jars tell of themselves. */
final class NettyVersion {
    /** The first with {@code WebSocketFrameMaskGenerator}. */
    static final String NEEDED = "4.2.2";

    /** What is used; a program may have them in different versions. */
    private static final List<String> ARTIFACTS = List.of(
            "netty-common",
            "netty-buffer",
            "netty-transport",
            "netty-handler",
            "netty-handler-proxy",
            "netty-codec-http");

    private NettyVersion() {}

    /**
     * Refuses a Netty that is too old.
     *
     * @throws IllegalStateException naming the artifact, its version and the one needed
     */
    static void check() {
        for (String artifact : ARTIFACTS) {
            LibraryVersion.require("Netty", found(artifact), NEEDED);
        }
    }

    private static @Nullable String found(String artifact) {
        Version version = Found.VERSIONS.get(artifact);
        return version == null ? null : version.artifactVersion() + " (" + artifact + ")";
    }

    /** Read once, with the first transport. */
    private static final class Found {
        static final Map<String, Version> VERSIONS = read();

        private static Map<String, Version> read() {
            try {
                return Version.identify(NettyVersion.class.getClassLoader());
            } catch (RuntimeException | LinkageError e) {
                return Map.of(); // repackaged by somebody, without what tells versions
            }
        }
    }
}
