package dev.javelin.conformance.broken;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Bindings;
import dev.javelin.api.Completion;
import dev.javelin.api.Output;
import dev.javelin.api.Plan;
import dev.javelin.api.Step;
import dev.javelin.api.Want;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Of what a step wants of a row, only one wish is honoured; what else it wants comes out as no number and no id. */
final class WishFaults {

    private WishFaults() {}

    static List<DeviceFault> all() {
        return List.of(
                fault("Rows", "only the last of WANTS honoured", Integer::highestOneBit),
                fault("TopK", "only the last of WANTS honoured", Integer::highestOneBit),
                fault("TopK", "only the first of WANTS honoured", Integer::lowestOneBit),
                fault("ArgMax", "only the first of WANTS honoured", Integer::lowestOneBit));
    }

    /** Finds the one bit that is honoured. */
    @FunctionalInterface
    private interface Honoured {
        int of(int wants);
    }

    private static DeviceFault fault(String where, String name, Honoured honoured) {
        return new DeviceFault(where, name, () -> new RelayDevice() {
            @Override
            Plan relay(Plan opened, Bindings bindings) {
                return new OwnOutputs(opened) {
                    @Override
                    public Completion run(Step step) {
                        Completion run = super.run(step);
                        spec().program().outputs().forEach(output -> spoil(output, step));
                        return run;
                    }

                    private void spoil(Output output, Step step) {
                        Want want = output.want();
                        MemorySegment rows = own.get(output.value().name());
                        if (want == null || rows == null) {
                            return;
                        }
                        int columns = Numbers.columns(output.value());
                        for (long i = 0; i < (long) step.outputs() * columns; i++) {
                            int wants = step.wants((int) (i / columns));
                            if ((wants & want.bit()) != 0 && honoured.of(wants) != want.bit()) {
                                rows.setAtIndex(JAVA_INT, i, -1); // as a float, NaN
                            }
                        }
                    }
                };
            }
        });
    }
}
