package dev.javelin.cuda.ptx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an instruction works on, as written. */
sealed interface Operand {

    /** A declared register; {@code id} tells apart those of one name in different scopes. */
    record Register(String name, PtxType type, int id) implements Operand {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A register that the hardware fills, such as {@code %tid.x}. */
    record Special(String name) implements Operand {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A number. {@code bits} are those of an integer, of a float, or of a double. */
    record Immediate(long bits, Form form) implements Operand {
        enum Form {
            INTEGER,
            FLOAT,
            DOUBLE
        }

        @Override
        public String toString() {
            return switch (form) {
                case INTEGER -> Long.toString(bits);
                case FLOAT -> "0f%08X".formatted((int) bits);
                case DOUBLE -> "0d%016X".formatted(bits);
            };
        }
    }

    /** A variable, a label or a function, and a distance from it. */
    record Symbol(String name, long offset) implements Operand {
        @Override
        public String toString() {
            return offset == 0 ? name : name + "+" + offset;
        }
    }

    /** A place in memory: register or variable (none for an absolute one) and distance, in brackets. */
    record Address(@Nullable Operand base, long offset) implements Operand {
        @Override
        public String toString() {
            return "[" + (base == null ? "" : base + "+") + offset + "]";
        }
    }

    /** Several in braces. */
    record Vector(List<Operand> elements) implements Operand {}

    /** Several in parentheses: parameters and results of a call. */
    record Group(List<Operand> elements) implements Operand {}

    /** Two results with a bar between them. */
    record Pair(Operand first, Operand second) implements Operand {}

    /** A predicate turned round. */
    record Negated(Operand predicate) implements Operand {}

    /** An underscore: a result that nobody wants. */
    record Sink() implements Operand {}
}
