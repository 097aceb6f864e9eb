package dev.javelin.conformance;

import dev.javelin.api.KvGroup;
import dev.javelin.api.Program;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.WriteKv;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fills the blocks of a store with rubbish and what sequences have kept, follows what runs may write to, and in the end finds
 * what was written and whether anything else was touched. For one thread.
 */
final class StateWatch {

    private final StateStore store;
    private final StateSpec spec;
    private final BlockTables tables;
    /** (group, block): what must still be there, wherever nothing may have been written. */
    private final List<byte[][]> shadows = new ArrayList<>();
    /** (group, block): the places of tokens that may have been written. */
    private final List<BitSet[]> written = new ArrayList<>();
    /** (group): layers that the program writes. */
    private final List<BitSet> layers = new ArrayList<>();
    /** Length of each sequence so far. */
    private final Map<Integer, Integer> lengths = new TreeMap<>();
    /** From where on a sequence's tokens were written in a run. */
    private final Map<Integer, BitSet> own = new HashMap<>();

    StateWatch(StateStore store, Program program, BlockTables tables, Contents contents) {
        this.store = store;
        this.spec = store.spec();
        this.tables = tables;
        for (int group = 0; group < spec.groups().size(); group++) {
            StateSpec.Blocks blocks = spec.groups().get(group);
            byte[][] bytes =
                    new byte[blocks.count()][Math.toIntExact(blocks.group().blockBytes(spec.blockTokens()))];
            for (byte[] block : bytes) {
                Arrays.fill(block, (byte) 0xFF);
            }
            shadows.add(bytes);
            BitSet[] none = new BitSet[blocks.count()];
            Arrays.setAll(none, block -> new BitSet());
            written.add(none);
            BitSet touched = new BitSet();
            Programs.flat(program).forEach(op -> {
                if (op instanceof WriteKv write && write.group().equals(blocks.group())) {
                    touched.set(write.layer());
                }
            });
            layers.add(touched);
        }
        contents.kept.forEach(this::put);
        for (int group = 0; group < shadows.size(); group++) {
            for (int block = 0; block < shadows.get(group).length; block++) {
                importBlock(group, block);
            }
        }
    }

    private void put(Contents.Kept kept) {
        int group = spec.indexOf(kept.group);
        lengths.merge(kept.sequence, kept.tokens, Math::max);
        for (int layer = 0; layer < kept.group.layers(); layer++) {
            for (int token = 0; token < kept.tokens; token++) {
                int[] place = tables.place(group, kept.sequence, token);
                byte[] block = shadows.get(group)[place[0]];
                int index = layer * kept.tokens + token;
                Slot key = Slot.of(kept.group, spec.blockTokens(), layer, place[1], true);
                System.arraycopy(kept.keys, index * key.bytes(), block, key.offset(), key.bytes());
                Slot value = Slot.of(kept.group, spec.blockTokens(), layer, place[1], false);
                System.arraycopy(kept.values, index * value.bytes(), block, value.offset(), value.bytes());
            }
        }
    }

    private void importBlock(int group, int block) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = shadows.get(group)[block];
            MemorySegment memory = arena.allocate(bytes.length, Long.BYTES);
            memory.copyFrom(MemorySegment.ofArray(bytes));
            store.importBlock(group, block, memory);
        }
    }

    /** Lets sequences begin as copies of others, as the turn says. */
    void fork(Turn turn) {
        for (Turn.Fork fork : turn.forks()) {
            lengths.put(fork.to(), fork.length());
            own.put(fork.to(), own.getOrDefault(fork.from(), new BitSet()).get(0, fork.length()));
            for (int group = 0; group < shadows.size(); group++) {
                int[] copy = tables.fork(group, fork);
                if (copy.length > 0) {
                    store.copyBlock(group, copy[0], copy[1]);
                    shadows.get(group)[copy[1]] = shadows.get(group)[copy[0]].clone();
                    written.get(group)[copy[1]] = (BitSet) written.get(group)[copy[0]].clone();
                }
            }
        }
    }

    /** Notes what the run of the turn may write to. */
    void expect(Turn turn) {
        for (Turn.Part part : turn.parts()) {
            int end = part.kvFrom() + part.tokens().size();
            lengths.put(part.sequence(), end);
            own.computeIfAbsent(part.sequence(), fresh -> new BitSet()).set(part.kvFrom(), end);
            for (int group = 0; group < shadows.size(); group++) {
                for (int token = part.kvFrom(); token < end; token++) {
                    int[] place = tables.place(group, part.sequence(), token);
                    written.get(group)[place[0]].set(place[1]);
                }
            }
        }
    }

    /** Reads all blocks back: what was kept goes to the observation, and nothing else may have changed. */
    void observe(Observed observed) {
        for (int group = 0; group < shadows.size(); group++) {
            for (int block = 0; block < shadows.get(group).length; block++) {
                observe(group, block);
            }
        }
        for (int sequence : lengths.keySet()) {
            for (int group = 0; group < shadows.size(); group++) {
                int g = group;
                layers.get(group).stream().forEach(layer -> {
                    collect(observed, g, layer, sequence, true);
                    collect(observed, g, layer, sequence, false);
                });
            }
        }
    }

    private void observe(int group, int block) {
        byte[] bytes = shadows.get(group)[block];
        byte[] found = new byte[bytes.length];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(bytes.length, Long.BYTES);
            store.exportBlock(group, block, memory);
            MemorySegment.ofArray(found).copyFrom(memory);
        }
        KvGroup kept = KvAxes.kv(spec.groups().get(group).group());
        for (int layer = 0; layer < kept.layers(); layer++) {
            for (int token = 0; token < spec.blockTokens(); token++) {
                boolean mayChange = layers.get(group).get(layer) && written.get(group)[block].get(token);
                for (boolean keys : new boolean[] {true, false}) {
                    Slot slot = Slot.of(kept, spec.blockTokens(), layer, token, keys);
                    Claim.that(
                            mayChange || slot.same(bytes, found),
                            "only the places of new tokens may be written: group=%s, block=%d, layer=%d, token=%d,"
                                    + " keys=%s",
                            kept.name(),
                            block,
                            layer,
                            token,
                            keys);
                }
            }
        }
        shadows.get(group)[block] = found;
    }

    private void collect(Observed observed, int group, int layer, int sequence, boolean keys) {
        KvGroup kept = KvAxes.kv(spec.groups().get(group).group());
        int width = kept.kvHeads() * (keys ? kept.keySize() : kept.valueSize());
        int length = lengths.getOrDefault(sequence, 0);
        float[] all = new float[length * width];
        for (int token = 0; token < length; token++) {
            int[] place = tables.place(group, sequence, token);
            Slot slot = Slot.of(kept, spec.blockTokens(), layer, place[1], keys);
            Codecs.of(keys ? kept.keyFormat() : kept.valueFormat())
                    .decode(
                            MemorySegment.ofArray(shadows.get(group)[place[0]]),
                            slot.offset(),
                            all,
                            token * width,
                            width);
        }
        observed.kept.put(DenseKv.name(kept, layer, sequence, keys), all);
    }
}
