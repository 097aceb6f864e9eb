package dev.javelin.conformance.broken;

import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import java.lang.foreign.MemorySegment;

/** Hands everything on to another store. */
class RelayStates implements StateStore {

    final StateStore right;

    RelayStates(StateStore right) {
        this.right = right;
    }

    @Override
    public StateSpec spec() {
        return right.spec();
    }

    @Override
    public void copyBlock(int group, int from, int to) {
        right.copyBlock(group, from, to);
    }

    @Override
    public void exportBlock(int group, int block, MemorySegment to) {
        right.exportBlock(group, block, to);
    }

    @Override
    public void importBlock(int group, int block, MemorySegment from) {
        right.importBlock(group, block, from);
    }

    @Override
    public void close() {
        right.close();
    }
}
