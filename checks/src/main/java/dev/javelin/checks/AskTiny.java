package dev.javelin.checks;

import dev.javelin.runtime.Chat;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.Model;
import dev.javelin.tiny.TinyModel;
import java.util.concurrent.CompletableFuture;

/** Asks the small model for the capital of France, once on the main thread and once on one of the common pool. */
public final class AskTiny {

    private AskTiny() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        System.out.println(answer());
        System.out.println(CompletableFuture.supplyAsync(AskTiny::answer).join());
    }

    private static String answer() {
        try (Model model = TinyModel.builder().load();
                Chat chat = model.chat(GenerationOptions.GREEDY)) {
            return model.device().id() + ": "
                    + chat.ask("What is the capital of France?").text();
        }
    }
}
