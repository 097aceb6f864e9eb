package dev.javelin.kernels.reference;

import dev.javelin.api.Activation;
import dev.javelin.api.Binary;
import dev.javelin.api.Glu;
import dev.javelin.api.Scale;
import dev.javelin.api.SoftCap;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Unary;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Operations whose every element depends on the same element of one or two operands, and on nothing else. */
final class ReferencePointwise implements Kernel {
    private final Value result;
    private final Floats out;
    private final Floats a;
    private final Floats b;
    private final DoubleBinaryOperator function;

    private ReferencePointwise(Value out, Value a, Floats b, DoubleBinaryOperator function, PlanMemory<?> memory) {
        this.result = out;
        this.out = Floats.of(out, memory);
        this.a = Floats.of(a, memory);
        this.b = b;
        this.function = function;
    }

    private static ReferencePointwise of(Value out, Value x, DoubleUnaryOperator function, PlanMemory<?> memory) {
        return new ReferencePointwise(out, x, Floats.of(x, memory), (a, _) -> function.applyAsDouble(a), memory);
    }

    static Kernel unary(Unary op, PlanMemory<?> memory) {
        return of(op.out(), op.x(), activation(op.activation()), memory);
    }

    static Kernel glu(Glu op, PlanMemory<?> memory) {
        DoubleUnaryOperator activation = activation(op.activation());
        return new ReferencePointwise(
                op.out(),
                op.gate(),
                Floats.of(op.up(), memory),
                (gate, up) -> activation.applyAsDouble(gate) * up,
                memory);
    }

    static Kernel scale(Scale op, PlanMemory<?> memory) {
        return of(op.out(), op.x(), x -> op.factor() * x, memory);
    }

    static Kernel softCap(SoftCap op, PlanMemory<?> memory) {
        return of(op.out(), op.x(), x -> op.cap() * StrictMath.tanh(x / op.cap()), memory);
    }

    static Kernel binary(Binary op, PlanMemory<Tensor> memory) {
        Floats b = op.broadcast() ? Vector.of(op.b(), memory).floats() : Floats.of(op.b(), memory);
        DoubleBinaryOperator function = switch (op.kind()) {
            case ADD -> Double::sum;
            case MULTIPLY -> (x, y) -> x * y;
        };
        return new ReferencePointwise(op.out(), op.a(), b, function, memory);
    }

    /** The formulas of {@link Activation}. */
    static DoubleUnaryOperator activation(Activation activation) {
        return switch (activation) {
            case SILU -> x -> x / (1 + StrictMath.exp(-x));
            case GELU_TANH -> x -> x / 2 * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case GELU_ERF -> x -> x / 2 * Erf.complement(-x / Math.sqrt(2)); // 1 + erf(z) = 1 - erf(-z)
            case RELU_SQUARED -> x -> Math.max(x, 0) * Math.max(x, 0);
        };
    }

    @Override
    public void run(Step step) {
        long elements = (long) result.rows().in(step) * result.width();
        for (long i = 0; i < elements; i++) { // one row of b may serve all rows of a
            out.set(i, function.applyAsDouble(a.get(i), b.get(i % b.elements())));
        }
    }
}
