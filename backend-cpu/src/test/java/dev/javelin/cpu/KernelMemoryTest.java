package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MatMul;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Rows;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import dev.javelin.api.WriteKv;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a plan is said to take is what it keeps once it is prepared, on the heap too. */
final class KernelMemoryTest {
    private static final int THREADS = 8;
    private static final int WIDTH = 256;
    private static final int HEAD = 64;

    /** Every array below half a megabyte: the collector gives larger ones regions of their own, which it counts as full. */
    private static final int HIDDEN = 1792;

    private static final int VOCABULARY = 40_000;
    private static final KvGroup GROUP = new KvGroup("all", 1, WIDTH / HEAD, HEAD, HEAD, 0, Format.F16, Format.F16);
    private static final StateSpec STATES = new StateSpec(32, List.of(new StateSpec.Blocks(GROUP, 1)));
    private static final Limits LIMITS = new Limits(2048, 1, 1, 2048);

    /** Objects of kernels, and what the rest of the JVM does meanwhile; each table and list here is larger. */
    private static final long OTHERS = 256 << 10;

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"F32", "F16", "Q4_0", "Q6_K", "IQ4_NL"})
    void isWhatAPlanKeeps(Format format) {
        kept(format); // loads classes
        Kept kept = kept(format);
        assertThat(kept.heap).isCloseTo(kept.counted, within(OTHERS));
        assertThat(kept.planBytes)
                .as("with what lies outside of the heap")
                .isEqualTo(kept.inUse)
                .isGreaterThan(kept.counted + LIMITS.tokens() * (long) HIDDEN * Float.BYTES);
    }

    /** @param counted of the heap, by {@link KernelMemory} */
    private record Kept(long heap, long counted, long planBytes, long inUse) {}

    private static Kept kept(Format format) {
        Program program = program(format);
        PlanSpec spec = new PlanSpec(program, LIMITS, Precision.FAST);
        long counted = new KernelMemory(WidthKernels.of(VectorWidth.BITS_256), THREADS).bytes(program.ops(), LIMITS);
        try (Arena arena = Arena.ofShared();
                Device device = Rig.open(VectorWidth.BITS_256, THREADS);
                Weights weights = device.place(List.of(program), zeros(program, arena), LoadListener.NONE);
                StateStore states = device.openStates(STATES);
                Buffer input = device.openBuffer((long) LIMITS.tokens() * WIDTH * Float.BYTES)) {
            Bindings bindings = Bindings.NONE.with(weights).with(states).with("x", input);
            long before = heap();
            try (Plan plan = device.prepare(spec, bindings)) {
                long heap = heap() - before;
                assertThat(plan.spec()).isEqualTo(spec); // and so it has not been collected
                return new Kept(
                        heap,
                        counted,
                        device.planBytes(spec),
                        device.memoryUse().plans());
            }
        }
    }

    /** What is left of it after collections, until another one finds nothing more. */
    private static long heap() {
        long used = Long.MAX_VALUE;
        while (true) {
            System.gc();
            long left = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (left >= used - OTHERS / 16) {
                return left;
            }
            used = left;
        }
    }

    private static WeightSource zeros(Program program, Arena arena) {
        Map<String, Tensor> tensors = new HashMap<>();
        Program.weights(List.of(program)).forEach((name, weight) -> {
            long bytes = weight.format().bytes(weight.shape().elements());
            tensors.put(name, new Tensor(name, weight.format(), weight.shape(), arena.allocate(bytes, 64)));
        });
        return Rig.source(tensors);
    }

    private static Program program(Format format) {
        Program.Builder program = Program.builder("layer");
        Value x = program.input("x", Format.F32, Shape.rows(Symbol.TOKENS, WIDTH));
        Value up = product(program, x, format, "up", HIDDEN);
        Value down = product(program, up, format, "down", WIDTH);
        Value turned = program.result("turned", down.shape());
        Value again = program.result("again", down.shape());
        Value attended = program.result("attended", down.shape());
        Value rows = program.result("rows", Shape.rows(Symbol.OUTPUTS, WIDTH));
        RopeSpec spec = RopeSpec.plain(RopeSpec.Order.HALVES, HEAD, 10_000);
        program.add(new Rope(turned, down, HEAD, spec, null))
                .add(new Rope(again, turned, HEAD, spec, null)) // by the same table
                .add(new WriteKv(again, down, GROUP, 0))
                .add(new Attention(attended, turned, GROUP, 0, 0.125f, 0))
                .add(new Rows(rows, attended));
        Value logits = product(program, rows, format, "logits", VOCABULARY);
        Value ids = program.indices("ids", Shape.rows(Symbol.OUTPUTS));
        return program.add(new ArgMax(ids, logits)).output(ids, Want.ID).build();
    }

    private static Value product(Program.Builder program, Value x, Format format, String name, int rows) {
        Value weight = program.weight(name + ".weight", format, Shape.of(rows, x.width()));
        Value out = program.result(name, Shape.rows(x.rows(), rows));
        program.add(new MatMul(out, x, weight));
        return out;
    }
}
