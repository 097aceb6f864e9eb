package dev.javelin.bench.gpu;

import dev.javelin.runtime.Generation;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.Model;
import dev.javelin.synth.SyntheticModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** How fast a model of a known shape with random weights reads a prompt of 512 tokens and generates 64. */
final class SpeedCheck {
    private static final int PROMPT = 512;
    private static final int TOKENS = 64;
    private static final int WARM_UP = 1;
    private static final int TURNS = 3;

    private final String device;

    SpeedCheck(String device) {
        this.device = device;
    }

    boolean run(String shape, String format, Map<String, Object> report) throws IOException {
        Path file = Files.createTempFile("synthetic", ".gguf");
        try {
            Files.delete(file); // the writer overwrites nothing
            SyntheticModel synthetic = SyntheticModel.of(shape, format);
            System.err.printf("writing %s %s, %d MB%n", shape, format, synthetic.fileBytes() / 1_000_000);
            synthetic.write(file);
            report.put("shape", shape);
            report.put("format", format);
            report.put("weight_bytes", synthetic.tensorBytes());
            long begun = System.nanoTime();
            try (Model model = Model.from(file)
                    .device(device)
                    .context(PROMPT + TOKENS + 64)
                    .load()) {
                report.put("load_seconds", (System.nanoTime() - begun) / 1e9);
                measure(model, synthetic.tensorBytes(), report);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return true;
    }

    private static void measure(Model model, long weightBytes, Map<String, Object> report) {
        GenerationOptions options = GenerationOptions.GREEDY
                .withMaxTokens(TOKENS)
                .withSampling(sampling -> sampling.logitBias(model.tokenizer().ends().stream()
                        .boxed()
                        .collect(Collectors.toMap(end -> end, end -> Double.NEGATIVE_INFINITY))));
        double[] prompt = new double[TURNS];
        double[] decode = new double[TURNS];
        SplittableRandom random = new SplittableRandom(1);
        for (int turn = -WARM_UP; turn < TURNS; turn++) {
            int[] ids = random.ints(PROMPT, 0, model.tokenizer().size()).toArray();
            try (var conversation = model.conversation()) {
                Generation generation = conversation.generate(ids, options);
                generation.text();
                if (turn >= 0) {
                    prompt[turn] = generation.timings().promptRate(generation.usage());
                    decode[turn] = generation.timings().generationRate(generation.usage());
                }
            }
        }
        Arrays.sort(prompt);
        Arrays.sort(decode);
        report.put("prompt_tokens_per_second", prompt[TURNS / 2]);
        report.put("generated_tokens_per_second", decode[TURNS / 2]);
        report.put("generation_reads_bytes_per_second", decode[TURNS / 2] * weightBytes);
    }
}
