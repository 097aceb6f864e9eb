package dev.javelin.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that something went wrong with: the reader answers, quickly and without much memory, whatever the bytes. */
class GgufMutationTest {

    private static final long SEED = 20261121;
    private static final int FILES = 20_000;
    private static final long MOST_BYTES = 4 << 20;
    private static final long MOST_NANOS = 1_000_000_000;

    private static final int[] AWKWARD = {0, 1, 0x7F, 0x80, 0xFF};

    @Test
    void aMutatedFileIsReadOrRefused() {
        Random random = new Random(SEED);
        List<byte[]> sound = GgufFuzzTest.seeds().toList();
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] bytes = mutate(sound.get(random.nextInt(sound.size())), random);
            long allocated = allocatedBytes();
            long begin = System.nanoTime();
            refused += isRefused(bytes, i) ? 1 : 0;
            assertThat(System.nanoTime() - begin).as("nanos: %s", where(i)).isLessThan(MOST_NANOS);
            assertThat(allocatedBytes() - allocated)
                    .as("allocation: %s", where(i))
                    .isLessThan(MOST_BYTES);
        }
        assertThat(refused).as("both answers occur: seed=%d", SEED).isBetween(FILES / 10, FILES * 9 / 10);
    }

    private static boolean isRefused(byte[] bytes, int number) {
        try (GgufFile file = GgufFile.of("mutated.gguf", MemorySegment.ofArray(bytes))) {
            GgufModel.faults(file);
            return false;
        } catch (GgufException refused) {
            return true;
        } catch (RuntimeException | Error broken) {
            return fail(where(number), broken);
        }
    }

    /** A few bytes or 64-bit numbers replaced, and sometimes the end lost. */
    private static byte[] mutate(byte[] sound, Random random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length;
        byte[] bytes = Arrays.copyOf(sound, length);
        for (int changes = random.nextInt(4); changes > 0 && length > 0; changes--) {
            int at = random.nextInt(length);
            int count = random.nextBoolean() ? 1 : Math.min(8, length - at);
            byte value = (byte) (random.nextBoolean() ? random.nextInt() : AWKWARD[random.nextInt(AWKWARD.length)]);
            Arrays.fill(bytes, at, at + count, value);
        }
        return bytes;
    }

    @Test
    void aVocabularyIsIndexedAndNotDecoded() {
        int tokens = 150_000;
        byte[] bytes = new GgufWriter()
                .strings(
                        "tokenizer.ggml.tokens",
                        IntStream.range(0, tokens).mapToObj(i -> "token" + i).toList())
                .bytes();
        GgufFile.of("vocabulary.gguf", MemorySegment.ofArray(bytes)).close();
        long allocated = allocatedBytes();
        try (GgufFile file = GgufFile.of("vocabulary.gguf", MemorySegment.ofArray(bytes))) {
            assertThat(allocatedBytes() - allocated).isLessThan(tokens); // far below the 3 MB of the file
            assertThat(file.metadata().strings("tokenizer.ggml.tokens").get(tokens - 1))
                    .isEqualTo("token" + (tokens - 1));
        }
    }

    private static String where(int number) {
        return "seed=%d, file=%d of %d".formatted(SEED, number, FILES);
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
