package dev.javelin.api;

import org.jspecify.annotations.Nullable;

/**
 * A value that the caller wants to read after a run.
 *
 * @param want the wish that brings a row of it back, with one row for each {@link Dim.Symbol#OUTPUTS output}; null brings back
 *     the whole value after every run
 */
public record Output(Value value, @Nullable Want want) {
    public Output {
        Check.that(value.kind() == Value.Kind.RESULT, "an output is a result: value=%s, kind=%s", value, value.kind());
        Check.that(
                want == null || value.rows() == Dim.Symbol.OUTPUTS,
                "what is wanted of output rows has one row for each: value=%s, want=%s",
                value,
                want);
        Check.that(
                want != Want.ID
                        || (value.format() == Format.I32 && value.shape().rank() == 1),
                "ids are one I32 for each output row: value=%s",
                value);
    }
}
