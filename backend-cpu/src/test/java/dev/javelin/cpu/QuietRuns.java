package dev.javelin.cpu;

import dev.javelin.api.Activation;
import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
import dev.javelin.api.Binary;
import dev.javelin.api.Device;
import dev.javelin.api.Dim;
import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.ExpertSum;
import dev.javelin.api.Format;
import dev.javelin.api.Glu;
import dev.javelin.api.KvGroup;
import dev.javelin.api.MatMul;
import dev.javelin.api.Op;
import dev.javelin.api.Program;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Route;
import dev.javelin.api.Rows;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.SoftCap;
import dev.javelin.api.Step;
import dev.javelin.api.TopK;
import dev.javelin.api.Unary;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.WriteKv;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Every operation, in every form that a kernel has a path of its own for. */
final class QuietRuns {
    static final int VOCABULARY = 40;

    private static final int WIDTH = 75; // no multiple of any number of lanes
    private static final int EXPERTS = 5;
    private static final int CHOSEN = 3;

    private final Device device;
    private final List<QuietRun> all = new ArrayList<>();

    private QuietRuns(Device device) {
        this.device = device;
    }

    /** Products in these formats, and everything else. */
    static List<QuietRun> all(Device device, List<Format> formats) {
        QuietRuns runs = new QuietRuns(device);
        for (Format format : formats) {
            runs.product(format);
            runs.embed(format);
            if (hasPanels(format) || format == Format.IQ3_S) { // all others do the same as this one
                runs.experts(format);
            }
        }
        for (Activation activation : Activation.values()) {
            runs.activation(activation);
        }
        runs.elements();
        runs.norms();
        runs.ropes();
        for (Format kept : List.of(Format.F32, Format.F16, Format.Q8_0)) {
            runs.attention(kept, 0, 0);
            runs.attention(kept, 20, 30);
        }
        runs.choices();
        runs.route();
        runs.expertsOfEach();
        for (Format kept : List.of(Format.F32, Format.F16, Format.Q8_0)) {
            runs.model(Format.F16, kept);
            runs.model(Format.Q4_K, kept);
        }
        return runs.all;
    }

    /** Whether products in this format have code of their own for each width. */
    static boolean hasPanels(Format format) {
        return WidthKernels.of(VectorWidth.BITS_128).panels(format) != null;
    }

    private void product(Format format) {
        int columns = format.blockLength() == 1 ? WIDTH : format.blockLength();
        Program.Builder builder = Program.builder("product");
        Value x = builder.input("x", Format.F32, rows(columns));
        Value matrix = builder.weight("matrix", format, Shape.of(20, columns));
        Value out = builder.result("out", rows(20));
        Value bias = builder.weight("bias", Format.F32, Shape.of(20));
        Value scale = builder.weight("scale", Format.F32, Shape.of(1));
        builder.add(new MatMul(out, x, matrix, bias, scale)).output(out);
        add(
                "MatMul " + format,
                builder,
                rowCounts(hasPanels(format) ? new int[] {1, 2, 10, 66} : new int[] {1, 2, 10}));
    }

    private void embed(Format format) {
        int columns = format.blockLength() == 1 ? WIDTH : format.blockLength();
        Program.Builder builder = Program.builder("embed");
        Value table = builder.weight("table", format, Shape.of(VOCABULARY, columns));
        Value out = builder.result("out", rows(columns));
        builder.add(new Embed(out, table, 2)).output(out);
        add("Embed " + format, builder, rowCounts(1, 3, 9));
    }

    private void experts(Format format) {
        int columns = format.blockLength() == 1 ? WIDTH : format.blockLength();
        Program.Builder builder = Program.builder("experts");
        Value x = builder.input("x", Format.F32, rows(columns));
        Value experts = builder.input("experts", Format.I32, rows(CHOSEN));
        Value shares = builder.input("shares", Format.F32, rows(CHOSEN));
        Value matrices = builder.weight("matrices", format, Shape.of(EXPERTS, 20, columns));
        Value each = builder.result("each", rows(CHOSEN, 20));
        Value out = builder.result("out", rows(20));
        Value bias = builder.weight("bias", Format.F32, Shape.of(EXPERTS, 20));
        builder.add(new ExpertMatMul(each, x, matrices, experts, bias))
                .add(new ExpertSum(out, each, shares))
                .output(out);
        add("ExpertMatMul " + format, builder, rowCounts(1, 10));
    }

    /** An input for each expert, as their second product has it. */
    private void expertsOfEach() {
        Program.Builder builder = Program.builder("experts");
        Value x = builder.input("x", Format.F32, rows(CHOSEN, 32));
        Value experts = builder.input("experts", Format.I32, rows(CHOSEN));
        Value matrices = builder.weight("matrices", Format.Q8_0, Shape.of(EXPERTS, 20, 32));
        Value out = builder.result("out", rows(CHOSEN, 20));
        builder.add(new ExpertMatMul(out, x, matrices, experts, null)).output(out);
        add("ExpertMatMul, an input for each", builder, rowCounts(1, 10, 66));
    }

