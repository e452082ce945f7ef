package io.websip.internal.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server whose address was given. Confined to the loop. */
final class FixedServer implements ServerSource {
    private final Endpoint endpoint;

    FixedServer(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public int weight() {
        return endpoint.weight();
    }

    @Override
    public List<Endpoint> endpoints(long now) {
        return List.of(endpoint);
    }

    @Override
    public @Nullable Endpoint other(Endpoint than, long now) {
        return endpoint == than || endpoint.isMarked(now) ? null : endpoint;
    }

    @Override
    public @Nullable Endpoint better(Endpoint than, long now) {
        return null;
    }
}
