package dev.javelin.opencl;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MatMul;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One plan works out prompts by tiles and few tokens without, whichever the step has. */
class TiledProductTest {
    private static final int TOKENS = 130;
    private static final int N = 100;
    private static final int K = 70; // ends within a chunk

    private final SplittableRandom random = new SplittableRandom(5);
    private final LaunchWatch watch = new LaunchWatch(Found.require(Bindings.JOCL));
    private final float[] x = random(TOKENS * K);
    private final float[] w = random(N * K);

    private float[] random(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    @Test
    void bothGiveTheProduct() {
        Program.Builder builder = Program.builder("product");
        Value in = builder.input("x", Format.F32, Shape.rows(Symbol.TOKENS, K));
        Value matrix = builder.weight("w", Format.F32, Shape.of(N, K));
        Value out = builder.result("out", Shape.rows(Symbol.TOKENS, N));
        Program program = builder.add(new MatMul(out, in, matrix)).output(out).build();
        Limits limits = new Limits(TOKENS, 1, 1, TOKENS);
        ClDevice device = Found.devices(watch.functions()).getFirst().asGpu();
        try (Arena arena = Arena.ofShared();
                Device opened = OpenClBackend.open(watch.functions(), device, ProgramCache.NONE);
                Weights weights = opened.place(
                        List.of(program),
                        name -> new Tensor(name, Format.F32, Shape.of(N, K), arena.allocateFrom(JAVA_FLOAT, w)),
                        LoadListener.NONE);
                Buffer buffer = opened.openBuffer(4L * x.length);
                Plan plan = opened.prepare(
                        new PlanSpec(program, limits, Precision.EXACT),
                        dev.javelin.api.Bindings.NONE.with("x", buffer).with(weights));
                Step step = new Step(limits)) {
            buffer.write(0, MemorySegment.ofArray(x));
            for (int tokens : new int[] {1, 16, 17, 64, 65, TOKENS, 3}) {
                watch.groups().clear();
                step.clear();
                step.addSequence();
                for (int i = 0; i < tokens; i++) {
                    step.addToken(0, i, i);
                }
                plan.run(step).await();
                assertThat(watch.groups().keySet()).containsExactly(tokens <= 16 ? "matmul" : "tiled");
                float[] found = plan.output("out").toArray(JAVA_FLOAT);
                for (int i = 0; i < tokens * N; i++) {
                    assertThat((double) found[i])
                            .as("%d tokens, element %d", tokens, i)
                            .isCloseTo(expected(i / N, i % N), within(1e-5));
                }
            }
        }
    }

    private double expected(int token, int row) {
        double sum = 0;
        for (int i = 0; i < K; i++) {
            sum += (double) x[token * K + i] * w[row * K + i];
        }
        return sum;
    }
}
