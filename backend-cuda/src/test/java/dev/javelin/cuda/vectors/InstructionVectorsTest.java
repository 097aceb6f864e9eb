package dev.javelin.cuda.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.cuda.simulated.GpuModel;
import dev.javelin.cuda.simulated.SimulatedCuda;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Each instruction as the interpreter executes it, against what the manual says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstructionVectorsTest {
    private final SimulatedCuda cuda = new SimulatedCuda(GpuModel.hopper());
    private final VectorRun run = new VectorRun(cuda, 0);

    @AfterAll
    void close() {
        run.close();
        assertThat(cuda.open()).isEmpty();
        cuda.close();
    }

    @TestFactory
    Stream<DynamicTest> vectors() {
        return VectorFile.vectors().stream()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.instruction(),
                        () -> assertThat(VectorCheck.differences(vector, run.run(vector)))
                                .isEmpty()));
    }
}
