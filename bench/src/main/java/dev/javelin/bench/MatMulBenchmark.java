package dev.javelin.bench;

import dev.javelin.api.Device;
import dev.javelin.api.Format;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Weight matrices times activations on the first device of a backend, with as many threads as it thinks best. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MatMulBenchmark {

    /** The id of the backend. */
    @Param("cpu")
    public String backend;

    /** The format of the weights. */
    @Param({"F16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"})
    public Format format;

    /** The tokens of a step: one is decode, many are prefill. */
    @Param({"1", "8", "256"})
    public int tokens;

    /** Outputs of a matrix. */
    @Param("3072")
    public int rows;

    /** Inputs of a matrix. */
    @Param("1024")
    public int columns;

    private static final long WEIGHT_BYTES = 192L << 20;

    private Device device;
    private MatMulRound round;

    /** Opens the device and makes the round ready. */
    @Setup
    public void open() {
        device = Backends.open(backend);
        round = new MatMulRound(device, format, tokens, rows, columns, WEIGHT_BYTES);
    }

    /** One multiplication with each matrix. */
    @Benchmark
    public void multiply(Rates rates) {
        round.run();
        double elements = (double) round.matrices() * rows * columns;
        rates.weightGigabytes += elements * format.bitsPerElement() / 8e9;
        rates.multiplyAddGigas += elements * tokens / 1e9;
    }

    /** Closes what {@link #open()} opened. */
    @TearDown
    public void close() {
        round.close();
        device.close();
    }
}
