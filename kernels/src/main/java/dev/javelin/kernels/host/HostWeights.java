package dev.javelin.kernels.host;

import dev.javelin.api.LoadCancelledException;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Program;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Weights in the form that an engine's kernels read. */
final class HostWeights<W> extends Opening implements Weights {
    private final Map<String, W> placed = new LinkedHashMap<>();
    private final Map<String, Value> weights;
    private final Map<String, Set<WeightUse>> uses;
    private final boolean retainsSource;

    HostWeights(
            Openings device,
            HostEngine<W> engine,
            Map<String, Value> weights,
            Map<String, Set<WeightUse>> uses,
            WeightSource source,
            LoadListener listener,
            long bytes) {
        super(device, Kind.WEIGHTS, "weights", bytes);
        this.weights = weights;
        this.uses = uses;
        try {
            Progress progress = new Progress(device.device(), listener, weights.values());
            boolean retains = false;
            for (Value weight : weights.values()) {
                Tensor tensor = source.require(weight);
                Set<WeightUse> used = uses.getOrDefault(weight.name(), Set.of());
                progress.begin(tensor);
                W form;
                device.lock(); // the engine's threads serve one kind of work at a time
                try {
                    requireOpen();
                    form = engine.place(tensor, used, progress);
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

    /** Refuses a program that means another weight by a name, or uses one in a way that it was not placed for. */
    void requireUses(Program program, Map<String, Set<WeightUse>> wanted) {
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
        wanted.forEach((name, some) -> {
            if (!uses.getOrDefault(name, Set.of()).containsAll(some)) {
                throw new IllegalArgumentException(
                        "a weight was not placed for this use: program=%s, weight=%s, uses=%s, placedFor=%s; name this program when placing"
                                .formatted(program.name(), name, some, uses.get(name)));
            }
        });
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

    /** Counts bytes for the listener, whatever the pieces in which the engine reports them. */
    private final class Progress implements Placing {
        private final String device;
        private final LoadListener listener;
        private final long total;
        private long end; // of the weight being placed
        private long done;

        Progress(String device, LoadListener listener, Iterable<Value> weights) {
            this.device = device;
            this.listener = listener;
            long sum = 0;
            for (Value weight : weights) {
                sum = Math.addExact(sum, weight.format().bytes(weight.shape().elements()));
            }
            this.total = sum;
        }

        @Override
        public MemorySegment allocate(long size) {
            return HostWeights.this.allocate(size);
        }

        synchronized void begin(Tensor tensor) {
            end += tensor.format().bytes(tensor.shape().elements());
        }

        @Override
        public synchronized void advance(long sourceBytes) {
            report(Math.min(end, HostBytes.sum(done, sourceBytes)));
        }

        synchronized void finish() {
            report(end);
        }

        private void report(long bytes) {
            if (listener.cancelled()) {
                throw new LoadCancelledException(device, done, total);
            }
            if (bytes > done) {
                done = bytes;
                listener.progress(done, total);
            }
        }
    }
}
