package dev.javelin.conformance.broken;

import dev.javelin.api.Completion;

/** Hands everything on to another completion. */
class RelayCompletion implements Completion {

    final Completion right;

    RelayCompletion(Completion right) {
        this.right = right;
    }

    @Override
    public boolean done() {
        return right.done();
    }

    @Override
    public void await() {
        right.await();
    }

    @Override
    public boolean await(long nanos) {
        return right.await(nanos);
    }
}
