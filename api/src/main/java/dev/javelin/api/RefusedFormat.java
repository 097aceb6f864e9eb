package dev.javelin.api;

import org.jspecify.annotations.Nullable;

/**
 * Format ids that occur in files but are refused: retired ones, ones of forks, and ones meant for activations.
 *
 * <p>Forks number their formats on their own, so that one id can mean several things; such an id is described by all of
 * them. An id that a {@link Format} has is read as that format, although a fork may have meant another one: id 39 is
 * MXFP4 (in bitnet.cpp TL2), 34 and 35 are TQ1_0 and TQ2_0 (in some old forks IQ1_BN and IQ2_BN).
 */
final class RefusedFormat {

    private static final String REQUANTISE =
            "; convert the model anew from its original weights to a format of the list in docs/formats, for example ";

    private RefusedFormat() {}

    /** Names the format behind {@code id} as far as it is known, and the remedy. */
    static String describe(int id) {
        return switch (id) {
            case 4 -> retired("Q4_2", "Q4_0 or Q4_K");
            case 5 -> retired("Q4_3", "Q4_1 or Q4_K");
            case 9 ->
                "format=Q8_1, which holds activations during a computation and is never a weight format" + REQUANTISE
                        + "Q8_0";
            case 31 -> interleaved("Q4_0_4_4", "Q4_0");
            case 32 -> interleaved("Q4_0_4_8", "Q4_0");
            case 33 -> interleaved("Q4_0_8_8", "Q4_0");
            case 36 -> interleavedOrBitnet("IQ4_NL_4_4", "I2_S");
            case 37 -> interleavedOrBitnet("IQ4_NL_4_8", "I8_S");
            case 38 -> interleavedOrBitnet("IQ4_NL_8_8", "TL1");
            case 142 ->
                "format=PQ2_0 (if the file was written for PrismML's llama.cpp) or IQ2_TN (for an old ik_llama.cpp)"
                        + REQUANTISE
                        + "Q2_0, which is also to be had ready-made for PrismML's models (files named g64)";
            default -> {
                String fork = ofIkLlama(id);
                yield fork != null
                        ? fork
                        : "an unknown id, of a newer or a private format" + REQUANTISE + "Q4_K or Q8_0";
            }
        };
    }

    private static String retired(String name, String instead) {
        return "format=" + name + ", an early format that was dropped in 2023" + REQUANTISE + instead;
    }

    private static String interleaved(String name, String instead) {
        return "format=" + name + ", an arrangement of " + instead
                + " for one kind of processor that was removed from GGUF" + REQUANTISE + instead;
    }

    private static String interleavedOrBitnet(String name, String bitnetName) {
        return "format=" + bitnetName + " (if the file was written for bitnet.cpp) or " + name
                + " (an arrangement of IQ4_NL that was removed from GGUF)" + REQUANTISE
                + "TQ2_0 for ternary weights, IQ4_NL otherwise";
    }

    /** The formats of ik_llama.cpp that GGUF files can hold; null for an id that is none of them. */
    private static @Nullable String ofIkLlama(int id) {
        String name = switch (id) {
            case 133 -> "Q6_0";
            case 134 -> "IQ1_BN";
            case 135 -> "IQ2_BN";
            case 136 -> "Q8_K64";
            case 137 -> "IQ2_K";
            case 138 -> "IQ3_K";
            case 139 -> "IQ4_K";
            case 140 -> "IQ5_K";
            case 141 -> "IQ6_K";
            case 143 -> "IQ1_TN";
            case 144 -> "IQ4_KS";
            case 145 -> "IQ2_KS";
            case 146 -> "IQ4_KSS";
            case 151 -> "Q8_KV";
            case 152 -> "IQ5_KS";
            case 153 -> "IQ2_KT";
            case 154 -> "IQ3_KT";
            case 155 -> "IQ4_KT";
            case 156 -> "IQ3_KS";
            case 157 -> "IQ2_KL";
            case 158 -> "IQ1_KT";
            case 202 -> "Q4_0_R8";
            case 206 -> "Q5_0_R4";
            case 208 -> "Q8_0_R8";
            case 210 -> "Q2_K_R4";
            case 211 -> "Q3_K_R4";
            case 212 -> "Q4_K_R4";
            case 213 -> "Q5_K_R4";
            case 214 -> "Q6_K_R4";
            case 216 -> "IQ2_XXS_R4";
            case 217 -> "IQ2_XS_R4";
            case 218 -> "IQ3_XXS_R4";
            case 219 -> "IQ1_S_R4";
            case 220 -> "IQ4_NL_R4";
            case 221 -> "IQ3_S_R4";
            case 222 -> "IQ2_S_R4";
            case 223 -> "IQ4_XS_R8";
            case 229 -> "IQ1_M_R4";
            case 230 -> "BF16_R16";
            case 233 -> "Q6_0_R4";
            case 335 -> "IQ2_BN_R4";
            case 337 -> "IQ2_K_R4";
            case 338 -> "IQ3_K_R4";
            case 339 -> "IQ4_K_R4";
            case 340 -> "IQ5_K_R4";
            case 344 -> "IQ4_KS_R4";
            case 352 -> "IQ5_KS_R4";
            case 353 -> "MXFP4_R8";
            case 397 -> "Q8_K_R16";
            case 398 -> "Q8_KV_R8";
            case 399 -> "Q8_K_R8";
            default -> null;
        };
        return name == null ? null : "format=" + name + ", a format of ik_llama.cpp" + REQUANTISE + "Q4_K or Q6_K";
    }
}
