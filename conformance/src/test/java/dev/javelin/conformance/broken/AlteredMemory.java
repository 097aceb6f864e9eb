package dev.javelin.conformance.broken;

import dev.javelin.api.Limits;
import dev.javelin.api.StateGroup;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a plan, but for some values, weights and groups that stand for others. Immutable.
 *
 * @param groups the right group for a wrong one
 */
record AlteredMemory(
        PlanMemory<Tensor> memory,
        Map<Value, MemorySegment> values,
        Map<Value, Tensor> weights,
        Map<StateGroup, StateGroup> groups,
        @Nullable MemorySegment otherScratch,
        @Nullable MemorySegment otherFeedback)
        implements PlanMemory<Tensor> {

    static AlteredMemory of(PlanMemory<Tensor> memory) {
        return new AlteredMemory(memory, Map.of(), Map.of(), Map.of(), null, null);
    }

    AlteredMemory with(Value value, MemorySegment other) {
        return new AlteredMemory(memory, more(values, value, other), weights, groups, otherScratch, otherFeedback);
    }

    AlteredMemory with(Value weight, Tensor other) {
        return new AlteredMemory(memory, values, more(weights, weight, other), groups, otherScratch, otherFeedback);
    }

    AlteredMemory with(StateGroup wrong, StateGroup right) {
        return new AlteredMemory(memory, values, weights, more(groups, wrong, right), otherScratch, otherFeedback);
    }

    AlteredMemory withScratch(MemorySegment other) {
        return new AlteredMemory(memory, values, weights, groups, other, otherFeedback);
    }

    AlteredMemory withFeedback(MemorySegment other) {
        return new AlteredMemory(memory, values, weights, groups, otherScratch, other);
    }

    private static <K, V> Map<K, V> more(Map<K, V> map, K key, V value) {
        Map<K, V> copy = new HashMap<>(map);
        copy.put(key, value);
        return Map.copyOf(copy);
    }

    @Override
    public Limits limits() {
        return memory.limits();
    }

    @Override
    public MemorySegment of(Value value) {
        MemorySegment other = values.get(value);
        return other != null ? other : memory.of(value);
    }

    @Override
    public Tensor weight(Value weight) {
        Tensor other = weights.get(weight);
        return other != null ? other : memory.weight(weight);
    }

    @Override
    public int groupIndex(StateGroup group) {
        return memory.groupIndex(groups.getOrDefault(group, group));
    }

    @Override
    public MemorySegment blocks(StateGroup group) {
        return memory.blocks(groups.getOrDefault(group, group));
    }

    @Override
    public int blockTokens() {
        return memory.blockTokens();
    }

    @Override
    public MemorySegment feedback() {
        return otherFeedback != null ? otherFeedback : memory.feedback();
    }

    @Override
    public MemorySegment scratch() {
        return otherScratch != null ? otherScratch : memory.scratch();
    }
}
