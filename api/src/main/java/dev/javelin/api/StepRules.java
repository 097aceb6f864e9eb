package dev.javelin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step must keep to for a plan. Every device checks it before it enqueues anything, so that no step, however wrong,
 * makes a kernel read or write where it should not. Immutable; checking allocates nothing.
 *
 * <p>After a check a kernel may rely on this: the tokens belong to the sequences one after the other, each at least one; every
 * row number, id, position and KV index that the columns hold lies within the plan's limits, tables and state; every sequence
 * has a block for each KV index that its new tokens see or write, in the groups that the program uses. What no step says must
 * be looked at by the kernel itself: ids that a run chose, and indices of experts.
 */
public final class StepRules {
    private final PlanSpec spec;
    private final @Nullable StateSpec states;
    private final int[] groups;
    private final int vocabulary;
    private final int choices;
    private final boolean feedsBack;

    /**
     * The rules for the plan of that spec with these bindings.
     *
     * @throws IllegalArgumentException if the spec asks for embedding rows that are not as wide as the program's tables
     */
    public StepRules(PlanSpec spec, Bindings bindings) {
        this.spec = spec;
        List<StateGroup> used = spec.program().groups();
        StateStore store = bindings.states();
        StateSpec stored = store == null || used.isEmpty() ? null : store.spec();
        this.states = stored;
        this.groups = stored == null
                ? new int[0]
                : used.stream().mapToInt(stored::indexOf).toArray();
        int rows = Integer.MAX_VALUE;
        int fewest = Integer.MAX_VALUE;
        for (Op op : spec.program().ops()) {
            for (Op part : Lowering.flatten(op)) {
                switch (part) {
                    case Embed embed -> {
                        requireWidth(spec, embed);
                        rows = Math.min(rows, embed.table().shape().size(0));
                    }
                    case ArgMax choice
                    when choice.x().rows() == Dim.Symbol.OUTPUTS ->
                        fewest = Math.min(fewest, choice.x().width());
                    case TopK choice
                    when choice.x().rows() == Dim.Symbol.OUTPUTS ->
                        fewest = Math.min(fewest, choice.x().width());
                    default -> {} // nothing else reads ids or biases
                }
            }
        }
        this.vocabulary = rows;
        this.choices = fewest;
        this.feedsBack = bindings.feedback() != null
                || spec.program().outputs().stream().anyMatch(output -> output.want() == Want.ID);
    }

    private static void requireWidth(PlanSpec spec, Embed embed) {
        int width = spec.limits().extras().embeddingWidth();
        Check.that(
                width == 0 || width == embed.out().width(),
                "embedding rows must be as wide as the table: embeddingWidth=%d, table=%s, program=%s",
                width,
                embed.table(),
                spec.program().name());
    }

    /**
     * Refuses a step that breaks a rule.
     *
     * @throws IllegalArgumentException with the rule and the numbers
     * @throws IllegalStateException if the step is closed
     */
    public void check(Step step) {
        step.requireOpen();
        Limits limits = spec.limits();
        within("tokens", step.tokens(), 1, limits.tokens());
        within("sequences", step.sequences(), 1, limits.sequences());
        within("outputs", step.outputs(), 0, limits.outputs());
        within("biases", step.biases(), 0, limits.extras().biases());
        within("embeddings", step.embeddings(), 0, limits.extras().embeddingWidth() > 0 ? limits.tokens() : 0);
        checkTables(step.layout());
        int next = 0;
        for (int sequence = 0; sequence < step.sequences(); sequence++) {
            within("first", step.first(sequence), next, next);
            within("tokensOfSequence", step.count(sequence), 1, step.tokens() - next);
            checkSequence(step, sequence);
            next += step.count(sequence);
        }
        within("tokensOfSequences", next, step.tokens(), step.tokens());
        for (int output = 0; output < step.outputs(); output++) {
            checkOutput(step, output);
        }
        for (int bias = 0; bias < step.biases(); bias++) {
            within("biasRow", step.biasRow(bias), 0, step.outputs() - 1);
            within("biasToken", step.biasToken(bias), 0, choices - 1);
        }
    }

