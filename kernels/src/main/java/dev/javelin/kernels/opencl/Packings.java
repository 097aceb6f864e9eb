package dev.javelin.kernels.opencl;

import dev.javelin.api.Format;
import dev.javelin.kernels.format.Lattice;
import dev.javelin.kernels.gpu.Arg;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The packing of every format that weights can have. */
final class Packings {

    // bytes of a unit, and weights that it belongs to
    private static final PlaneUnits FOUR_BITS = new PlaneUnits(16, 32);
    private static final PlaneUnits TWO_BITS = new PlaneUnits(8, 32);
    private static final PlaneUnits ONE_BIT = new PlaneUnits(4, 32);
    private static final PlaneUnits EIGHT_BITS = new PlaneUnits(16, 16);
    private static final PlaneUnits WORDS8 = new PlaneUnits(8, 32);
    private static final PlaneUnits WORDS4 = new PlaneUnits(4, 32);

    private static final Map<Format, Packing> BY_FORMAT = byFormat();

    private Packings() {}

    static Packing of(Format format) {
        Packing packing = BY_FORMAT.get(format);
        if (packing == null) {
            throw new IllegalArgumentException("weights have no such format: format=" + format);
        }
        return packing;
    }

    private static Map<Format, Packing> byFormat() {
        Map<Format, Packing> packings = new EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            Packing packing = create(format);
            if (packing != null) {
                packings.put(format, packing);
            }
        }
        return packings;
    }

    /** No default branch: a new format does not compile until it is packed. */
    private static @Nullable Packing create(Format format) {
        return switch (format) {
            case F32 -> plain(format, 4);
            case F16, BF16 -> plain(format, 8);
            case Q4_0 -> simple(format, "q4_0", SimplePackers::q4_0, FOUR_BITS, scale(2, 32));
            case Q4_1 -> simple(format, "q4_1", SimplePackers::q4_1, FOUR_BITS, scale(4, 32));
            case Q5_0 -> simple(format, "q5_0", SimplePackers::q5_0, FOUR_BITS, ONE_BIT, scale(2, 32));
            case Q5_1 -> simple(format, "q5_1", SimplePackers::q5_1, FOUR_BITS, ONE_BIT, scale(4, 32));
            case Q8_0 -> simple(format, "q8_0", SimplePackers::q8_0, EIGHT_BITS, scale(2, 32));
            case Q2_K -> simple(format, "q2_k", SuperPackers::q2_k, TWO_BITS, scale(2, 32), scale(4, 256));
            case Q3_K -> simple(format, "q3_k", SuperPackers::q3_k, TWO_BITS, ONE_BIT, scale(2, 32), scale(2, 256));
            case Q4_K -> simple(format, "q4_k", SuperPackers::q4_k, FOUR_BITS, scale(2, 32), scale(4, 256));
            case Q5_K -> simple(format, "q5_k", SuperPackers::q5_k, FOUR_BITS, ONE_BIT, scale(2, 32), scale(4, 256));
            case Q6_K -> simple(format, "q6_k", SuperPackers::q6_k, FOUR_BITS, TWO_BITS, scale(2, 32), scale(2, 256));
            case Q8_K -> simple(format, "q8_k", SimplePackers::q8_k, EIGHT_BITS, scale(4, 256));
            case IQ1_S -> lattice(format, "iq1", Lattice::iq1, LatticePackers::iq1_s, WORDS4, scale(2, 32));
            case IQ1_M ->
                lattice(format, "iq1", Lattice::iq1, LatticePackers::iq1_m, WORDS4, scale(2, 32), scale(1, 32));
            case IQ2_XXS -> lattice(format, "iq2_xxs", Lattice::iq2xxs, LatticePackers::iq2_xxs, WORDS8);
            case IQ2_XS -> lattice(format, "iq2_xs", Lattice::iq2xs, LatticePackers::iq2_xs, WORDS8, scale(1, 32));
            case IQ2_S -> lattice(format, "iq2_s", Lattice::iq2s, LatticePackers::iq2_s, WORDS4, ONE_BIT, scale(2, 32));
            case IQ3_XXS -> lattice(format, "iq3_xxs", Lattice::iq3xxs, LatticePackers::iq3_xxs, WORDS8, scale(4, 32));
            case IQ3_S -> lattice(format, "iq3_s", Lattice::iq3s, LatticePackers::iq3_s, WORDS8, ONE_BIT, scale(2, 32));
            case IQ4_NL -> simple(format, "levels", SimplePackers::q4_0, FOUR_BITS, scale(2, 32));
            case IQ4_XS ->
                with(
                        "GROUPED",
                        "",
                        simple(format, "levels", SuperPackers::iq4_xs, FOUR_BITS, scale(1, 32), scale(2, 256)));
            case TQ1_0 -> with("SPAN", "8", simple(format, "ternary", SimplePackers::tq1_0, TWO_BITS, scale(2, 256)));
            case TQ2_0 -> with("SPAN", "8", simple(format, "ternary", SimplePackers::tq2_0, TWO_BITS, scale(2, 256)));
            case Q1_0 -> simple(format, "q1_0", SimplePackers::q1_0, ONE_BIT, scale(2, 128));
            case Q2_0 -> with("SPAN", "2", simple(format, "ternary", SimplePackers::q2_0, TWO_BITS, scale(2, 64)));
            case MXFP4 -> simple(format, "fp4", SimplePackers::mxfp4, FOUR_BITS, scale(1, 32));
            case NVFP4 -> with("GROUPED", "", simple(format, "fp4", SimplePackers::nvfp4, FOUR_BITS, scale(2, 32)));
            case F64, I8, I16, I32, I64 -> null;
        };
    }

    private static PlaneUnits scale(int bytes, int weights) {
        return new PlaneUnits(bytes, weights);
    }

    private static Packing plain(Format format, int weights) {
        String text = format == Format.F32 ? "f32" : format == Format.F16 ? "f16" : "bf16";
        return simple(format, text, PlainPackers::pack, new PlaneUnits(PlainPackers.UNIT, weights));
    }

    private static Packing simple(Format format, String text, BlockPacker packer, PlaneUnits... units) {
        return new Packing(format, text, Map.of(), List.of(units), null, packer);
    }

    private static Packing with(String macro, String value, Packing packing) {
        return new Packing(
                packing.format(),
                packing.text(),
                Map.of(macro, value),
                packing.units(),
                packing.codes(),
                packing.packer());
    }

    /** The last plane is that of the scale of the block. */
    private static Packing lattice(
            Format format,
            String points,
            java.util.function.Supplier<Lattice> lattice,
            BlockPacker packer,
            PlaneUnits... units) {
        List<PlaneUnits> all = new java.util.ArrayList<>(List.of(units));
        all.add(scale(2, 256));
        Arg.Table codes = LatticePackers.points(points, lattice);
        return new Packing(format, Sources.stem(format), Map.of(), List.copyOf(all), codes, packer);
    }
}