    private void activation(Activation activation) {
        Program.Builder unary = Program.builder("unary");
        Value x = unary.input("x", Format.F32, rows(WIDTH));
        Value out = unary.result("out", rows(WIDTH));
        unary.add(new Unary(out, x, activation)).output(out);
        add("Unary " + activation, unary, rowCounts(1, 3, 66));

        Program.Builder glu = Program.builder("glu");
        Value gate = glu.input("gate", Format.F32, rows(WIDTH));
        Value up = glu.input("up", Format.F32, rows(WIDTH));
        Value result = glu.result("out", rows(WIDTH));
        glu.add(new Glu(result, gate, up, activation)).output(result);
        add("Glu " + activation, glu, rowCounts(1, 3, 66));
    }

    private interface Element {
        Op of(Value out, Value a, Value b, Value vector);
    }

    private void elements() {
        element("Scale", (out, a, _, _) -> new Scale(out, a, 3));
        element("SoftCap", (out, a, _, _) -> new SoftCap(out, a, 3));
        for (Binary.Kind kind : Binary.Kind.values()) {
            element("Binary " + kind, (out, a, b, _) -> new Binary(out, kind, a, b));
            element("Binary broadcast " + kind, (out, a, _, vector) -> new Binary(out, kind, a, vector));
        }
    }

    private void element(String name, Element element) {
        Program.Builder builder = Program.builder("element");
        Value a = builder.input("a", Format.F32, rows(WIDTH));
        Value b = builder.input("b", Format.F32, rows(WIDTH));
        Value vector = builder.weight("vector", Format.F32, Shape.of(WIDTH));
        Value out = builder.result("out", rows(WIDTH));
        builder.add(element.of(out, a, b, vector)).output(out);
        add(name, builder, rowCounts(1, 3, 66));
    }

    private void norms() {
        element("RmsNorm", (out, a, _, vector) -> new RmsNorm(out, a, vector, 1e-5f));
        Program.Builder builder = Program.builder("add and norm");
        Value a = builder.input("a", Format.F32, rows(WIDTH));
        Value b = builder.input("b", Format.F32, rows(WIDTH));
        Value vector = builder.weight("vector", Format.F32, Shape.of(WIDTH / 3));
        Value sum = builder.result("sum", rows(WIDTH));
        Value out = builder.result("out", rows(WIDTH));
        builder.add(new Binary(sum, Binary.Kind.ADD, a, b))
                .add(new RmsNorm(out, sum, vector, 1e-5f))
                .output(sum)
                .output(out);
        add("AddRmsNorm", builder, rowCounts(1, 3, 66));
    }

    private void ropes() {
        for (RopeSpec.Order order : RopeSpec.Order.values()) {
            Program.Builder builder = Program.builder("rope");
            Value x = builder.input("x", Format.F32, rows(3 * 24));
            Value factors = builder.weight("factors", Format.F32, Shape.of(8));
            Value out = builder.result("out", rows(3 * 24));
            RopeSpec spec = new RopeSpec(order, 16, 1e4, 0.25, 1, new RopeSpec.Yarn(1, 32, 1, 64));
            builder.add(new Rope(out, x, 24, spec, factors)).output(out);
            add("Rope " + order, builder, rowCounts(1, 3, 66));
        }
    }

    private void attention(Format kept, int window, float softCap) {
        KvGroup group = new KvGroup("all", 1, 2, 32, 96, window, kept, kept);
        Program.Builder builder = Program.builder("attention");
        Value q = builder.input("q", Format.F32, rows(6 * 32));
        Value k = builder.input("k", Format.F32, rows(2 * 32));
        Value v = builder.input("v", Format.F32, rows(2 * 96));
        Value out = builder.result("out", rows(6 * 96));
        builder.add(new WriteKv(k, v, group, 0))
                .add(new Attention(out, q, group, 0, 0.2f, softCap))
                .output(out);
        add(
                "Attention %s, window %d, cap %s".formatted(kept, window, softCap),
                builder,
                List.of(
                        step -> QuietRun.sequence(step, 0, 1),
                        step -> QuietRun.sequence(step, 33, 1),
                        step -> QuietRun.sequence(step, 0, 40),
                        QuietRuns::treeAndMore));
    }

    private static void treeAndMore(Step step) {
        QuietRun.sequence(step, 10, 4);
        step.tree();
        step.see(2, 0);
        QuietRun.sequence(step, 31, 1);
    }

    private void choices() {
        Program.Builder builder = Program.builder("choices");
        Value x = builder.input("x", Format.F32, rows(VOCABULARY));
        Value some = builder.result("some", Shape.rows(Dim.Symbol.OUTPUTS, VOCABULARY));
        Value ids = builder.indices("ids", new Shape(List.of(Dim.Symbol.OUTPUTS)));
        Value best = builder.indices("best", Shape.rows(Dim.Symbol.OUTPUTS, 7));
        Value values = builder.result("values", Shape.rows(Dim.Symbol.OUTPUTS, 7));
        builder.add(new Rows(some, x))
                .add(new ArgMax(ids, some))
                .add(new TopK(best, values, some))
                .output(ids, Want.ID)
                .output(best, Want.TOP_K)
                .output(values, Want.TOP_K);
        add("Rows, ArgMax, TopK", builder, List.of(step -> choice(step, 1), step -> choice(step, 60)));
    }

