package dev.javelin.kernels.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Binary;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.JavelinException;
import dev.javelin.api.LoadCancelledException;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MatMul;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.Program;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import dev.javelin.kernels.device.WeightUse;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Placing weights: progress, cancelling, failing in the middle, and what a plan may do with them. */
class HostWeightsTest {
    private static final MemoryUse NOTHING = new MemoryUse(0, 0, 0, 0, 0);
    private static final Shape ROWS = Shape.rows(Symbol.TOKENS, Toys.WIDTH);

    private final ToyEngine engine = new ToyEngine(1 << 20);
    private final HostDevice<MemorySegment> device = new HostDevice<>(engine);

    @AfterEach
    void close() {
        device.close();
    }

    /** Reads three weights named {@code a}, {@code b} and {@code c}, all of one shape. */
    private static Program three() {
        Program.Builder program = Program.builder("three");
        for (String name : List.of("a", "b", "c")) {
            Value table = program.weight(name, Format.F32, Shape.of(Toys.WIDTH, Toys.WIDTH));
            program.add(new Embed(program.result("x" + name, ROWS), table, 1));
        }
        return program.build();
    }

    /** Writes down what is asked of it. */
    private static final class Diary implements WeightSource {
        final List<String> pages = new ArrayList<>();

        @Override
        public Tensor tensor(String name) {
            pages.add("tensor " + name);
            return Toys.successors(name);
        }

        @Override
        public void release(String name) {
            pages.add("release " + name);
        }
    }

    private void placingFails(WeightSource source, LoadListener listener, Class<?> type, String message) {
        assertThatThrownBy(() -> device.place(List.of(three()), source, listener))
                .isInstanceOf(type)
                .hasMessageContaining(message);
        assertThat(device.memoryUse()).isEqualTo(NOTHING);
    }

    @Test
    void asksForEachWeightOnceAndLetsItGo() {
        Diary diary = new Diary();
        try (Weights weights = device.place(List.of(three(), three()), diary, LoadListener.NONE)) {
            assertThat(diary.pages)
                    .containsExactly("tensor a", "release a", "tensor b", "release b", "tensor c", "release c");
            assertThat(weights.names()).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(weights.retainsSource()).isFalse();
        }
        engine.retains = true;
        diary.pages.clear();
        try (Weights weights = device.place(List.of(three()), diary, LoadListener.NONE)) {
            assertThat(diary.pages).containsExactly("tensor a", "tensor b", "tensor c");
            assertThat(weights.retainsSource()).isTrue();
        }
    }

    @Test
    void progressGoesUpAndEndsWithTheLastByte() {
        List<Long> done = new ArrayList<>();
        LoadListener listener = (bytesDone, bytesTotal) -> {
            assertThat(bytesTotal).isEqualTo(3 * 256);
            done.add(bytesDone);
        };
        device.place(List.of(three()), Toys.source(), listener).close();
        assertThat(done)
                .hasSize(3 * 256 / 16)
                .isSorted()
                .doesNotHaveDuplicates()
                .endsWith(768L);
    }

    @Test
    void anEngineThatReportsTooMuchOrNothingIsSetRight() {
        List<Long> done = new ArrayList<>();
        HostDevice<MemorySegment> careless = new HostDevice<>(new CarelessEngine(engine));
        careless.place(List.of(three()), Toys.source(), (bytes, total) -> done.add(bytes))
                .close();
        assertThat(done).containsExactly(256L, 512L, 768L);
        careless.close();
    }

    @Test
    void aProgramWithoutWeightsPlacesNone() {
        try (Weights weights = Toys.place(device, Toys.doubling())) {
            assertThat(weights.names()).isEmpty();
            assertThat(weights.bytes()).isZero();
        }
    }

    @Test
    void cancellingGivesEverythingBack() {
        for (int stop : new int[] {1, 20, 50}) {
            AtomicInteger asked = new AtomicInteger();
            LoadListener listener = new LoadListener() {
                @Override
                public void progress(long bytesDone, long bytesTotal) {}

                @Override
                public boolean cancelled() {
                    return asked.incrementAndGet() == stop;
                }
            };
            placingFails(Toys.source(), listener, LoadCancelledException.class, "device=toy:0, bytesDone=");
            assertThat(asked).hasValue(stop);
        }
    }

    @Test
    void failingInTheMiddleGivesEverythingBack() {
        LoadListener failing = (done, total) -> {
            if (done > 300) {
                throw new IllegalStateException("the listener fell over");
            }
        };
        placingFails(Toys.source(), failing, IllegalStateException.class, "the listener fell over");
        WeightSource missing = name -> {
            if (name.equals("c")) {
                throw new JavelinException("no such tensor: " + name);
            }
            return Toys.successors(name);
        };
        placingFails(missing, LoadListener.NONE, JavelinException.class, "no such tensor: c");
        WeightSource wrong = name -> new Tensor(name, Format.F32, Shape.of(1, 1), MemorySegment.ofArray(new float[1]));
        placingFails(wrong, LoadListener.NONE, IllegalArgumentException.class, "not what the program reads");
        engine.beforePlace = name -> {
            if (name.equals("b")) {
                throw new OutOfMemoryError("no heap today");
            }
        };
        placingFails(Toys.source(), LoadListener.NONE, OutOfMemoryError.class, "no heap today");
        engine.beforePlace = name -> {};
        assertThatCode(() -> Toys.place(device, three()).close()).doesNotThrowAnyException();
    }

