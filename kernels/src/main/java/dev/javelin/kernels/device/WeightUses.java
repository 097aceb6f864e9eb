package dev.javelin.kernels.device;

import dev.javelin.api.Program;
import dev.javelin.api.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongBiFunction;

/**
 * The weights of programs, and what these do with them.
 *
 * @param weights by name
 * @param uses by name
 */
public record WeightUses(Map<String, Value> weights, Map<String, Set<WeightUse>> uses) {

    /** Those of programs as the device runs them. */
    public static WeightUses of(Collection<Program> lowered) {
        return new WeightUses(Program.weights(lowered), WeightUse.of(lowered));
    }

    /** What is done with one. */
    public Set<WeightUse> of(String name) {
        return uses.getOrDefault(name, Set.of());
    }

    /** Bytes of all weights, given those of one. */
    public long bytes(ToLongBiFunction<Value, Set<WeightUse>> placedBytes) {
        return weights.values().stream()
                .mapToLong(weight -> placedBytes.applyAsLong(weight, of(weight.name())))
                .reduce(0, Bytes::sum);
    }

    /**
     * Refuses a program, as the device runs it, that means another weight by a name, or uses one in a way that these do not.
     *
     * @throws IllegalArgumentException naming the weight
     */
    public void require(Program program) {
        program.weights().forEach((name, weight) -> {
            Value known = weights.get(name);
            if (known == null
                    || known.format() != weight.format()
                    || !known.shape().equals(weight.shape())) {
                throw new IllegalArgumentException(
                        "a weight must be the one that was placed: program=%s, weight=%s, placed=%s"
                                .formatted(program.name(), weight, known));
            }
        });
        WeightUse.of(List.of(program)).forEach((name, some) -> {
            if (!of(name).containsAll(some)) {
                throw new IllegalArgumentException(
                        "a weight was not placed for this use: program=%s, weight=%s, uses=%s, placedFor=%s; name this program when placing"
                                .formatted(program.name(), name, some, uses.get(name)));
            }
        });
    }
}