    private static void choice(Step step, int count) {
        QuietRun.sequence(step, 0, count);
        for (int token = 0; token < count; token++) {
            int output = step.addOutput(token, Want.bits(Want.ID, Want.TOP_K));
            if (output == 0) {
                step.mask(output);
                step.allow(output, 7);
                step.allow(output, 11);
                step.bias(output, 5, 2);
            }
        }
    }

    private void route() {
        for (Route.Scoring scoring : Route.Scoring.values()) {
            Program.Builder builder = Program.builder("route");
            Value logits = builder.input("logits", Format.F32, rows(EXPERTS));
            Value experts = builder.indices("experts", rows(CHOSEN));
            Value shares = builder.result("shares", rows(CHOSEN));
            Value bias = builder.weight("bias", Format.F32, Shape.of(EXPERTS));
            builder.add(new Route(experts, shares, logits, scoring, bias, true, 2))
                    .output(experts)
                    .output(shares);
            add("Route " + scoring, builder, rowCounts(1, 3, 66));
        }
    }

    /** A layer as models have it, with what gets fused, and ids fed back. */
    private void model(Format format, Format kept) {
        int width = 256;
        KvGroup group = new KvGroup("all", 1, 2, 32, 32, 0, kept, kept);
        Program.Builder builder = Program.builder("model");
        Value table = builder.weight("table", format, Shape.of(VOCABULARY, width));
        Value x = builder.result("x", rows(width));
        builder.add(new Embed(x, table, 1));
        Value input = normed(builder, "input", x);
        Value q = turned(builder, product(builder, "q", format, input, 4 * 32));
        Value k = turned(builder, product(builder, "k", format, input, 2 * 32));
        Value v = product(builder, "v", format, input, 2 * 32);
        Value attended = builder.result("attended", rows(4 * 32));
        builder.add(new WriteKv(k, v, group, 0)).add(new Attention(attended, q, group, 0, 0.2f, 0));
        Value mixed = builder.result("mixed", rows(width));
        builder.add(new Binary(mixed, Binary.Kind.ADD, product(builder, "o", Format.F16, attended, width), x));
        Value fed = normed(builder, "fed", mixed);
        Value gate = product(builder, "gate", format, fed, width);
        Value up = product(builder, "up", format, fed, width);
        Value active = builder.result("active", rows(width));
        builder.add(new Glu(active, gate, up, Activation.SILU));
        Value last = builder.result("last", rows(width));
        builder.add(new Binary(last, Binary.Kind.ADD, product(builder, "down", format, active, width), mixed));
        Value wanted = builder.result("wanted", Shape.rows(Dim.Symbol.OUTPUTS, width));
        Value logits = builder.result("logits", Shape.rows(Dim.Symbol.OUTPUTS, VOCABULARY));
        Value ids = builder.indices("ids", new Shape(List.of(Dim.Symbol.OUTPUTS)));
        builder.add(new Rows(wanted, normed(builder, "last", last)))
                .add(new MatMul(logits, wanted, table))
                .add(new ArgMax(ids, logits))
                .output(ids, Want.ID);
        Consumer<Step> prefill = step -> {
            QuietRun.sequence(step, 0, 40);
            step.addOutput(39, Want.bits(Want.ID));
        };
        Consumer<Step> decode = step -> {
            QuietRun.sequence(step, 40, 0);
            step.addOutput(step.addFeedback(0, 40, 40), Want.bits(Want.ID));
        };
        add("model in %s, keys in %s".formatted(format, kept), builder, List.of(prefill, decode, decode, decode));
    }

    private static Value product(Program.Builder builder, String name, Format format, Value x, int rows) {
        Value out = builder.result(name, rows(rows));
        builder.add(new MatMul(out, x, builder.weight(name + " matrix", format, Shape.of(rows, x.width()))));
        return out;
    }

    private static Value normed(Program.Builder builder, String name, Value x) {
        Value out = builder.result(name + " normed", rows(x.width()));
        builder.add(new RmsNorm(out, x, builder.weight(name + " norm", Format.F32, Shape.of(x.width())), 1e-5f));
        return out;
    }

    private static Value turned(Program.Builder builder, Value x) {
        Value out = builder.result(x.name() + " turned", rows(x.width()));
        builder.add(new Rope(out, x, 32, RopeSpec.plain(RopeSpec.Order.HALVES, 32, 1e4), null));
        return out;
    }

    private void add(String name, Program.Builder builder, List<Consumer<Step>> steps) {
        all.add(new QuietRun(device, name, builder.build(), steps));
    }

    private static List<Consumer<Step>> rowCounts(int... counts) {
        return Arrays.stream(counts)
                .<Consumer<Step>>mapToObj(count -> step -> QuietRun.sequence(step, 0, count))
                .toList();
    }

    private static Shape rows(int... widths) {
        return Shape.rows(Dim.Symbol.TOKENS, widths);
    }
}
