package dev.javelin.conformance;

import dev.javelin.api.Limits;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.StateSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing to try on a device: a program, the numbers it works on, the runs, and how its results come back. Immutable; the
 * same seed and name give the same case. {@link CaseRunner} runs it.
 */
public final class Case {

    private final String family;
    private final String name;
    private final long seed;
    private final Program program;
    private final @Nullable Program parts;
    private final Limits limits;
    private final Precision precision;
    private final @Nullable StateSpec states;
    private final Setting setting;
    private final Supplier<Contents> contents;
    private final List<Turn> turns;

    private Case(Builder builder) {
        this.family = builder.family;
        this.name = builder.name;
        this.seed = builder.seed;
        this.program = builder.program;
        this.parts = builder.parts;
        this.limits = Objects.requireNonNull(builder.limits, "limits");
        this.precision = builder.precision;
        this.states = builder.states;
        this.setting = builder.setting;
        this.contents = Objects.requireNonNull(builder.contents, "contents");
        this.turns = List.copyOf(builder.turns);
    }

    static Builder builder(String family, String name, long seed, Program program) {
        return new Builder(family, name, seed, program);
    }

    /** The operation that is tried, such as {@code MatMul}. */
    public String family() {
        return family;
    }

    /** Unique, and enough to run the case again. */
    public String name() {
        return name;
    }

    /** What its numbers come from. */
    public long seed() {
        return seed;
    }

    public Program program() {
        return program;
    }

    /** The same work as operations that no device can fuse, which must give the same; null where there is nothing fused. */
    @Nullable
    Program parts() {
        return parts;
    }

    public Limits limits() {
        return limits;
    }

    public Precision precision() {
        return precision;
    }

    /** Null for a program that keeps no state. */
    public @Nullable StateSpec states() {
        return states;
    }

    Setting setting() {
        return setting;
    }

    /** Makes the numbers; the same each time. */
    Contents contents() {
        return contents.get();
    }

    List<Turn> turns() {
        return turns;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects what a case consists of. */
    static final class Builder {
        private final String family;
        private final String name;
        private final long seed;
        private final Program program;
        private @Nullable Program parts;
        private @Nullable Limits limits;
        private Precision precision = Precision.EXACT;
        private @Nullable StateSpec states;
        private Setting setting = Setting.PLAIN;
        private @Nullable Supplier<Contents> contents;
        private List<Turn> turns = List.of();

        private Builder(String family, String name, long seed, Program program) {
            this.family = family;
            this.name = name;
            this.seed = seed;
            this.program = program;
        }

        Builder parts(Program other) {
            this.parts = other;
            return this;
        }

        Builder limits(Limits most) {
            this.limits = most;
            return this;
        }

        Builder precision(Precision care) {
            this.precision = care;
            return this;
        }

        Builder states(StateSpec spec) {
            this.states = spec;
            return this;
        }

        Builder setting(Setting how) {
            this.setting = how;
            return this;
        }

        Builder contents(Supplier<Contents> maker) {
            this.contents = maker;
            return this;
        }

        Builder turns(List<Turn> runs) {
            this.turns = runs;
            return this;
        }

        Case build() {
            return new Case(this);
        }
    }
}
