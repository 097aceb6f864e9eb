package dev.javelin.bench.gpu;

import dev.javelin.runtime.Chat;
import dev.javelin.runtime.Generation;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.Model;
import dev.javelin.tiny.TinyModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Greedy answers of the tiny model, which must be the same as on the scalar reference. */
final class TinyCheck {
    private static final List<String> QUESTIONS = List.of(
            "What is the capital of France?",
            "What is the capital of Japan?",
            "What is 3 plus 4?",
            "What is the opposite of hot?",
            "Tell me a short story.",
            "Hello!");

    private static final int MOST_TOKENS = 48;

    private final String device;

    TinyCheck(String device) {
        this.device = device;
    }

    boolean run(Map<String, Object> report) {
        Map<String, Object> speeds = new LinkedHashMap<>();
        List<String> here = answers(device, speeds);
        List<String> there = answers("reference:0", new LinkedHashMap<>());
        List<String> different = new ArrayList<>();
        for (int i = 0; i < QUESTIONS.size(); i++) {
            if (!here.get(i).equals(there.get(i))) {
                different.add("%s here: %s; reference: %s".formatted(QUESTIONS.get(i), here.get(i), there.get(i)));
            }
        }
        report.put("questions", QUESTIONS.size());
        report.put("first_answer", here.getFirst());
        report.put("different", different);
        report.putAll(speeds);
        return different.isEmpty();
    }

    private static List<String> answers(String on, Map<String, Object> speeds) {
        List<String> answers = new ArrayList<>();
        try (Model model = TinyModel.builder().device(on).load()) {
            GenerationOptions options = GenerationOptions.GREEDY.withMaxTokens(MOST_TOKENS);
            for (String question : QUESTIONS) {
                try (Chat chat = model.chat(options)) {
                    Generation generation = chat.ask(question);
                    answers.add(generation.text());
                    speeds.put(
                            "generated_tokens_per_second", generation.timings().generationRate(generation.usage()));
                }
            }
        }
        return answers;
    }
}
