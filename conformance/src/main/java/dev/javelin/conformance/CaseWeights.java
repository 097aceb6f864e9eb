package dev.javelin.conformance;

import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/**
 * The weights of a case in memory that turns to rubbish as soon as the device has said that it will not read them again.
 */
final class CaseWeights implements WeightSource {

    private static final byte RUBBISH = (byte) 0xFF;

    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, MemorySegment> memory = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();

    CaseWeights(Map<String, Value> weights, Contents contents, boolean sliced, Arena arena) {
        weights.forEach((name, weight) -> {
            byte[] bytes = contents.weights.get(name);
            if (bytes == null) {
                throw new IllegalStateException("the case has no numbers for the weight: weight=" + weight);
            }
            add(weight, bytes, sliced, arena);
        });
    }

    private void add(Value weight, byte[] bytes, boolean sliced, Arena arena) {
        int columns = weight.shape().size(weight.shape().rank() - 1);
        int margin = sliced ? weight.format().blockLength() : 0;
        long rowBytes = weight.format().bytes(columns);
        long wideBytes = weight.format().bytes(columns + 2L * margin);
        long rows = weight.shape().elements() / columns;
        MemorySegment all = arena.allocate(rows * wideBytes, 64).fill(RUBBISH);
        for (long row = 0; row < rows; row++) {
            MemorySegment.copy(
                    MemorySegment.ofArray(bytes),
                    row * rowBytes,
                    all,
                    row * wideBytes + weight.format().bytes(margin),
                    rowBytes);
        }
        memory.put(weight.name(), all);
        Tensor wide = new Tensor(weight.name(), weight.format(), widened(weight.shape(), 2 * margin), all);
        tensors.put(weight.name(), sliced ? wide.sliceColumns(margin, margin + columns) : wide);
    }

    private static Shape widened(Shape shape, int more) {
        int[] sizes = new int[shape.rank()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.size(i) + (i == sizes.length - 1 ? more : 0);
        }
        return Shape.of(sizes);
    }

    @Override
    public synchronized Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        Claim.that(tensor != null, "the device asks for a weight that no program reads: weight=%s", name);
        int times = asked.merge(name, 1, Integer::sum);
        Claim.that(times == 1, "the device must ask for each weight once: weight=%s, times=%d", name, times);
        return java.util.Objects.requireNonNull(tensor);
    }

    @Override
    public synchronized void release(String name) {
        spoil(name);
    }

    /** Turns all weights to rubbish; to be called once the device has copied what it needs. */
    synchronized void spoil() {
        memory.keySet().forEach(this::spoil);
    }

    private void spoil(String name) {
        MemorySegment bytes = memory.get(name);
        if (bytes != null) {
            bytes.fill(RUBBISH);
        }
    }
}
