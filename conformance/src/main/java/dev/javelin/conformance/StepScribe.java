package dev.javelin.conformance;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Step;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a turn into a step. */
final class StepScribe {

    private StepScribe() {}

    static void write(Step step, Turn turn, Contents contents, @Nullable BlockTables tables) {
        step.clear();
        for (Turn.Part part : turn.parts()) {
            step.addSequence();
            if (tables != null) {
                tables.write(step, part);
            }
            int first = step.tokens();
            for (int i = 0; i < part.tokens().size(); i++) {
                add(step, part.tokens().get(i), part.kvFrom() + i, contents);
            }
            if (part.tree()) {
                step.tree();
                for (int i = 0; i < part.sees().size(); i++) {
                    for (int other : part.sees().get(i)) {
                        step.see(first + i, first + other);
                    }
                }
            }
        }
        for (Turn.Wanted wanted : turn.wanted()) {
            int output = step.addOutput(wanted.token(), wanted.wants());
            List<Integer> allowed = wanted.allowed();
            if (allowed != null) {
                step.mask(output);
                allowed.forEach(id -> step.allow(output, id));
            }
            wanted.biases().forEach(bias -> step.bias(output, bias.id(), bias.value()));
        }
    }

    private static void add(Step step, Turn.NewToken token, int kvIndex, Contents contents) {
        switch (token.source()) {
            case ID -> step.addToken(token.what(), token.position(), kvIndex);
            case FEEDBACK -> step.addFeedback(token.what(), token.position(), kvIndex);
            case EMBEDDING -> {
                int added = step.addEmbedding(token.position(), kvIndex);
                float[] row = contents.embeddings.get(token.what());
                MemorySegment.copy(row, 0, step.embedding(added), JAVA_FLOAT, 0, row.length);
            }
        }
    }
}
