package dev.javelin.api;

import java.lang.foreign.MemorySegment;
import java.util.Set;

/** Things to bind that know no more than their size. */
final class Bound {
    private Bound() {}

    static Weights weights(String... names) {
        return new Weights() {
            @Override
            public Set<String> names() {
                return Set.of(names);
            }

            @Override
            public long bytes() {
                return 0;
            }

            @Override
            public boolean retainsSource() {
                return false;
            }

            @Override
            public void close() {}
        };
    }

    static Buffer buffer(long bytes) {
        return new Buffer() {
            @Override
            public long bytes() {
                return bytes;
            }

            @Override
            public void write(long offset, MemorySegment from) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void read(long offset, MemorySegment to) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
    }

    static StateStore states(StateSpec spec) {
        return new StateStore() {
            @Override
            public StateSpec spec() {
                return spec;
            }

            @Override
            public void copyBlock(int group, int from, int to) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void exportBlock(int group, int block, MemorySegment to) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void importBlock(int group, int block, MemorySegment from) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
    }
}
