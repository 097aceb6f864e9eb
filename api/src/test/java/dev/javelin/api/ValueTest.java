package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Value.Kind;
import org.junit.jupiter.api.Test;

class ValueTest {

    @Test
    void takesItsBytesFromTheLimits() {
        Value value = new Value(0, "x", Kind.RESULT, Format.F32, Shape.rows(Symbol.OUTPUTS, 3));
        assertThat(value.bytes(new Limits(8, 1, 5, 1))).isEqualTo(60);
        Value weight = new Value(0, "w", Kind.WEIGHT, Format.Q4_0, Shape.of(2, 64));
        assertThat(weight.bytes(new Limits(1, 1, 1, 1))).isEqualTo(72);
    }

    @Test
    void refusesWhatNoDeviceCouldHold() {
        Refusal.of(() -> new Value(3, " ", Kind.RESULT, Format.F32, Shape.of(1)), "needs a name", "id=3");
        Refusal.of(
                () -> new Value(0, "w", Kind.WEIGHT, Format.F32, Shape.rows(Symbol.TOKENS, 4)),
                "constant shape",
                "name=w");
        Refusal.of(
                () -> new Value(0, "w", Kind.WEIGHT, Format.Q4_0, Shape.of(64, 33)),
                "whole blocks",
                "name=w",
                "Q4_0",
                "blockLength=32");
        Refusal.of(() -> new Value(0, "x", Kind.RESULT, Format.F16, Shape.of(4)), "F32 or I32", "format=F16");
        Refusal.of(() -> new Value(0, "x", Kind.INPUT, Format.Q8_0, Shape.of(32)), "F32 or I32", "format=Q8_0");
    }

    @Test
    void wantsOfOutputsHaveOneRowForEach() {
        Numbered values = new Numbered();
        Value rows = values.outputs("rows", 4);
        Value tokens = values.tokens("tokens", 4);
        Value ids = values.indices("ids", Shape.rows(Symbol.OUTPUTS));
        assertThat(new Output(ids, Want.ID).want()).isEqualTo(Want.ID);
        assertThat(new Output(tokens, null).value()).isEqualTo(tokens);
        Refusal.of(() -> new Output(values.input("in", Shape.of(1)), null), "an output is a result", "INPUT");
        Refusal.of(() -> new Output(tokens, Want.HIDDEN), "one row for each", "tokens", "HIDDEN");
        Refusal.of(() -> new Output(rows, Want.ID), "ids are one I32", "rows");
        Refusal.of(() -> new Output(values.indices("two", Shape.rows(Symbol.OUTPUTS, 2)), Want.ID), "ids are one I32");
    }
}