    @Test
    void closingTheDeviceMeanwhileEndsPlacing() {
        LoadListener closing = (done, total) -> device.close();
        placingFails(Toys.source(), closing, IllegalStateException.class, "closed");
        assertThat(engine.closed).hasValue(1);
    }

    @Test
    void nothingMoreIsPlacedOnceTheDeviceIsClosed() {
        List<String> placed = new ArrayList<>();
        engine.beforePlace = placed::add;
        WeightSource closing = name -> {
            if (name.equals("b")) {
                device.close();
            }
            return Toys.successors(name);
        };
        placingFails(closing, LoadListener.NONE, IllegalStateException.class, "the weights are closed");
        assertThat(placed).containsExactly("a");
    }

    private void refusesToPrepare(Program program, Weights weights, String... parts) {
        var thrown = assertThatThrownBy(() -> prepare(program, weights)).isInstanceOf(IllegalArgumentException.class);
        for (String part : parts) {
            thrown.hasMessageContaining(part);
        }
    }

    private void prepare(Program program, Weights weights) {
        try (Buffer in = device.openBuffer(1 << 10)) {
            Bindings bindings = Bindings.NONE.with(weights);
            device.prepare(Toys.spec(program), program.inputs().isEmpty() ? bindings : bindings.with("in", in))
                    .close();
        }
    }

    @Test
    void aPlanUsesWeightsAsTheyWerePlaced() {
        try (Weights counting = Toys.place(device, Toys.counting())) {
            refusesToPrepare(three(), counting, "a weight was not placed", "weight=a");
            assertThatCode(() -> prepare(Toys.counting(), counting)).doesNotThrowAnyException();
        }
    }

    @Test
    void aNameStandsForTheWeightThatWasPlaced() {
        Program.Builder other = Program.builder("other");
        Value table = other.weight("table", Format.F32, Shape.of(Toys.WIDTH * 2, Toys.WIDTH));
        other.add(new Embed(other.result("x", ROWS), table, 1));
        try (Weights counting = Toys.place(device, Toys.counting())) {
            refusesToPrepare(
                    other.build(), counting, "must be the one that was placed", "table:F32[16x8]", "table:F32[8x8]");
        }
    }

    @Test
    void aUseThatWasNotPlacedForIsRefused() {
        Program.Builder norm = Program.builder("norm");
        Value vector = norm.weight("vector", Format.F32, Shape.of(Toys.WIDTH));
        Value x = norm.result("x", ROWS);
        norm.add(new Embed(x, norm.weight("table", Format.F32, Shape.of(Toys.WIDTH, Toys.WIDTH)), 1));
        norm.add(new RmsNorm(norm.result("y", ROWS), x, vector, 0));
        Program multiply = product();
        WeightSource source = name -> name.equals("vector")
                ? new Tensor(name, Format.F32, Shape.of(Toys.WIDTH), MemorySegment.ofArray(new float[Toys.WIDTH]))
                : Toys.successors(name);
        try (Weights placed = device.place(List.of(norm.build()), source, LoadListener.NONE)) {
            refusesToPrepare(
                    multiply,
                    placed,
                    "not placed for this use",
                    "weight=table",
                    "uses=[MULTIPLY]",
                    "placedFor=[GATHER]",
                    "name this program when placing");
        }
        try (Weights both = device.place(List.of(norm.build(), multiply), source, LoadListener.NONE)) {
            assertThatCode(() -> prepare(multiply, both)).doesNotThrowAnyException();
        }
    }

    /** Multiplies with a table, which the toy engine does only together with a sum. */
    private static Program product() {
        Program.Builder program = Program.builder("product");
        Value table = program.weight("table", Format.F32, Shape.of(Toys.WIDTH, Toys.WIDTH));
        Value x = program.input("in", Format.F32, ROWS);
        Value product = program.result("product", ROWS);
        return program.add(new MatMul(product, x, table))
                .add(new Binary(program.result("sum", ROWS), Binary.Kind.ADD, x, product))
                .build();
    }

    @Test
    void knowsTheUsesOfFusedOperationsToo() {
        Program program = product();
        assertThat(WeightUse.of(List.of(program, Toys.counting())))
                .isEqualTo(Map.of("table", Set.of(WeightUse.GATHER, WeightUse.MULTIPLY)));
    }
}
