package dev.javelin.synth;

import dev.javelin.api.Format;
import dev.javelin.runtime.gguf.GgufOutput;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes the bytes of tensors. They depend on the seed and the name of the tensor only. For one thread. */
final class TensorData {

    /** What stays in a cache of the processor between being made and being written. */
    private static final long PIECE = 512 << 10;

    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private record Kind(Format format, Contents.Around weights) {}

    private final long seed;
    private final Map<Kind, Filler> fillers = new HashMap<>();

    TensorData(long seed) {
        this.seed = seed;
    }

    void write(Tensor tensor, Format format, GgufOutput.Sink sink) {
        switch (tensor.contents()) {
            case Contents.Exactly exactly -> sink.write(floats(exactly.values()));
            case Contents.Around around -> fill(tensor, new Kind(format, around), sink);
        }
    }

    private void fill(Tensor tensor, Kind kind, GgufOutput.Sink sink) {
        Format format = kind.format;
        Filler filler = fillers.computeIfAbsent(kind, k -> Filler.of(k.format, k.weights));
        SplittableRandom random = new SplittableRandom(seed * 31 + tensor.name().hashCode());
        long bytes = format.bytes(tensor.elements());
        long most = PIECE / format.blockBytes() * format.blockBytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment piece = arena.allocate(Math.min(bytes, most));
            for (long at = 0; at < bytes; at += most) {
                MemorySegment part = piece.asSlice(0, Math.min(most, bytes - at));
                filler.fill(part, random);
                sink.write(part);
            }
        }
    }

    private static MemorySegment floats(List<Float> values) {
        MemorySegment floats = MemorySegment.ofArray(new byte[values.size() * Float.BYTES]);
        for (int i = 0; i < values.size(); i++) {
            floats.set(F32, (long) i * Float.BYTES, values.get(i));
        }
        return floats;
    }
}
