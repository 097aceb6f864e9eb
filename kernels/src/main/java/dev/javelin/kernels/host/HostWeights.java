package dev.javelin.kernels.host;

import dev.javelin.api.LoadListener;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.kernels.device.LoadProgress;
import dev.javelin.kernels.device.Openings;
import dev.javelin.kernels.device.PlacedWeights;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.device.WeightUses;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Weights in the form that an engine's kernels read. */
final class HostWeights<W> extends HostOpening implements PlacedWeights {
    private final Map<String, W> placed = new LinkedHashMap<>();
    private final WeightUses uses;
    private final boolean retainsSource;

    HostWeights(
            Openings device,
            HostEngine<W> engine,
            WeightUses uses,
            WeightSource source,
            LoadListener listener,
            long bytes) {
        super(device, Kind.WEIGHTS, "weights", bytes);
        this.uses = uses;
        try {
            LoadProgress progress =
                    new LoadProgress(device.device(), listener, uses.weights().values());
            Placing placing = new Place(this, progress);
            boolean retains = false;
            for (Value weight : uses.weights().values()) {
                Tensor tensor = source.require(weight);
                Set<WeightUse> used = uses.of(weight.name());
                progress.begin(tensor);
                W form;
                device.lock(); // the engine's threads serve one kind of work at a time
                try {
                    requireOpen();
                    form = engine.place(tensor, used, placing);
                } finally {
                    device.unlock();
                }
                progress.finish();
                placed.put(weight.name(), form);
                if (engine.retainsSource(form)) {
                    retains = true;
                } else {
                    source.release(weight.name());
                }
            }
            this.retainsSource = retains;
        } catch (Throwable failed) {
            close();
            throw failed;
        }
    }

    W get(Value weight) {
        W form = placed.get(weight.name());
        if (form == null) {
            throw new IllegalArgumentException("a weight was not placed: weight=" + weight);
        }
        return form;
    }

    @Override
    public WeightUses uses() {
        return uses;
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(placed.keySet());
    }

    @Override
    public long bytes() {
        return bytesTaken();
    }

    @Override
    public boolean retainsSource() {
        return retainsSource;
    }

    /** What the engine may do while it places one. */
    private record Place(HostWeights<?> weights, LoadProgress progress) implements Placing {

        @Override
        public MemorySegment allocate(long size) {
            return weights.allocate(size);
        }

        @Override
        public void advance(long sourceBytes) {
            progress.advance(sourceBytes);
        }
    }
}
