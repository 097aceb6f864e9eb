package dev.javelin.kernels.gpu;

import dev.javelin.api.LoadListener;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.kernels.device.LoadProgress;
import dev.javelin.kernels.device.Openings;
import dev.javelin.kernels.device.PlacedWeights;
import dev.javelin.kernels.device.WeightUses;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Weights in memory of the device, in the forms that its kernels read. */
final class GpuWeights extends GpuOpening implements PlacedWeights {
    private final WeightUses uses;
    private final Map<String, List<Long>> planes = new LinkedHashMap<>();
    private @Nullable Upload upload; // while weights are being placed

    /** Without the device's lock, so that runs go on between portions. */
    GpuWeights(
            Openings owner,
            GpuDriver driver,
            GpuKernels kernels,
            WeightUses uses,
            WeightSource source,
            LoadListener listener,
            long bytes) {
        super(owner, driver, Kind.WEIGHTS, "weights", bytes);
        this.uses = uses;
        try {
            Map<Value, Tiling> tilings = new LinkedHashMap<>();
            long portion = Upload.PORTION;
            for (Value weight : uses.weights().values()) {
                Tiling tiling = Tiling.of(kernels.form(weight, uses.of(weight.name())), weight);
                tilings.put(weight, tiling);
                portion = Math.max(portion, tiling.tileBytes());
            }
            place(tilings, source, new LoadProgress(owner.device(), listener, tilings.keySet()), portion);
        } catch (Throwable failed) {
            close();
            throw failed;
        }
    }

    private void place(Map<Value, Tiling> tilings, WeightSource source, LoadProgress progress, long portion) {
        owner().exclusively(() -> {
            requireOpen();
            upload = Upload.of(driver(), portion);
        });
        try (Repacking repacking = new Repacking()) {
            tilings.forEach((weight, tiling) -> {
                Tensor tensor = source.require(weight);
                progress.begin(tensor);
                owner().exclusively(() -> {
                    requireOpen();
                    planes.put(weight.name(), allocatePlanes(tiling));
                });
                long tiles = tiling.tiles();
                long step = Math.clamp(Upload.PORTION / tiling.tileBytes(), 1, tiles);
                for (long from = 0; from < tiles; from += step) {
                    long first = from;
                    long end = Math.min(tiles, from + step);
                    // The lock is given away between portions: runs go on, and the device may be closed.
                    owner().exclusively(() -> place(weight, tiling, tensor, first, end, repacking));
                    progress.advance(sourceBytes(tiling, tensor, first, end));
                }
                progress.finish();
                source.release(weight.name());
            });
        } finally {
            owner().exclusively(this::freeOthers);
        }
    }

    private void place(Value weight, Tiling tiling, Tensor tensor, long from, long to, Repacking repacking) {
        requireOpen();
        Upload open = Objects.requireNonNull(upload);
        List<MemorySegment> host = open.begin(parts(tiling, planesOf(weight.name()), from, to));
        try {
            repacking.write(tiling, tensor, from, to, host);
        } finally {
            open.end();
        }
    }

    @Override
    void freeOthers() {
        if (upload != null) {
            upload.close();
            upload = null;
        }
    }

    private List<Long> allocatePlanes(Tiling tiling) {
        List<Long> memory = new ArrayList<>();
        for (int plane = 0; plane < tiling.form().planeBytes().size(); plane++) {
            memory.add(allocate(tiling.planeBytes(plane)));
        }
        return memory;
    }

    private static List<Upload.Part> parts(Tiling tiling, List<Long> memory, long from, long to) {
        List<Upload.Part> parts = new ArrayList<>();
        for (int plane = 0; plane < memory.size(); plane++) {
            long bytes = tiling.form().planeBytes().get(plane);
            parts.add(new Upload.Part(memory.get(plane), from * bytes, (to - from) * bytes));
        }
        return parts;
    }

    private static long sourceBytes(Tiling tiling, Tensor tensor, long from, long to) {
        long rows = 0;
        for (long tile = from; tile < to; tile++) {
            rows += tiling.rowsOf(tile);
        }
        return rows * tensor.rowBytes();
    }

    /** A plane of a weight. */
    long plane(Value weight, int plane) {
        return planesOf(weight.name()).get(plane);
    }

    private List<Long> planesOf(String name) {
        List<Long> memory = planes.get(name);
        if (memory == null) {
            throw new IllegalArgumentException("a weight was not placed: weight=" + name);
        }
        return memory;
    }

    @Override
    public WeightUses uses() {
        return uses;
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(planes.keySet());
    }

    @Override
    public long bytes() {
        return bytesTaken();
    }

    @Override
    public boolean retainsSource() {
        return false;
    }
}
