package dev.javelin.kernels.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Plan;
import dev.javelin.api.Program;
import dev.javelin.api.Rows;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.WriteKv;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What kernels find when a plan is compiled. */
class HostPlanMemoryTest {
    private static final KvGroup OTHER = new KvGroup("other", 1, 1, 4, 4, 0, Format.F32, Format.F32);
    private static final KvGroup GROUP = new KvGroup("g", 2, 1, 8, 8, 0, Format.F32, Format.F16);
    private static final StateSpec STATES =
            new StateSpec(4, List.of(new StateSpec.Blocks(OTHER, 2), new StateSpec.Blocks(GROUP, 3)));

    private final ToyEngine engine = new ToyEngine(1 << 20);
    private final HostDevice<MemorySegment> device = new HostDevice<>(engine);
    private final Buffer x = Toys.rising(device);
    private final List<PlanMemory<MemorySegment>> seen = new ArrayList<>();

    @AfterEach
    void close() {
        device.close();
    }

    /** Keeps its input, brings back its rows and then the ids chosen from them. */
    private static Program program() {
        Program.Builder program = Program.builder("p");
        Value x = program.input("x", Format.F32, Shape.rows(Symbol.TOKENS, Toys.WIDTH));
        Value rows = program.result("rows", Shape.rows(Symbol.OUTPUTS, Toys.WIDTH));
        Value ids = program.indices("ids", Shape.rows(Symbol.OUTPUTS));
        return program.add(new WriteKv(x, x, GROUP, 0))
                .add(new Rows(rows, x))
                .add(new ArgMax(ids, rows))
                .output(rows, Want.HIDDEN)
                .output(ids, Want.ID)
                .build();
    }

    private Plan prepare(Bindings bindings) {
        engine.onMemory = seen::add;
        return device.prepare(Toys.spec(program()), bindings.with("x", x));
    }

    @Test
    void memoryIsWhatWasAskedFor() {
        StateStore states = device.openStates(STATES);
        Plan plan = prepare(Bindings.NONE.with(states));
        PlanMemory<MemorySegment> memory = seen.getFirst();
        assertThat(seen).hasSize(3).containsOnly(memory);
        assertThat(memory.limits()).isEqualTo(Toys.LIMITS);
        assertThat(memory.groupIndex(GROUP)).isEqualTo(1);
        assertThat(memory.blockTokens()).isEqualTo(4);
        assertThat(memory.blocks(GROUP).byteSize()).isEqualTo(3 * GROUP.blockBytes(4));
        assertThat(memory.scratch().byteSize()).isEqualTo(1000); // of the operation that takes most
        assertThat(memory.feedback().byteSize()).isEqualTo(8);
        List<MemorySegment> pieces =
                new ArrayList<>(List.of(memory.blocks(GROUP), memory.scratch(), memory.feedback()));
        program().inputs().values().forEach(input -> pieces.add(memory.of(input)));
        assertThat(pieces).hasSize(4).allMatch(piece -> piece.address() % 64 == 0);
        // rows and ids, each to a multiple of 64 bytes, scratch and feedback
        assertThat(device.memoryUse().plans()).isEqualTo(64 + 64 + 1000 + 8);
        states.importBlock(1, 2, MemorySegment.ofArray(new byte[(int) GROUP.blockBytes(4)]));
        plan.close();
    }

    @Test
    void idsAreKeptWhateverElseComesBack() {
        Plan plan = prepare(Bindings.NONE.with(device.openStates(STATES)));
        try (Step step = new Step(Toys.LIMITS, STATES)) {
            step.addSequence();
            step.setBlock(1, 0, 0);
            step.addToken(0, 0, 0);
            step.addOutput(0, Want.ID.bit());
            plan.run(step).await();
            assertThat(plan.output("ids").get(JAVA_INT, 0)).isEqualTo(Toys.WIDTH - 1);
            assertThat(seen.getFirst().feedback().get(JAVA_INT, 0)).isEqualTo(Toys.WIDTH - 1);
        }
    }

    @Test
    void statesMustBeThoseOfTheProgramAndOpen() {
        assertThatThrownBy(() -> prepare(Bindings.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keeps state, none is bound");
        StateStore other = device.openStates(new StateSpec(4, List.of(new StateSpec.Blocks(OTHER, 2))));
        assertThatThrownBy(() -> prepare(Bindings.NONE.with(other))).hasMessageContaining("no such group");
        StateStore states = device.openStates(STATES);
        Plan plan = prepare(Bindings.NONE.with(states));
        states.close();
        try (Step step = new Step(Toys.LIMITS, STATES)) {
            step.addSequence();
            step.setBlock(1, 0, 0);
            step.addToken(0, 0, 0);
            assertThatThrownBy(() -> plan.run(step)).hasMessage("the state store is closed: device=toy:0");
        }
    }
}
