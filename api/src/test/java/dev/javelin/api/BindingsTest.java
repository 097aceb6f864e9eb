package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.javelin.api.Dim.Symbol;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindingsTest {
    private static final Limits LIMITS = new Limits(8, 2, 3, 64);
    private static final Shape ROWS = Shape.rows(Symbol.TOKENS, 4);

    private final Numbered values = new Numbered();
    private final Value x = values.input("x", ROWS);
    private final Value y = values.tokens("y", 4);
    private final Program program =
            new Program("p", List.of(new RmsNorm(y, x, values.vector("norm", 4), 0)), List.of(new Output(y, null)));
    private final Bindings good =
            Bindings.NONE.with(Bound.weights("norm", "more")).with("x", Bound.buffer(128));

    private void refuses(Bindings bindings, String... parts) {
        Refusal.of(() -> bindings.check(program, LIMITS), parts);
    }

    @Test
    void takesWhatIsThere() {
        assertThatCode(() -> good.check(program, LIMITS)).doesNotThrowAnyException();
        assertThatCode(() -> good.with("y", Bound.buffer(128))
                        .withFeedback(Bound.buffer(12))
                        .check(program, LIMITS))
                .doesNotThrowAnyException();
    }

    @Test
    void namesWhatIsMissing() {
        refuses(Bindings.NONE, "reads weights, none are bound", "program=p");
        refuses(Bindings.NONE.with(Bound.weights("other")), "a weight was not placed", "weight=norm");
        refuses(Bindings.NONE.with(Bound.weights("norm")), "an input is not bound", "input=x");
    }

    @Test
    void namesWhatDoesNotFit() {
        refuses(good.with("x", Bound.buffer(127)), "too small", "name=x", "bytes=127", "bytesNeeded=128");
        refuses(good.with("y", Bound.buffer(127)), "too small", "name=y");
        refuses(good.with("z", Bound.buffer(128)), "no such input or output", "name=z");
        refuses(good.with("norm", Bound.buffer(128)), "no such input or output", "name=norm");
        refuses(good.withFeedback(Bound.buffer(11)), "too small", "name=feedback", "bytesNeeded=12");
    }

    @Test
    void aBufferIsBoundOnce() {
        Buffer buffer = Bound.buffer(128);
        refuses(good.with("x", buffer).with("y", buffer), "bound once", "program=p");
        refuses(good.with("x", buffer).withFeedback(buffer), "bound once");
    }

    @Test
    void stateIsThatOfTheProgram() {
        KvGroup group = new KvGroup("g", 1, 1, 4, 4, 0, Format.F32, Format.F32);
        KvGroup f16 = new KvGroup("g", 1, 1, 4, 4, 0, Format.F16, Format.F16);
        Program keeps = new Program("k", List.of(new WriteKv(x, x, group, 0)), List.of());
        Bindings bound = Bindings.NONE.with("x", Bound.buffer(128));
        Refusal.of(() -> bound.check(keeps, LIMITS), "keeps state, none is bound", "program=k");
        StateSpec other = new StateSpec(4, List.of(new StateSpec.Blocks(f16, 1)));
        Refusal.of(() -> bound.with(Bound.states(other)).check(keeps, LIMITS), "no such group", "keyFormat=F32");
        StateSpec same = new StateSpec(4, List.of(new StateSpec.Blocks(group, 1)));
        assertThatCode(() -> bound.with(Bound.states(same)).check(keeps, LIMITS))
                .doesNotThrowAnyException();
    }
}
