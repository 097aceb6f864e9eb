package dev.javelin.conformance.broken;

import dev.javelin.api.Weights;
import java.util.Set;

/** Hands everything on to other weights. */
class RelayWeights implements Weights {

    final Weights right;

    RelayWeights(Weights right) {
        this.right = right;
    }

    @Override
    public Set<String> names() {
        return right.names();
    }

    @Override
    public long bytes() {
        return right.bytes();
    }

    @Override
    public boolean retainsSource() {
        return right.retainsSource();
    }

    @Override
    public void close() {
        right.close();
    }
}
