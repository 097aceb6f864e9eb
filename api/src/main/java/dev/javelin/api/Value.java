package dev.javelin.api;

/**
 * An operand: a name for numbers that get their memory only when a program is prepared.
 *
 * @param id unique in the program
 * @param name unique in the program among weights and inputs; those and outputs are bound by it
 * @param kind where the numbers come from
 * @param format of a weight any format; of other values {@link Format#F32} or {@link Format#I32}
 * @param shape of a weight constant
 */
public record Value(int id, String name, Kind kind, Format format, Shape shape) {

    /** Where the numbers of a value come from. */
    public enum Kind {
        /** Placed on the device before, found by name, never written. */
        WEIGHT,
        /** A buffer that the caller bound, never written by the program. */
        INPUT,
        /** Written by exactly one operation. */
        RESULT
    }

    public Value {
        Check.that(!name.isBlank(), "a value needs a name: id=%d", id);
        if (kind == Kind.WEIGHT) {
            Check.that(shape.fixed(), "a weight has a constant shape: name=%s, shape=%s", name, shape);
            Check.that(
                    lastSize(shape) % format.blockLength() == 0,
                    "rows must be whole blocks: name=%s, shape=%s, format=%s, blockLength=%d",
                    name,
                    shape,
                    format,
                    format.blockLength());
        } else {
            Check.that(
                    format == Format.F32 || format == Format.I32,
                    "activations are F32 or I32: name=%s, format=%s",
                    name,
                    format);
        }
    }

    /** See {@link Shape#rowCount()}. */
    public Dim rows() {
        return shape.rowCount();
    }

    /** See {@link Shape#width()}. */
    public int width() {
        return shape.width();
    }

    /** Bytes that the value takes at most under the limits. */
    public long bytes(Limits limits) {
        return format.bytes(shape.most(limits));
    }

    public boolean isWeight() {
        return kind == Kind.WEIGHT;
    }

    private static int lastSize(Shape shape) {
        return shape.size(shape.rank() - 1);
    }

    @Override
    public String toString() {
        return "%s:%s%s".formatted(name, format, shape);
    }
}
