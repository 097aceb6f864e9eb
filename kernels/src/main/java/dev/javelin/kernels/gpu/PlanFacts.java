package dev.javelin.kernels.gpu;

import dev.javelin.api.Limits;
import dev.javelin.api.Precision;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.WeightUse;
import java.util.Map;
import java.util.Set;

/**
 * What launches may depend on besides the operation.
 *
 * @param blockTokens tokens of a state block; 0 for a plan without state
 * @param uses by name, what each weight was placed for, which may be more than this program does with it
 */
public record PlanFacts(Limits limits, Precision precision, int blockTokens, Map<String, Set<WeightUse>> uses) {
    public PlanFacts {
        uses = Map.copyOf(uses);
    }

    /** Numbers in a row of a {@linkplain Arg.BlockTable block table}. */
    public int blocksPerSequence() {
        return blockTokens == 0 ? 0 : Math.ceilDiv(limits.context(), blockTokens);
    }

    /** What a weight was placed for. */
    public Set<WeightUse> uses(Value weight) {
        return uses.getOrDefault(weight.name(), Set.of());
    }
}
