package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.ACTIVATION;
import static dev.javelin.conformance.Axes.SPREAD;
import static dev.javelin.conformance.Axes.TOKENS;
import static dev.javelin.conformance.Axes.WIDTH;

import dev.javelin.api.Binary;
import dev.javelin.api.Glu;
import dev.javelin.api.Scale;
import dev.javelin.api.SoftCap;
import dev.javelin.api.Unary;
import dev.javelin.api.Value;
import java.util.List;

/** Operations element by element: one family for each. */
enum PointwiseCases implements CaseFamily {
    UNARY("Unary", List.of(ACTIVATION)) {
        @Override
        void add(RowCase made, Choice choice, Value x, Value out) {
            made.add(new Unary(out, x, choice.of(ACTIVATION)));
        }
    },
    GLU("Glu", List.of(ACTIVATION)) {
        @Override
        void add(RowCase made, Choice choice, Value x, Value out) {
            Value up = made.input("up", choice.of(SPREAD), choice.of(WIDTH));
            made.add(new Glu(out, x, up, choice.of(ACTIVATION)));
        }
    },
    BINARY("Binary", List.of(Other.AXIS, Other.KIND)) {
        @Override
        void add(RowCase made, Choice choice, Value x, Value out) {
            Value other = switch (choice.of(Other.AXIS)) {
                case ROWS -> made.input("b", choice.of(SPREAD), choice.of(WIDTH));
                case ONE_ROW -> made.vector("b", choice.of(WIDTH), -3, 3);
                case ITSELF -> x;
            };
            made.add(new Binary(out, choice.of(Other.KIND), x, other));
        }
    },
    SCALE("Scale", List.of(Constants.FACTOR)) {
        @Override
        void add(RowCase made, Choice choice, Value x, Value out) {
            made.add(new Scale(out, x, choice.of(Constants.FACTOR)));
        }
    },
    SOFT_CAP("SoftCap", List.of(Constants.CAP)) {
        @Override
        void add(RowCase made, Choice choice, Value x, Value out) {
            made.add(new SoftCap(out, x, choice.of(Constants.CAP)));
        }
    };

    /** The second operand. */
    private enum Other {
        ROWS,
        ONE_ROW,
        ITSELF;

        static final Axis<Other> AXIS = Axis.of("b", List.of(values()));
        static final Axis<Binary.Kind> KIND = Axis.of("kind", List.of(Binary.Kind.values()));
    }

    private static final class Constants {
        static final Axis<Float> FACTOR = Axis.of("factor", List.of(0f, 1f, -0.37f, 45.25f));
        static final Axis<Float> CAP = Axis.of("cap", List.of(0.5f, 30f, 1000f));
    }

    private final String operation;

    @SuppressWarnings("ImmutableEnumChecker") // the list is immutable
    private final List<Axis<?>> own;

    PointwiseCases(String operation, List<Axis<?>> own) {
        this.operation = operation;
        this.own = own;
    }

    abstract void add(RowCase made, Choice choice, Value x, Value out);

    @Override
    public String operation() {
        return operation;
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(Axes.and(own, TOKENS, WIDTH, SPREAD), RowCase.AXES);
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        RowCase made = new RowCase(this, choice, name, seed, choice.of(TOKENS));
        Value x = made.input("x", choice.of(SPREAD), choice.of(WIDTH));
        Value out = made.result("out", choice.of(WIDTH));
        add(made, choice, x, out);
        return made.output(out).build();
    }
}
