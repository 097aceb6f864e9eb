package dev.javelin.kernels.host;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Binary;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.Temporaries;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemporariesTest {
    private static final Limits LIMITS = new Limits(3, 1, 1, 8);

    static List<Long> seeds() {
        return new Random(20_26).longs(200).boxed().toList();
    }

    /** Sums and multiples of two widths in any order, of which some come back. */
    private static Program random(Random random) {
        Program.Builder program = Program.builder("random");
        List<Value> known = new ArrayList<>();
        for (int width : new int[] {1, 37}) {
            known.add(program.input("x" + width, Format.F32, Shape.rows(Symbol.TOKENS, width)));
        }
        int count = 1 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            // mostly what was written lately, so that much is dead soon
            int back = 1 + random.nextInt(random.nextBoolean() ? 3 : known.size());
            Value a = known.get(Math.max(0, known.size() - back));
            Value out = program.result("r" + i, a.shape());
            List<Value> same = known.stream()
                    .filter(value -> value.shape().equals(a.shape()))
                    .toList();
            program.add(
                    random.nextBoolean()
                            ? new Scale(out, a, 1 + random.nextInt(3))
                            : new Binary(out, Binary.Kind.ADD, a, same.get(random.nextInt(same.size()))));
            known.add(out);
            if (random.nextInt(8) == 0) {
                program.output(out);
            }
        }
        return program.build();
    }

    private static Set<Value> outputs(Program program) {
        Set<Value> values = new HashSet<>();
        program.outputs().forEach(output -> values.add(output.value()));
        return values;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsStillNeededIsNeverOverwritten(long seed) {
        Random random = new Random(seed);
        Program program = random(random);
        Set<Value> kept = outputs(program);
        Set<Value> elsewhere = new HashSet<>(kept);
        elsewhere.removeIf(value -> random.nextBoolean());
        kept.removeAll(elsewhere);
        Temporaries places = new Temporaries(program, LIMITS, kept, elsewhere, 64);
        List<Op> ops = program.ops();
        Set<Value> written = new HashSet<>();
        for (int now = 0; now < ops.size(); now++) {
            written.addAll(ops.get(now).writes());
            Set<Value> needed = new HashSet<>(ops.get(now).writes());
            for (Op later : ops.subList(now, ops.size())) {
                needed.addAll(later.reads());
            }
            needed.addAll(kept);
            needed.retainAll(written);
            needed.removeAll(elsewhere);
            requireApart(places, List.copyOf(needed), "seed=%d, op=%d".formatted(seed, now));
        }
        for (Value value : elsewhere) {
            assertThatThrownBy(() -> places.offset(value)).hasMessageContaining("no memory in this plan");
        }
        assertThat(new Temporaries(program, LIMITS, outputs(program), Set.of(), 64).bytes())
                .as("seed=%d: with all outputs it takes no less", seed)
                .isGreaterThanOrEqualTo(places.bytes());
    }

    private static void requireApart(Temporaries places, List<Value> values, String when) {
        for (Value one : values) {
            long end = places.offset(one) + one.bytes(LIMITS);
            assertThat(places.offset(one) % 64).as(when).isZero();
            assertThat(end).as(when).isLessThanOrEqualTo(places.bytes());
            for (Value other : values) {
                boolean apart = one.equals(other)
                        || end <= places.offset(other)
                        || places.offset(other) + other.bytes(LIMITS) <= places.offset(one);
                assertThat(apart).as("%s: %s and %s", when, one, other).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPlanCalculatesWhatTheProgramSays(long seed) {
        Program program = random(new Random(seed));
        Map<Value, float[]> expected = new HashMap<>();
        Bindings bindings = Bindings.NONE;
        try (HostDevice<MemorySegment> device = new HostDevice<>(new ToyEngine(1 << 20));
                Step step = new Step(LIMITS)) {
            for (Value input : program.inputs().values()) {
                float[] numbers = new float[LIMITS.tokens() * input.width()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = i + 1;
                }
                Buffer buffer = device.openBuffer(numbers.length * 4L);
                buffer.write(0, MemorySegment.ofArray(numbers));
                expected.put(input, numbers);
                bindings = bindings.with(input.name(), buffer);
            }
            program.ops().forEach(op -> expected.put(op.writes().getFirst(), calculate(op, expected)));
            Plan plan = device.prepare(new PlanSpec(program, LIMITS, Precision.EXACT), bindings);
            step.addSequence();
            for (int i = 0; i < LIMITS.tokens(); i++) {
                step.addToken(0, i, i);
            }
            plan.run(step).await();
            for (Value value : outputs(program)) {
                assertThat(plan.output(value.name()).toArray(JAVA_FLOAT))
                        .as("seed=%d, output=%s", seed, value)
                        .isEqualTo(expected.get(value));
            }
        }
    }

    private static float[] calculate(Op op, Map<Value, float[]> known) {
        return switch (op) {
            case Scale scale -> {
                float[] numbers = of(scale.x(), known).clone();
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] *= scale.factor();
                }
                yield numbers;
            }
            case Binary sum -> {
                float[] numbers = of(sum.a(), known).clone();
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] += of(sum.b(), known)[i];
                }
                yield numbers;
            }
            default -> throw new IllegalArgumentException(op.summary());
        };
    }

    private static float[] of(Value value, Map<Value, float[]> known) {
        return Objects.requireNonNull(known.get(value), value.name());
    }

    @Test
    void aLongChainTakesTheRoomOfTwo() {
        Program.Builder program = Program.builder("chain");
        Value x = program.input("x", Format.F32, Shape.rows(Symbol.TOKENS, 100));
        for (int i = 0; i < 50; i++) {
            Value next = program.result("r" + i, x.shape());
            program.add(new Scale(next, x, 1));
            x = next;
        }
        Temporaries places = new Temporaries(program.build(), LIMITS, Set.of(), Set.of(), 64);
        assertThat(places.bytes()).isEqualTo(2 * 1216); // 1200 bytes each
        assertThat(places.offset(x)).isEqualTo(1216);
        Value stranger = new Value(99, "stranger", Value.Kind.RESULT, Format.F32, Shape.of(1));
        assertThatThrownBy(() -> places.offset(stranger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no memory in this plan: value=stranger");
    }
}
