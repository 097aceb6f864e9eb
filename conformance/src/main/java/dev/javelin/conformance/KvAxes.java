package dev.javelin.conformance;

import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.StateGroup;
import dev.javelin.api.StateSpec;
import dev.javelin.conformance.Turn.Part;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** How keys and values are kept: what the families with state have in common. */
final class KvAxes {

    private static final List<Integer> SIZES = List.of(24, 64, 80, 96, 128, 256);

    static final Axis<Integer> KEY_SIZE = Axis.of("keySize", SIZES);
    /** As large as keys, or the next smaller size. */
    static final Axis<Boolean> VALUES_DIFFER = Axis.of("valuesDiffer", List.of(false, true));

    static final Axis<Integer> KV_HEADS = Axis.of("kvHeads", List.of(1, 2, 3, 5));
    /** Query heads for each KV head. */
    static final Axis<Integer> GROUPED = Axis.of("grouped", List.of(1, 2, 3, 4, 8));

    private static final List<Format> FORMATS = List.of(Format.F32, Format.F16, Format.Q8_0);
    static final Axis<Format> KEYS = Axis.of("keys", FORMATS);
    static final Axis<Format> VALUES = Axis.of("values", FORMATS);

    static final Axis<Integer> BLOCK_TOKENS = Axis.of("blockTokens", List.of(1, 4, 16, 32));
    static final Axis<Integer> WINDOW = Axis.of("window", List.of(0, 1, 5, 1000));
    static final Axis<Float> SOFT_CAP = Axis.of("softCap", List.of(0f, 2f, 30f));

    /** Layer of the operation and layers of its group. */
    enum Layer {
        ONLY(0, 1),
        FIRST(0, 2),
        LAST(2, 3);

        static final Axis<Layer> AXIS = Axis.of("layer", List.of(values()));

        final int index;
        final int count;

        Layer(int index, int count) {
            this.index = index;
            this.count = count;
        }
    }

    private KvAxes() {}

    static int valueSize(Choice choice) {
        int at = SIZES.indexOf(choice.of(KEY_SIZE));
        return choice.of(VALUES_DIFFER) ? SIZES.get(Math.max(0, at - 1)) : SIZES.get(at);
    }

    /** Q8_0 takes multiples of its block; other sizes are refused by the group, which a promise of its own checks. */
    static boolean fits(Choice choice) {
        return choice.of(KEY_SIZE) % choice.of(KEYS).blockLength() == 0
                && valueSize(choice) % choice.of(VALUES).blockLength() == 0;
    }

    static KvGroup group(String name, Choice choice, int window) {
        return new KvGroup(
                name,
                choice.of(Layer.AXIS).count,
                choice.of(KV_HEADS),
                choice.of(KEY_SIZE),
                valueSize(choice),
                window,
                choice.of(KEYS),
                choice.of(VALUES));
    }

    /** As many blocks for each group as the turns need, and a few that nobody may touch. */
    static StateSpec states(int blockTokens, List<Turn> turns, Map<Integer, Integer> kept, KvGroup... groups) {
        Map<Integer, Integer> longest = new HashMap<>(kept);
        for (Turn turn : turns) {
            turn.forks().forEach(fork -> longest.merge(fork.to(), fork.length(), Math::max));
            for (Part part : turn.parts()) {
                longest.merge(part.sequence(), part.kvFrom() + part.tokens().size(), Math::max);
            }
        }
        int blocks = 3
                + longest.values().stream()
                        .mapToInt(tokens -> Math.ceilDiv(tokens, blockTokens) + 1)
                        .sum();
        List<StateSpec.Blocks> all = new ArrayList<>();
        if (groups.length == 1) { // a group beside it that looks the same, which nobody may touch
            all.add(new StateSpec.Blocks(twin(groups[0]), blocks));
        }
        for (KvGroup group : groups) {
            all.add(new StateSpec.Blocks(group, blocks));
        }
        return new StateSpec(blockTokens, all);
    }

    /** The group as what it is; another kind will need cases of its own. */
    static KvGroup kv(StateGroup group) {
        return switch (group) {
            case KvGroup kept -> kept;
        };
    }

    private static KvGroup twin(KvGroup group) {
        return new KvGroup(
                "twin of " + group.name(),
                group.layers(),
                group.kvHeads(),
                group.keySize(),
                group.valueSize(),
                group.window(),
                group.keyFormat(),
                group.valueFormat());
    }

    /** Gives sequences so many tokens each from the beginning, in all layers of the group. */
    static void keep(Contents to, Draw draw, KvGroup group, Map<Integer, Integer> lengths, Spread values) {
        lengths.forEach((sequence, tokens) -> {
            SplittableRandom random = draw.random("kept" + sequence + group.name());
            int rows = group.layers() * tokens;
            to.kept.add(new Contents.Kept(
                    group,
                    sequence,
                    tokens,
                    encode(group.keyFormat(), Spread.PLAIN.fill(random, rows, group.kvHeads() * group.keySize())),
                    encode(group.valueFormat(), values.fill(random, rows, group.kvHeads() * group.valueSize()))));
        });
    }

    private static byte[] encode(Format format, float[] values) {
        byte[] bytes = new byte[Math.toIntExact(format.bytes(values.length))];
        Codecs.of(format).encode(values, 0, values.length, MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    /** The longest that any sequence gets. */
    static int context(List<Turn> turns) {
        return turns.stream()
                .flatMap(turn -> turn.parts().stream())
                .mapToInt(part -> part.kvFrom() + part.tokens().size())
                .max()
                .orElse(1);
    }
}
