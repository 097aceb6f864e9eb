package dev.javelin.runtime.gguf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a readable file or are refused with a {@link GgufException}; nothing else may happen. */
class GgufFuzzTest {

    /** What the fuzzer begins with: sound files that have everything once. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                TinyModel.bytes(),
                new GgufWriter().bytes(),
                everyType(new GgufWriter()).bytes(),
                everyType(new GgufWriter(ByteOrder.BIG_ENDIAN).version(2)).bytes(),
                new GgufWriter()
                        .alignment(64)
                        .u32("general.alignment", 64)
                        .tensor("a", Format.Q4_K, 256, 2, 2)
                        .tensor("b", Format.I8, 1, 2, 3, 4)
                        .bytes(),
                new GgufWriter()
                        .u16("split.no", 0)
                        .u16("split.count", 2)
                        .i32("split.tensors.count", 1)
                        .tensor("a", Format.F32, 3)
                        .bytes());
    }

    @MethodSource("seeds")
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] bytes) {
        MemorySegment memory = MemorySegment.ofArray(bytes);
        try (GgufFile file = GgufFile.of("fuzz.gguf", memory)) {
            GgufMetadata metadata = file.metadata();
            metadata.keys().forEach(key -> read(metadata, key));
            GgufModel.faults(file);
            for (GgufTensor tensor : file.tensors()) {
                try {
                    MemorySegment data = file.segment(tensor);
                    data.get(ValueLayout.JAVA_BYTE, data.byteSize() - 1);
                } catch (GgufException refused) {
                    requireSentence(refused);
                }
            }
        } catch (GgufException refused) {
            requireSentence(refused);
        }
    }

    private static void read(GgufMetadata metadata, String key) {
        List<Runnable> readings = List.of(
                () -> metadata.integer(key),
                () -> metadata.number(key),
                () -> metadata.bool(key),
                () -> metadata.string(key),
                () -> metadata.ints(key),
                () -> metadata.floats(key),
                () -> metadata.bools(key),
                () -> {
                    GgufStrings strings = metadata.strings(key);
                    for (int i = 0; i < strings.size(); i++) {
                        strings.get(i);
                    }
                });
        for (Runnable reading : readings) {
            try {
                reading.run();
            } catch (GgufException refused) {
                requireSentence(refused);
            }
        }
    }

    private static void requireSentence(GgufException refused) {
        String message = String.valueOf(refused.getMessage());
        if (!message.contains("fuzz.gguf") || message.lines().count() != 1 || message.length() > 4000) {
            throw new AssertionError("a refusal is one sentence with the file in it: " + message, refused);
        }
    }

    private static GgufWriter everyType(GgufWriter writer) {
        return writer.u8("u8", 1)
                .i8("i8", 2)
                .u16("u16", 3)
                .i16("i16", 4)
                .u32("u32", 5)
                .i32("i32", 6)
                .u64("u64", 7)
                .i64("i64", 8)
                .f32("f32", 1)
                .f64("f64", 2)
                .bool("bool", true)
                .string("string", "text")
                .strings("strings", List.of("a", "bc"))
                .ints("ints", 1, 2)
                .floats("floats", 1, 2)
                .array("bools", GgufType.BOOL.id(), 2, new byte[] {0, 1})
                .array("u64s", GgufType.UINT64.id(), 1, new byte[8])
                .tensor("t", Format.BF16, 4);
    }
}
