package dev.javelin.bench;

import dev.javelin.bench.gpu.JsonText;
import dev.javelin.runtime.Generation;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.Model;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Javelin and a peer with the same file, the same threads and the same tokens, in turns: how fast each reads a prompt and
 * generates. The peer runs with and without flash attention, and the faster of the two counts. Arguments: tokens of the prompt,
 * tokens to generate, threads, the file that results are added to as lines of JSON, the models, {@code --}, and the peer's command.
 */
public final class EngineRace {
    private static final int WARM_UP = 2;
    private static final int TURNS = 7;
    private final int promptTokens;
    private final int generated;
    private final int threads;
    private final List<String> command;

    private EngineRace(int promptTokens, int generated, int threads, List<String> command) {
        this.promptTokens = promptTokens;
        this.generated = generated;
        this.threads = threads;
        this.command = command;
    }

    /** Races and prints. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        int end = words.indexOf("--");
        EngineRace race = new EngineRace(
                Integer.parseInt(words.get(0)),
                Integer.parseInt(words.get(1)),
                Integer.parseInt(words.get(2)),
                words.subList(end + 1, words.size()));
        System.out.printf(
                "%-28s %-9s %12s %12s %8s %8s %10s %10s%n",
                "model", "engine", "prompt t/s", "decode t/s", "prompt x", "decode x", "of memory", "same");
        for (String model : words.subList(4, end)) {
            race.run(Path.of(model), Path.of(words.get(3)));
        }
    }

    private void run(Path file, Path results) throws IOException, InterruptedException {
        Laps ours = new Laps("javelin");
        Laps flash = new Laps("flash");
        Laps plain = new Laps("plain");
        double memory = 0;
        long weights;
        try (Model model = Model.from(file)
                        .device("cpu")
                        .deviceOption("threads", Integer.toString(threads))
                        .conversations(1)
                        .context(promptTokens + generated + 64)
                        .load();
                PeerProcess withFlash = peer(file, flash.engine());
                PeerProcess without = peer(file, plain.engine());
                MemoryReading reading = new MemoryReading()) {
            weights = model.memory().weights();
            GenerationOptions options = neverEnding(model);
            SplittableRandom random = new SplittableRandom(1);
            for (int turn = -WARM_UP; turn < TURNS; turn++) {
                if (turn == 0) {
                    List.of(ours, flash, plain).forEach(Laps::clear);
                }
                int[] prompt =
                        random.ints(promptTokens, 0, model.tokenizer().size()).toArray();
                memory = Math.max(memory, reading.rate(threads));
                run(model, prompt, options, ours);
                run(withFlash, prompt, flash);
                run(without, prompt, plain);
            }
        }
        double prompt = Math.max(flash.medianPrompt(), plain.medianPrompt());
        double decode = Math.max(flash.medianDecode(), plain.medianDecode());
        try (BufferedWriter out =
                Files.newBufferedWriter(results, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (Laps laps : List.of(ours, flash, plain)) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("model", file.getFileName().toString());
                line.put("engine", laps.engine());
                line.put("threads", threads);
                line.put("prompt_tokens", promptTokens);
                line.put("generated_tokens", generated);
                line.put("prompt_tokens_per_second", laps.prompt());
                line.put("generated_tokens_per_second", laps.decode());
                line.put("prompt_ratio", laps.medianPrompt() / prompt);
                line.put("decode_ratio", laps.medianDecode() / decode);
                line.put("weight_bytes", weights);
                line.put("memory_bytes_per_second", memory);
                line.put("same_tokens", laps.sameAs(ours));
                out.write(JsonText.of(line));
                out.newLine();
                System.out.printf(
                        Locale.ROOT,
                        "%-28s %-9s %12.1f %12.1f %8.2f %8.2f %9.0f%% %7d/%d%n",
                        file.getFileName(),
                        laps.engine(),
                        laps.medianPrompt(),
                        laps.medianDecode(),
                        laps.medianPrompt() / prompt,
                        laps.medianDecode() / decode,
                        100 * laps.medianDecode() * weights / memory,
                        laps.sameAs(ours),
                        generated);
            }
        }
    }

    private PeerProcess peer(Path file, String attention) throws IOException {
        List<String> all = new ArrayList<>(command);
        int context = promptTokens + generated + 64;
        all.addAll(List.of(
                file.toAbsolutePath().toString(), Integer.toString(threads), Integer.toString(context), attention));
        PeerProcess peer = new PeerProcess(all);
        peer.answer(); // it has loaded
        return peer;
    }

    /** Tokens that would end an answer must not: random weights choose them as any other. */
    private GenerationOptions neverEnding(Model model) {
        return GenerationOptions.GREEDY
                .withMaxTokens(generated)
                .withSampling(sampling -> sampling.logitBias(model.tokenizer().ends().stream()
                        .boxed()
                        .collect(Collectors.toMap(end -> end, end -> Double.NEGATIVE_INFINITY))));
    }

    private static void run(Model model, int[] prompt, GenerationOptions options, Laps laps) {
        try (var conversation = model.conversation()) {
            Generation generation = conversation.generate(prompt, options);
            List<Integer> tokens = generation.tokens();
            laps.add(
                    generation.timings().promptRate(generation.usage()),
                    generation.timings().generationRate(generation.usage()),
                    tokens);
        }
    }

    private void run(PeerProcess peer, int[] prompt, Laps laps) throws IOException {
        String line = IntStream.concat(IntStream.of(generated), Arrays.stream(prompt))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        String[] answer = peer.ask(line);
        List<Integer> tokens =
                Arrays.stream(answer[2].split(",", -1)).map(Integer::valueOf).toList();
        laps.add(
                (promptTokens - 1) / (Double.parseDouble(answer[0]) / 1e3),
                tokens.size() / (Double.parseDouble(answer[1]) / 1e3),
                tokens);
    }
}
