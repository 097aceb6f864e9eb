package dev.javelin.kernels.gpu;

import java.util.Set;
import java.util.TreeSet;

/**
 * What kernels may choose by on one device.
 *
 * @param cpu whether it is a processor that computes in host memory
 * @param halfArithmetic whether kernels may compute in F16, not only store it
 * @param subgroupSize work-items that exchange values by shuffles; 0 where they cannot
 * @param integerDot whether four products of bytes are summed in one instruction
 * @param localBytes memory that a group shares
 * @param groupSize most work-items of a group
 * @param computeUnits how many groups run at once, at least
 * @param vectorFloats floats in a vector that the device prefers
 * @param sharesHostMemory whether it reads host memory as fast as its own
 */
public record DeviceTraits(
        boolean cpu,
        boolean halfArithmetic,
        int subgroupSize,
        boolean integerDot,
        long localBytes,
        int groupSize,
        int computeUnits,
        int vectorFloats,
        boolean sharesHostMemory) {

    /** For people: what is there, by short names. */
    public Set<String> features() {
        Set<String> names = new TreeSet<>();
        if (halfArithmetic) {
            names.add("fp16");
        }
        if (subgroupSize > 0) {
            names.add("subgroups=" + subgroupSize);
        }
        if (integerDot) {
            names.add("intdot");
        }
        if (sharesHostMemory) {
            names.add("unified");
        }
        names.add("local=" + localBytes / 1024 + "K");
        return names;
    }
}
