package dev.javelin.synth;

import static dev.javelin.api.Format.BF16;
import static dev.javelin.api.Format.F16;
import static dev.javelin.api.Format.F32;
import static dev.javelin.api.Format.IQ4_NL;
import static dev.javelin.api.Format.IQ4_XS;
import static dev.javelin.api.Format.MXFP4;
import static dev.javelin.api.Format.Q2_K;
import static dev.javelin.api.Format.Q3_K;
import static dev.javelin.api.Format.Q4_0;
import static dev.javelin.api.Format.Q4_1;
import static dev.javelin.api.Format.Q4_K;
import static dev.javelin.api.Format.Q5_0;
import static dev.javelin.api.Format.Q5_1;
import static dev.javelin.api.Format.Q5_K;
import static dev.javelin.api.Format.Q6_K;
import static dev.javelin.api.Format.Q8_0;
import static dev.javelin.api.Format.TQ1_0;
import static dev.javelin.api.Format.TQ2_0;

import dev.javelin.api.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The mixes that there are: those of llama.cpp's quantise tool, made without a file of importances, and every other format
 * for all matrices.
 */
final class Mixes {
    /** Files of it do not say what they are. */
    private static final int UNNAMED = -1;

    private final List<Mix> all = new ArrayList<>();

    Mixes() {
        all.add(Mix.every(F32, 0));
        all.add(Mix.every(F16, 1));
        all.add(Mix.every(BF16, 32));
        simple();
        ofTwoAndThreeBits();
        ofFourAndFiveBits();
        ofOtherCodes();
        for (Format format : Format.values()) {
            if (!format.storageOnly() && !names().contains(format.name())) {
                all.add(Mix.every(format, UNNAMED));
            }
        }
    }

    List<String> names() {
        return all.stream().map(Mix::name).toList();
    }

    List<Mix> all() {
        return List.copyOf(all);
    }

    /**
     * The mix of that name.
     *
     * @throws IllegalArgumentException if there is none, with the list of those that there are
     */
    Mix named(String name) {
        return all.stream()
                .filter(mix -> mix.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the format must be one of " + String.join(", ", names()) + ": format=" + name));
    }

    private void add(String name, int fileType, Format base, Function<Site, Format> chosen) {
        all.add(new Mix(name, fileType, base, Q6_K, chosen));
    }

    private void simple() {
        add("Q4_0", 2, Q4_0, site -> Q4_0);
        add("Q4_1", 3, Q4_1, site -> Q4_1);
        add("Q5_0", 8, Q5_0, site -> Q5_0);
        add("Q5_1", 9, Q5_1, site -> Q5_1);
        all.add(Mix.every(Q8_0, 7));
        add("Q6_K", 18, Q6_K, site -> Q6_K);
    }

    private void ofTwoAndThreeBits() {
        add("Q2_K", 10, Q2_K, site -> switch (site.part()) {
            case VALUE -> site.sharedByMany() ? Q4_K : Q3_K;
            case DOWN, ATTENTION_OUTPUT -> Q3_K;
            default -> Q2_K;
        });
        add("Q3_K_S", 11, Q3_K, site -> Q3_K);
        add("Q3_K_M", 12, Q3_K, site -> switch (site.part()) {
            case VALUE -> site.layer() < 2 ? Q5_K : Q4_K;
            case DOWN -> site.amongFirst(16) ? Q5_K : Q4_K;
            case ATTENTION_OUTPUT, FUSED -> Q4_K;
            default -> Q3_K;
        });
        add("Q3_K_L", 13, Q3_K, site -> switch (site.part()) {
            case VALUE, DOWN, ATTENTION_OUTPUT -> Q5_K;
            case FUSED -> Q4_K;
            default -> Q3_K;
        });
    }

    private void ofFourAndFiveBits() {
        add("Q4_K_S", 14, Q4_K, site -> switch (site.part()) {
            case VALUE -> site.layer() < 4 ? Q5_K : Q4_K;
            case DOWN -> site.amongFirst(8) ? Q5_K : Q4_K;
            default -> Q4_K;
        });
        add("Q4_K_M", 15, Q4_K, site -> switch (site.part()) {
            case VALUE, DOWN -> site.moreBits() ? Q6_K : Q4_K;
            case FUSED -> Q5_K;
            default -> Q4_K;
        });
        add("Q5_K_S", 16, Q5_K, site -> Q5_K);
        add("Q5_K_M", 17, Q5_K, site -> switch (site.part()) {
            case VALUE, DOWN -> site.moreBits() ? Q6_K : Q5_K;
            case FUSED -> Q6_K;
            default -> Q5_K;
        });
    }

    private void ofOtherCodes() {
        add("IQ4_NL", 25, IQ4_NL, site -> nonLinear(site, IQ4_NL));
        add("IQ4_XS", 30, IQ4_XS, site -> nonLinear(site, IQ4_XS));
        add("TQ1_0", 36, TQ1_0, site -> site.vocabulary() ? Q4_K : TQ1_0);
        add("TQ2_0", 37, TQ2_0, site -> site.vocabulary() ? Q4_K : TQ2_0);
        // The tool has this mix for models with experts only, and leaves in Q8_0 all that is not an expert.
        all.add(new Mix("MXFP4", 38, MXFP4, Q8_0, site -> site.vocabulary() ? Q8_0 : MXFP4));
    }

    private static Format nonLinear(Site site, Format base) {
        return switch (site.part()) {
            case VALUE -> site.sharedByMany() ? Q5_K : base;
            case DOWN -> site.amongFirst(8) ? Q5_K : base;
            default -> base;
        };
    }
}
