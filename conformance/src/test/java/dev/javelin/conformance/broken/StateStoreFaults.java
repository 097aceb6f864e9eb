package dev.javelin.conformance.broken;

import dev.javelin.api.Bindings;
import dev.javelin.api.Completion;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Plan;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.UnaryOperator;

/** What can be wrong about blocks of sequence state. */
final class StateStoreFaults {

    private StateStoreFaults() {}

    static List<DeviceFault> all() {
        return List.of(
                fault("memory", "new blocks hold rubbish", right -> {
                    for (int group = 0; group < right.spec().groups().size(); group++) {
                        try (Arena arena = Arena.ofConfined()) {
                            int last = right.spec().groups().get(group).count() - 1;
                            right.importBlock(
                                    group,
                                    last,
                                    arena.allocate(bytes(right, group)).fill((byte) 0x55));
                        }
                    }
                    return right;
                }),
                fault("memory", "a block is copied the other way round", right -> new RelayStates(right) {
                    @Override
                    public void copyBlock(int group, int from, int to) {
                        right.copyBlock(group, to, from);
                    }
                }),
                fault("memory", "a block is copied in the first group", right -> new RelayStates(right) {
                    @Override
                    public void copyBlock(int group, int from, int to) {
                        right.copyBlock(Math.min(group, 0), from, to);
                    }
                }),
                fault("memory", "a block is copied without its end", right -> new RelayStates(right) {
                    @Override
                    public void copyBlock(int group, int from, int to) {
                        try (Arena arena = Arena.ofConfined()) {
                            MemorySegment one = arena.allocate(bytes(right, group));
                            MemorySegment other = arena.allocate(bytes(right, group));
                            right.exportBlock(group, from, one);
                            right.exportBlock(group, to, other);
                            long half = one.byteSize() / 2;
                            right.importBlock(group, to, other.copyFrom(one.asSlice(0, half)));
                        }
                    }
                }),
                fault("memory", "a block that is not there is the last one", right -> new RelayStates(right) {
                    @Override
                    public void copyBlock(int group, int from, int to) {
                        int last = right.spec().groups().get(group).count() - 1;
                        right.copyBlock(group, Math.clamp(from, 0, last), Math.clamp(to, 0, last));
                    }
                }),
                fault("memory", "an import that is too short is let through", right -> new RelayStates(right) {
                    @Override
                    public void importBlock(int group, int block, MemorySegment from) {
                        try (Arena arena = Arena.ofConfined()) {
                            MemorySegment whole = arena.allocate(Math.max(from.byteSize(), bytes(right, group)));
                            right.importBlock(group, block, whole.copyFrom(from));
                        }
                    }
                }),
                fault("memory", "the last block is never imported", right -> new RelayStates(right) {
                    @Override
                    public void importBlock(int group, int block, MemorySegment from) {
                        if (block != right.spec().groups().get(group).count() - 1) {
                            right.importBlock(group, block, from);
                        }
                    }
                }),
                fault("Attention", "keys and values are swapped in the exported form", right -> new RelayStates(right) {
                    @Override
                    public void exportBlock(int group, int block, MemorySegment to) {
                        right.exportBlock(group, block, to);
                        swap(right.spec(), group, to, false);
                    }

                    @Override
                    public void importBlock(int group, int block, MemorySegment from) {
                        try (Arena arena = Arena.ofConfined()) {
                            MemorySegment own = arena.allocate(from.byteSize()).copyFrom(from);
                            swap(right.spec(), group, own, true);
                            right.importBlock(group, block, own);
                        }
                    }
                }),
                new DeviceFault("Sequences", "a block is copied after the run that follows", LateCopies::new));
    }

    private static long bytes(StateStore store, int group) {
        return store.spec().groups().get(group).group().blockBytes(store.spec().blockTokens());
    }

    /** Of each layer, what comes first goes behind the rest. */
    private static void swap(StateSpec spec, int group, MemorySegment block, boolean back) {
        KvGroup kept = (KvGroup) spec.groups().get(group).group();
        long keys = kept.keyBytes() * spec.blockTokens();
        long values = kept.valueBytes() * spec.blockTokens();
        long first = back ? values : keys;
        for (int layer = 0; layer < kept.layers(); layer++) {
            MemorySegment both = block.asSlice(layer * (keys + values), keys + values);
            byte[] bytes = both.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
            MemorySegment whole = MemorySegment.ofArray(bytes);
            both.asSlice(keys + values - first).copyFrom(whole.asSlice(0, first));
            both.asSlice(0, keys + values - first).copyFrom(whole.asSlice(first));
        }
    }

    private static DeviceFault fault(String where, String name, UnaryOperator<StateStore> wrong) {
        return new DeviceFault(where, name, () -> new RelayDevice() {
            @Override
            StateStore relay(StateStore opened) {
                return wrong.apply(opened);
            }
        });
    }

    /** Copies of blocks take their place in the order of runs, but one place too late. */
    private static final class LateCopies extends RelayDevice {
        private final Queue<Runnable> copies = new ArrayDeque<>();

        @Override
        StateStore relay(StateStore opened) {
            return new RelayStates(opened) {
                @Override
                public void copyBlock(int group, int from, int to) {
                    copies.add(() -> right.copyBlock(group, from, to));
                }

                @Override
                public void exportBlock(int group, int block, MemorySegment to) {
                    catchUp();
                    right.exportBlock(group, block, to);
                }
            };
        }

        @Override
        Plan relay(Plan opened, Bindings bindings) {
            return new RelayPlan(opened) {
                @Override
                public Completion run(Step step) {
                    Completion run = right.run(step);
                    catchUp();
                    return run;
                }
            };
        }

        private void catchUp() {
            while (!copies.isEmpty()) {
                copies.remove().run();
            }
        }
    }
}
