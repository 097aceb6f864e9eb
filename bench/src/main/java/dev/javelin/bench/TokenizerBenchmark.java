package dev.javelin.bench;

import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.text.EncodeOptions;
import dev.javelin.runtime.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Ten megabytes of mixed text to tokens, and reading a vocabulary. Needs {@code -p vocabulary=FILE}, a GGUF file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class TokenizerBenchmark {

    /** The GGUF file with the vocabulary. */
    @Param("none")
    public String vocabulary;

    /** Bytes of the text. */
    @Param("10000000")
    public int bytes;

    private Tokenizer tokenizer;
    private String text;

    /** Reads the vocabulary and makes the text. */
    @Setup
    public void open() {
        if (!Files.exists(Path.of(vocabulary))) {
            throw new IllegalStateException("the benchmark needs a vocabulary: vocabulary=" + vocabulary
                    + "; pass -p vocabulary=FILE, a GGUF file");
        }
        tokenizer = load();
        text = MixedText.of(bytes);
    }

    /** Text to tokens. */
    @Benchmark
    public int[] encode() {
        return tokenizer.encode(text, EncodeOptions.PLAIN);
    }

    /** File to tokenizer. */
    @Benchmark
    public Tokenizer load() {
        try (GgufFile file = GgufFile.open(Path.of(vocabulary))) {
            return Tokenizer.of(file.metadata());
        }
    }
}
