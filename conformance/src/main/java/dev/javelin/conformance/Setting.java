package dev.javelin.conformance;

import java.util.List;

/**
 * How a case is presented to the device: none of it may change the result.
 *
 * @param bound whether outputs go to buffers of the caller instead of memory of the plan
 * @param sliced whether weights are cut from wider matrices, so that their rows are apart and not aligned
 */
record Setting(boolean bound, boolean sliced) {

    static final Setting PLAIN = new Setting(false, false);

    /** Every setting. */
    static final Axis<Setting> AXIS = Axis.drawn(
            "setting", List.of(PLAIN, new Setting(true, false), new Setting(false, true), new Setting(true, true)));

    @Override
    public String toString() {
        return (bound ? "bound" : "owned") + (sliced ? "+sliced" : "");
    }
}
