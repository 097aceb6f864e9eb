package dev.javelin.quantise;

import dev.javelin.api.Format;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import dev.javelin.runtime.gguf.GgufException;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufOutput;
import dev.javelin.runtime.gguf.GgufTensor;
import java.lang.foreign.MemorySegment;

/** One tensor of a file on its way into another format, or as it is. For one thread. */
record Encoding(GgufFile file, GgufTensor tensor, Format from, Format to) implements GgufOutput.Data {

    /** Numbers at once: whole blocks of every format, and little enough for a cache of the processor. */
    private static final int PIECE = 1 << 16;

    /**
     * What the tensor becomes.
     *
     * @throws GgufException if that would quantise what has been quantised before
     */
    static Encoding of(GgufFile file, GgufTensor tensor, Target target) {
        Format from =
                tensor.format() == null ? Format.ofGgufId(tensor.formatId()) : tensor.format(); // throws, naming it
        Format to = target.of(tensor, from);
        if (from != to && from.blockLength() > 1) {
            throw new GgufException(
                    "weights are not quantised twice, which loses more than either: tensor=%s, format=%s, wanted=%s, file=%s; begin with a file in F32, F16 or BF16"
                            .formatted(tensor.name(), from, to, file.name()));
        }
        return new Encoding(file, tensor, from, to);
    }

    @Override
    public void writeTo(GgufOutput.Sink sink) {
        file.whileUnchanged(() -> {
            write(file.segment(tensor), sink);
            return tensor;
        });
    }

    private void write(MemorySegment data, GgufOutput.Sink sink) {
        if (from == to) {
            sink.write(data);
            return;
        }
        Codec decoder = Codecs.of(from);
        Codec encoder = Codecs.of(to);
        long elements = tensor.dims().stream().reduce(1L, Math::multiplyExact);
        float[] numbers = new float[(int) Math.min(PIECE, elements)];
        MemorySegment blocks = MemorySegment.ofArray(new byte[(int) to.bytes(numbers.length)]);
        for (long at = 0; at < elements; at += PIECE) {
            int count = (int) Math.min(PIECE, elements - at);
            decoder.decode(data, from.bytes(at), numbers, 0, count);
            encoder.encode(numbers, 0, count, blocks, 0);
            sink.write(blocks.asSlice(0, to.bytes(count)));
        }
    }
}