    private void checkTables(StepLayout layout) {
        StateSpec theirs = layout.states();
        if (states != null && (theirs == null || !states.sameTables(theirs))) {
            throw new IllegalArgumentException("the step was made for another state: step=%s, plan=%s, program=%s"
                    .formatted(theirs, states, spec.program().name()));
        }
    }

    private void checkSequence(Step step, int sequence) {
        within("adapter", step.adapter(sequence), 0, 0); // reserved: no plan has adapters so far
        if (step.tree(sequence) && !spec.limits().extras().trees()) {
            throw new IllegalArgumentException("the plan was not prepared for visibility masks: sequence=%d, program=%s"
                    .formatted(sequence, spec.program().name()));
        }
        int context = spec.limits().context();
        if (states != null) {
            context = Math.min(context, step.layout().limits().context()); // where its block tables end
        }
        int first = step.first(sequence);
        int end = first + step.count(sequence);
        int old = step.kvIndex(first);
        within("kvIndex", old, 0, context - step.count(sequence));
        for (int token = first; token < end; token++) {
            within("sequence", step.sequence(token), sequence, sequence);
            within("kvIndex", step.kvIndex(token), old + token - first, old + token - first);
            checkToken(step, token);
        }
        if (step.tree(sequence)) {
            checkTree(step, first, end);
        }
        for (int group : groups) {
            checkBlocks(step, sequence, group, old, old + step.count(sequence) - 1);
        }
    }

    private void checkBlocks(Step step, int sequence, int group, int old, int last) {
        if (states == null) {
            return;
        }
        StateSpec.Blocks blocks = states.groups().get(group);
        for (int i = blocks.group().seenFrom(old) / states.blockTokens(); i <= last / states.blockTokens(); i++) {
            int block = step.block(group, sequence, i);
            if (block < 0 || block >= blocks.count()) {
                throw new IllegalArgumentException(
                        "a sequence needs a block for all that it sees: sequence=%d, group=%s, index=%d, block=%d, blocks=%d"
                                .formatted(sequence, blocks.group().name(), i, block, blocks.count()));
            }
        }
    }

    /** What comes after a token in its mask is what older steps left there, unless it is clear. */
    private static void checkTree(Step step, int first, int end) {
        for (int token = first; token < end; token++) {
            if (!step.seesEarlierOnly(token, token - first)) {
                throw new IllegalArgumentException(
                        "a token sees earlier ones of its sequence: token=%d, first=%d".formatted(token, first));
            }
        }
    }

    private void checkToken(Step step, int token) {
        within("position", step.position(token), 0, Integer.MAX_VALUE);
        switch (step.source(token)) {
            case ID -> within("id", step.token(token), 0, vocabulary - 1);
            case FEEDBACK -> {
                within("feedbackRow", step.token(token), 0, spec.limits().outputs() - 1);
                if (!feedsBack) {
                    throw new IllegalArgumentException(
                            "the plan keeps no ids of its own and none are bound: token=%d, program=%s"
                                    .formatted(token, spec.program().name()));
                }
            }
            case EMBEDDING -> {
                within("embeddingRow", step.token(token), 0, step.embeddings() - 1);
                int width = spec.limits().extras().embeddingWidth();
                within("embeddingWidth", step.layout().limits().extras().embeddingWidth(), width, width);
            }
        }
    }

    private void checkOutput(Step step, int output) {
        within("outputToken", step.outputToken(output), 0, step.tokens() - 1);
        if (step.masked(output)) {
            int width = spec.limits().extras().vocabulary();
            within("maskWidth", step.layout().limits().extras().vocabulary(), width, width);
        }
    }

    private void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("the step does not suit the plan: %s=%d, least=%d, most=%d, program=%s"
                    .formatted(what, value, least, most, spec.program().name()));
        }
    }
}
