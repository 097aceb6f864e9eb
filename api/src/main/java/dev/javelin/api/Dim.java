package dev.javelin.api;

/** One dimension of a {@link Shape}: a constant, or a count that each {@link Step} brings with it. */
public sealed interface Dim {

    /** A dimension that is the same in every step. */
    record Fixed(int size) implements Dim {
        public Fixed {
            Check.that(size > 0, "a dimension must be positive: size=%d", size);
        }

        @Override
        public String toString() {
            return Integer.toString(size);
        }
    }

    /** A dimension that differs from step to step. */
    enum Symbol implements Dim {
        /** The new tokens of the step, over all its sequences. */
        TOKENS,
        /** The rows of the step for which something is wanted. */
        OUTPUTS,
        /** The sequences of the step. */
        SEQUENCES
    }

    /** The largest size that the dimension takes under the limits. */
    default int most(Limits limits) {
        return switch (this) {
            case Fixed(int size) -> size;
            case Symbol.TOKENS -> limits.tokens();
            case Symbol.OUTPUTS -> limits.outputs();
            case Symbol.SEQUENCES -> limits.sequences();
        };
    }

    /** The size that the dimension has in the step. */
    default int in(Step step) {
        return switch (this) {
            case Fixed(int size) -> size;
            case Symbol.TOKENS -> step.tokens();
            case Symbol.OUTPUTS -> step.outputs();
            case Symbol.SEQUENCES -> step.sequences();
        };
    }
}
