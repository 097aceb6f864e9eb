package dev.javelin.conformance;

import dev.javelin.api.Limits;
import java.util.List;

/**
 * How a case is presented to the device: none of it may change the result.
 *
 * @param bound whether outputs go to buffers of the caller instead of memory of the plan
 * @param sliced whether weights are cut from wider matrices, so that their rows are apart and not aligned
 * @param wideStep whether the step was made for larger limits than the plan, so that its columns lie elsewhere
 */
record Setting(boolean bound, boolean sliced, boolean wideStep) {

    static final Setting PLAIN = new Setting(false, false, false);

    static final Axis<Setting> AXIS = Axis.drawn(
            "setting",
            List.of(
                    PLAIN,
                    new Setting(true, false, true),
                    new Setting(false, true, true),
                    new Setting(true, true, false)));

    /** The limits that the step is made for. */
    Limits ofStep(Limits plan) {
        return wideStep
                ? new Limits(
                        plan.tokens() + 3, plan.sequences() + 2, plan.outputs() + 1, plan.context() + 40, plan.extras())
                : plan;
    }

    @Override
    public String toString() {
        return (bound ? "bound" : "owned") + (sliced ? "+sliced" : "") + (wideStep ? "+wideStep" : "");
    }
}
