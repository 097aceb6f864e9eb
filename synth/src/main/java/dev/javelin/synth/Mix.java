package dev.javelin.synth;

import dev.javelin.api.Format;
import java.util.function.Function;

/**
 * Which tensor gets which format.
 *
 * @param name by which it is asked for
 * @param fileType number by which files name it; less than 0 for none
 * @param base format of most matrices
 * @param better what logits are made by
 * @param chosen the format of any other matrix, before rows that are not whole blocks are looked after
 */
record Mix(String name, int fileType, Format base, Format better, Function<Site, Format> chosen) {

    /** Every matrix in one format. */
    static Mix every(Format format, int fileType) {
        return new Mix(format.name(), fileType, format, format, site -> format);
    }

    /** The format of a tensor. */
    Format format(Tensor tensor, Shape shape) {
        if (!tensor.part().quantised()) {
            return Format.F32;
        }
        Site site = Site.of(tensor, shape);
        Format wanted = site.output() ? output(site) : chosen.apply(site);
        return fitting(wanted, site.columns());
    }

    private Format output(Site site) {
        boolean fits = site.columns() % base.blockLength() == 0;
        return base == better || fits ? better : Format.Q8_0;
    }

    /** The next of like size for rows that are not whole blocks. */
    private static Format fitting(Format wanted, long columns) {
        if (columns % wanted.blockLength() == 0) {
            return wanted;
        }
        Format other = switch (wanted) {
            case Q4_K -> Format.Q5_0;
            case Q5_K -> Format.Q5_1;
            case Q6_K, Q8_K -> Format.Q8_0;
            case TQ1_0, TQ2_0, NVFP4 -> Format.Q4_0;
            case Q2_K, Q3_K, IQ1_S, IQ1_M, IQ2_XXS, IQ2_XS, IQ2_S, IQ3_XXS, IQ3_S, IQ4_XS, Q1_0, Q2_0 -> Format.IQ4_NL;
            default -> Format.F16;
        };
        return columns % other.blockLength() == 0 ? other : Format.F16;
    }
}
