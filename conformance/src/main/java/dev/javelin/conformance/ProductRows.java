package dev.javelin.conformance;

import dev.javelin.api.Device;
import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.MatMul;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import java.util.List;
import java.util.Objects;

/** Products of the same rows in batches of several sizes, each row at another place. */
final class ProductRows {

    private static final int ROWS = 33;
    private static final int N = 37;

    private final Program program;
    private final Value x;
    private final Value matrix;
    private final Precision precision;
    private final int width;

    ProductRows(Format format, Precision precision) {
        this.precision = precision;
        this.width = Axes.columns(format, 2);
        Program.Builder builder = Program.builder("product " + format);
        this.x = builder.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, width));
        this.matrix = builder.weight("matrix", format, Shape.of(N, width));
        Value out = builder.result("out", Shape.rows(Dim.Symbol.TOKENS, N));
        this.program = builder.add(new MatMul(out, x, matrix)).output(out).build();
    }

    boolean supported(Device device) {
        return device.supports(program.ops().getFirst());
    }

    void check(Device device) {
        Case whole = tried(ROWS, 0);
        Snapshot all = observe(device, whole);
        Estimate estimate =
                Objects.requireNonNull(Formulas.of(whole, whole.contents(), op -> device.activation(op, precision))
                        .turns
                        .getFirst()
                        .get("out"));
        CompanyPromises.sizes().forEach(size -> {
            for (int from : size == ROWS ? List.of(0) : List.of(0, 5, ROWS - size)) {
                if (from + size <= ROWS) {
                    compare(device, size, from, all, estimate);
                }
            }
        });
    }

    private void compare(Device device, int size, int from, Snapshot all, Estimate estimate) {
        Snapshot some = observe(device, tried(size, from));
        for (int i = 0; i < size * N; i++) {
            double wanted = all.at(from * N + i);
            double most = CompanyPromises.exactly(device) ? 0 : Comparison.PEAK * estimate.noise[from * N + i];
            Claim.that(
                    Math.abs(some.at(i) - wanted) <= most,
                    "a row does not depend on company: program=%s, row=%d, column=%d, inBatchOf%d=%s, inBatchOf%d=%s,"
                            + " tolerated=%s",
                    program.name(),
                    from + i / N,
                    i % N,
                    size,
                    some.at(i),
                    ROWS,
                    wanted,
                    most);
        }
    }

    private static Snapshot observe(Device device, Case tried) {
        Observed observed = DeviceRun.of(device, tried, tried.program(), tried.contents());
        return Objects.requireNonNull(observed.turns.getFirst().get("out"));
    }

    /** The product of some of the rows. */
    private Case tried(int rows, int from) {
        Draw draw = new Draw(9, program.name());
        return Case.builder("company", program.name(), 9, program)
                .limits(RowsOf.TOKENS.limits(rows, 0))
                .precision(precision)
                .turns(List.of(RowsOf.TOKENS.turn(rows)))
                .contents(() -> {
                    Contents contents = new Contents();
                    draw.weight(contents, matrix);
                    float[] all = Spread.OUTLIERS.fill(draw.random("x"), ROWS, width);
                    contents.floats.put(
                            x.name(), java.util.Arrays.copyOfRange(all, from * width, (from + rows) * width));
                    return contents;
                })
                .build();
    }
}
