package dev.javelin.api;

import org.jspecify.annotations.Nullable;

/**
 * What a step must keep to for a plan. Every device checks it before it enqueues anything, so that no step, however wrong,
 * makes a kernel read or write where it should not. Immutable; checking allocates nothing.
 */
public final class StepRules {
    private final PlanSpec spec;
    private final @Nullable StateSpec states;
    private final int vocabulary;
    private final int embeddingWidth;
    private final boolean feedsBack;
    private final int choices;

    /** The rules for the plan of that spec with these bindings. */
    public StepRules(PlanSpec spec, Bindings bindings) {
        this.spec = spec;
        StateStore store = bindings.states();
        this.states = store == null || spec.program().groups().isEmpty() ? null : store.spec();
        int rows = 0;
        int width = 0;
        int fewest = Integer.MAX_VALUE;
        for (Op op : spec.program().ops()) {
            if (op instanceof Embed embed) {
                int tableRows = embed.table().shape().size(0);
                rows = rows == 0 ? tableRows : Math.min(rows, tableRows);
                width = embed.out().width();
            }
            if (op instanceof ArgMax choice && choice.x().rows() == Dim.Symbol.OUTPUTS) {
                fewest = Math.min(fewest, choice.x().width());
            }
            if (op instanceof TopK choice && choice.x().rows() == Dim.Symbol.OUTPUTS) {
                fewest = Math.min(fewest, choice.x().width());
            }
        }
        this.vocabulary = rows;
        this.embeddingWidth = width;
        this.choices = fewest;
        this.feedsBack = bindings.feedback() != null
                || spec.program().outputs().stream().anyMatch(output -> output.want() == Want.ID);
    }

    /**
     * Refuses a step that breaks a rule.
     *
     * @throws IllegalArgumentException with the rule and the numbers
     */
    public void check(Step step) {
        Limits limits = spec.limits();
        within("tokens", step.tokens(), 1, limits.tokens());
        within("sequences", step.sequences(), 1, limits.sequences());
        within("outputs", step.outputs(), 0, limits.outputs());
        within("biases", step.biases(), 0, limits.extras().biases());
        within("embeddings", step.embeddings(), 0, limits.extras().embeddingWidth() > 0 ? limits.tokens() : 0);
        if (states != null && !states.equals(step.layout().states())) {
            throw new IllegalArgumentException("the step was made for another state: step=%s, plan=%s"
                    .formatted(step.layout().states(), states));
        }
        for (int sequence = 0; sequence < step.sequences(); sequence++) {
            checkSequence(step, sequence);
        }
        for (int token = 0; token < step.tokens(); token++) {
            checkToken(step, token);
        }
        for (int output = 0; output < step.outputs(); output++) {
            if (step.masked(output)) {
                int vocabularyOfPlan = limits.extras().vocabulary();
                within("maskWidth", step.layout().limits().extras().vocabulary(), vocabularyOfPlan, vocabularyOfPlan);
            }
        }
        for (int bias = 0; bias < step.biases(); bias++) {
            within("biasToken", step.biasToken(bias), 0, choices - 1);
        }
    }

    private void checkSequence(Step step, int sequence) {
        within("tokensOfSequence", step.count(sequence), 1, spec.limits().tokens());
        int first = step.first(sequence);
        int old = step.kvIndex(first);
        int last = old + step.count(sequence) - 1;
        within("kvIndex", old, 0, spec.limits().context() - 1);
        within("kvIndex", last, 0, spec.limits().context() - 1);
        for (int i = 0; i < step.count(sequence); i++) {
            if (step.kvIndex(first + i) != old + i) {
                throw new IllegalArgumentException(
                        "KV indices of a sequence go up by one: sequence=%d, token=%d, kvIndex=%d, expected=%d"
                                .formatted(sequence, first + i, step.kvIndex(first + i), old + i));
            }
        }
        if (step.tree(sequence) && !spec.limits().extras().trees()) {
            throw new IllegalArgumentException(
                    "the plan was not prepared for visibility masks: sequence=%d".formatted(sequence));
        }
        for (int group = 0; states != null && group < states.groups().size(); group++) {
            checkBlocks(step, sequence, group, old, last, states);
        }
    }

    private static void checkBlocks(Step step, int sequence, int group, int old, int last, StateSpec states) {
        StateSpec.Blocks blocks = states.groups().get(group);
        int window = blocks.group().window();
        int from = window == 0 ? 0 : Math.max(0, old - window + 1);
        for (int i = from / states.blockTokens(); i <= last / states.blockTokens(); i++) {
            int block = step.block(group, sequence, i);
            if (block < 0 || block >= blocks.count()) {
                throw new IllegalArgumentException(
                        "a sequence needs a block for all that it sees: sequence=%d, group=%s, index=%d, block=%d, blocks=%d"
                                .formatted(sequence, blocks.group().name(), i, block, blocks.count()));
            }
        }
    }

    private void checkToken(Step step, int token) {
        within("position", step.position(token), 0, Integer.MAX_VALUE);
        switch (step.source(token)) {
            case ID -> {
                if (vocabulary > 0) {
                    within("id", step.token(token), 0, vocabulary - 1);
                }
            }
            case FEEDBACK -> {
                within("feedbackRow", step.token(token), 0, spec.limits().outputs() - 1);
                if (!feedsBack) {
                    throw new IllegalArgumentException(
                            "the plan keeps no ids of its own and none are bound: token=%d".formatted(token));
                }
            }
            case EMBEDDING -> {
                if (vocabulary > 0) {
                    within(
                            "embeddingWidth",
                            step.layout().limits().extras().embeddingWidth(),
                            embeddingWidth,
                            embeddingWidth);
                }
            }
        }
    }

    private void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "the step exceeds what the plan takes: %s=%d, least=%d, most=%d, program=%s"
                            .formatted(what, value, least, most, spec.program().name()));
        }
    }
}
