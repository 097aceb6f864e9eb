package dev.javelin.synth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shapes of known models, as the {@code config.json} beside the weights of each tells them. */
final class Shapes {
    private static final boolean TIED = true;
    private static final Llama.@Nullable Stretch NONE = null;

    /** Of microsoft/Phi-4-mini-instruct, rope_scaling.long_factor. */
    private static final String LONG_FACTORS_OF_PHI_4_MINI = """
        1 1.118320672 1.250641126 1.398617824 1.564103225 1.74916897 1.956131817 2.187582649 2.446418898 2.735880826
        3.059592084 3.421605075 3.826451687 4.279200023 4.785517845 5.351743533 5.984965424 6.693110555 7.485043894
        8.370679318 9.36110372 10.4687158 11.70738129 13.09260651 14.64173252 16.37415215 18.31155283 20.47818807
        22.90118105 25.61086418 28.64115884 32.03 32.1 32.13 32.23 32.6 32.61 32.64 32.66 32.7 32.71 32.93 32.97 33.28
        33.49 33.5 44.16 47.77
        """;

    private final List<Shape> all = new ArrayList<>();

    Shapes() {
        qwen3();
        llama3();
        others();
    }

    /** All shapes, small ones of a family first. */
    List<Shape> all() {
        return List.copyOf(all);
    }

    List<String> names() {
        return all.stream().map(Shape::name).toList();
    }

    /**
     * The shape of that name.
     *
     * @throws IllegalArgumentException if there is none, with the list of those that there are
     */
    Shape named(String name) {
        return all.stream()
                .filter(shape -> shape.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the shape must be one of " + String.join(", ", names()) + ": shape=" + name));
    }

    /** Of Qwen/Qwen3-0.6B, -1.7B, -4B, -8B and -30B-A3B. */
    private void qwen3() {
        add("qwen3-0.6b", "Qwen3 0.6B", new Qwen3(), new Sizes(28, 1024, 3072, 16, 8, 128), 151_936, TIED);
        add("qwen3-1.7b", "Qwen3 1.7B", new Qwen3(), new Sizes(28, 2048, 6144, 16, 8, 128), 151_936, TIED);
        add("qwen3-4b", "Qwen3 4B", new Qwen3(), new Sizes(36, 2560, 9728, 32, 8, 128), 151_936, TIED);
        add("qwen3-8b", "Qwen3 8B", new Qwen3(), new Sizes(36, 4096, 12_288, 32, 8, 128), 151_936, !TIED);
        Qwen3Moe experts = new Qwen3Moe(128, 8, 768);
        add("qwen3-30b-a3b", "Qwen3 30B A3B", experts, new Sizes(48, 2048, 6144, 32, 4, 128), 151_936, !TIED);
    }

    private void add(String name, String title, Family family, Sizes sizes, int vocabulary, boolean tied) {
        all.add(new Shape(name, title, family, sizes, vocabulary, tied, 40_960, 1e-6f, 1_000_000));
    }

    /** Of meta-llama/Llama-3.2-1B-Instruct, Llama-3.2-3B-Instruct and Meta-Llama-3-8B-Instruct. */
    private void llama3() {
        Llama longer = new Llama(new Llama.Stretch(32, 1, 4, 8192));
        Sizes of1b = new Sizes(16, 2048, 8192, 32, 8, 64);
        Sizes of3b = new Sizes(28, 3072, 8192, 24, 8, 128);
        Sizes of8b = new Sizes(32, 4096, 14_336, 32, 8, 128);
        all.add(new Shape("llama-3.2-1b", "Llama 3.2 1B", longer, of1b, 128_256, TIED, 131_072, 1e-5f, 500_000));
        all.add(new Shape("llama-3.2-3b", "Llama 3.2 3B", longer, of3b, 128_256, TIED, 131_072, 1e-5f, 500_000));
        all.add(new Shape("llama-3-8b", "Llama 3 8B", new Llama(NONE), of8b, 128_256, !TIED, 8192, 1e-5f, 500_000));
    }

    /**
     * Of microsoft/Phi-4-mini-instruct, google/gemma-3-1b-it, google/gemma-3-4b-it without what sees (llama.cpp's files of it
     * leave out the last 64 tokens, which stand for pictures), and microsoft/bitnet-b1.58-2B-4T.
     */
    private void others() {
        Phi3 phi = new Phi3(4096, 262_144, numbers(LONG_FACTORS_OF_PHI_4_MINI));
        Sizes ofPhi = new Sizes(32, 3072, 8192, 24, 8, 128);
        all.add(new Shape("phi-4-mini", "Phi 4 mini", phi, ofPhi, 200_064, TIED, 131_072, 1e-5f, 10_000));
        Sizes of1b = new Sizes(26, 1152, 6912, 4, 1, 256);
        Sizes of4b = new Sizes(34, 2560, 10_240, 8, 4, 256);
        all.add(new Shape(
                "gemma-3-1b", "Gemma 3 1B", new Gemma3(512, 1), of1b, 262_144, TIED, 32_768, 1e-6f, 1_000_000));
        all.add(new Shape(
                "gemma-3-4b", "Gemma 3 4B", new Gemma3(1024, 8), of4b, 262_144, TIED, 131_072, 1e-6f, 1_000_000));
        Sizes ofBitNet = new Sizes(30, 2560, 6912, 20, 5, 128);
        all.add(new Shape("bitnet-2b", "BitNet b1.58 2B", new BitNet(), ofBitNet, 128_256, TIED, 4096, 1e-5f, 500_000));
    }

    private static List<Float> numbers(String text) {
        return text.strip()
                .lines()
                .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                .map(Float::valueOf)
                .toList();
    }
}
